import { join } from 'node:path';
import { ROOT } from './language';

/** Where the packages for all languages are built. */
export const DIST = join(ROOT, 'dist');

/** The files in which a version of the package comes, by language. */
export function packageFiles(version: string): Record<string, string[]> {
  const jar = join(DIST, 'java', 'io', 'github', 'cdk-bedrock-haiku', 'cdk-bedrock-haiku', version, `cdk-bedrock-haiku-${version}`);
  return {
    js: [join(DIST, 'js', `cdk-bedrock-haiku@${version}.jsii.tgz`)],
    python: [join(DIST, 'python', `cdk_bedrock_haiku-${version}-py3-none-any.whl`), join(DIST, 'python', `cdk_bedrock_haiku-${version}.tar.gz`)],
    java: [`${jar}.jar`, `${jar}-sources.jar`, `${jar}-javadoc.jar`, `${jar}.pom`],
    go: [join(DIST, 'go', 'cdkbedrockhaiku', 'go.mod')],
    dotnet: [join(DIST, 'dotnet', 'CdkBedrockHaiku', 'CdkBedrockHaiku.csproj')],
  };
}

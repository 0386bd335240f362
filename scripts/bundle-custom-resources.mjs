// Bundles the handlers of the custom resources into assets/custom-resources/index.js, with the AWS SDK in it.
import { join } from 'node:path';
import { build } from 'esbuild';
import { slimSchemas } from './slim-schemas.mjs';

export const CUSTOM_RESOURCES = 'custom-resources.lambda.ts';

export async function bundleCustomResources(root) {
  await build({
    absWorkingDir: root,
    entryPoints: [join('src', 'custom-resource', CUSTOM_RESOURCES)],
    outfile: join('assets', 'custom-resources', 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    // In Lambda the credentials are environment variables: no profile files, no SSO, no metadata service.
    alias: { '@aws-sdk/credential-provider-node': './src/custom-resource/runtime/environment-credentials.ts' },
    plugins: [slimSchemas],
  });
}

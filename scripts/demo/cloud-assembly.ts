import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployedTemplate } from '../../src/template/deployed-template';
import { TemplateJson } from '../../src/template/template-json';

interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template holds whatever CloudFormation takes
  readonly Properties: any;
}

/** What `cdk synth` wrote for an example of one stack. */
export class CloudAssembly {
  /** Runs the CDK CLI in the folder of an app. */
  static synthesised(appFolder: string, outdir: string): CloudAssembly {
    const cdk = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const { status, stderr } = spawnSync(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--output', outdir], { cwd: appFolder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`cdk synth failed in ${appFolder}:\n${stderr}`);
    return new CloudAssembly(outdir);
  }

  private readonly template: TemplateJson & { readonly Resources: Record<string, Resource> };

  private constructor(private readonly outdir: string) {
    const { artifacts } = this.json('manifest.json');
    const [stack] = Object.keys(artifacts).filter((name) => artifacts[name].type === 'aws:cloudformation:stack');
    this.template = this.json(artifacts[stack].properties.templateFile);
  }

  /** The environment variables of the Lambda function. */
  functionEnvironment(): Record<string, string> {
    return this.only('AWS::Lambda::Function').Environment.Variables;
  }

  /** The entry point of the Lambda function, `file.export`. */
  handler(): string {
    return this.only('AWS::Lambda::Function').Handler;
  }

  /** The folder that the function's code asset was staged to. */
  handlerDirectory(): string {
    const hash = /([0-9a-f]{64})\.zip$/.exec(this.only('AWS::Lambda::Function').Code.S3Key)![1];
    return join(this.outdir, `asset.${hash}`);
  }

  /** The policy of the function's role, readable: a pseudo parameter stands as `${AWS::AccountId}`. */
  rolePolicy(): unknown {
    return new DeployedTemplate(this.template, {}).value(this.only('AWS::IAM::Policy').PolicyDocument);
  }

  private only(type: string): Resource['Properties'] {
    const found = Object.values(this.template.Resources).filter((resource) => resource.Type === type);
    if (found.length !== 1) throw new Error(`Expected one ${type} in the template, got ${found.length}.`);
    return found[0].Properties;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  private json(file: string): any {
    return JSON.parse(readFileSync(join(this.outdir, file), 'utf8'));
  }
}

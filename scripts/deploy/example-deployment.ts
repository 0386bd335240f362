import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsStandIn } from './aws-stand-in';
import { CdkCli, CliResult } from './cdk-cli';
import { AssembledStack, assembledStacks, regionOf } from './cloud-assembly';
import { DeployedStack } from './deployed-stack';
import { EXAMPLES } from '../../test/examples/example-folders';
import { ACCOUNT } from '../../test/kit/stack';

const CHANGED_APP = join(__dirname, 'changed-app.ts');

/** The Region of a stack whose app names none. */
export const CALLER_REGION = 'eu-west-2';

/** An example, synthesised and deployed by the CDK CLI as its reader would. */
export class ExampleDeployment {
  /** The stacks as synthesised for the first deployment. */
  readonly stacks: AssembledStack[] = [];
  private readonly assembly = mkdtempSync(join(tmpdir(), 'haiku-deploy-'));
  private readonly cli: CdkCli;

  constructor(private readonly name: string, private readonly aws: AwsStandIn, private readonly region = CALLER_REGION) {
    this.cli = new CdkCli(join(EXAMPLES, name), aws.environment(region));
  }

  async synth(): Promise<void> {
    await this.cli.run('synth', '--quiet', '--no-version-reporting', '--output', this.assembly);
    this.stacks.push(...assembledStacks(this.assembly));
  }

  /** The toolkit stack of every Region that the example deploys to. */
  async bootstrap(): Promise<void> {
    const regions = new Set(this.stacks.map((stack) => regionOf(stack, this.region)));
    await this.cli.run('bootstrap', ...[...regions].map((region) => `aws://${ACCOUNT}/${region}`), '--app', '');
  }

  async deploy(): Promise<string> {
    return this.cli.run('deploy', '--all', '--require-approval', 'never', '--app', this.assembly);
  }

  /** Synthesises the example with a change, for the second deployment. */
  async synthChanged(): Promise<void> {
    const tsx = `npx tsx --tsconfig ${join(EXAMPLES, 'tsconfig.json')}`;
    const app = `${tsx} ${CHANGED_APP} ${join(EXAMPLES, this.name)}`;
    await this.cli.run('synth', '--quiet', '--no-version-reporting', '--app', app, '--output', this.changedAssembly);
  }

  async deployChanged(): Promise<string> {
    return this.cli.run('deploy', '--all', '--require-approval', 'never', '--app', this.changedAssembly);
  }

  /** Succeeds if the deployed stacks are what the app asks for. */
  async diff(): Promise<CliResult> {
    return this.cli.try('diff', '--all', '--fail', '--method', 'template', '--app', this.assembly);
  }

  async diffChanged(): Promise<CliResult> {
    return this.cli.try('diff', '--all', '--fail', '--method', 'template', '--app', this.changedAssembly);
  }

  async destroy(): Promise<string> {
    return this.cli.run('destroy', '--all', '--force', '--app', this.assembly);
  }

  deployed(): DeployedStack[] {
    return this.stacks.map((stack) => new DeployedStack(stack.name, regionOf(stack, this.region), this.aws));
  }

  dispose(): void {
    rmSync(this.assembly, { recursive: true });
  }

  private get changedAssembly(): string {
    return join(this.assembly, 'changed');
  }
}

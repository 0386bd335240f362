import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { AwsStandIn } from './aws-stand-in';
import { CdkCli, CliResult } from './cdk-cli';
import { DeployedStack } from './deployed-stack';
import { ACCOUNT } from '../../test/kit/stack';

/** One stack that a test describes, deployed by the CDK CLI as often as the test changes it. */
export class StackDeployment {
  /** The stack as the stand-in's APIs describe it. */
  readonly deployed: DeployedStack;
  private readonly folder = mkdtempSync(join(tmpdir(), 'haiku-stack-'));
  private readonly cli: CdkCli;
  private assembly = '';

  constructor(readonly name: string, readonly region: string, aws: AwsStandIn) {
    this.deployed = new DeployedStack(name, region, aws);
    this.cli = new CdkCli(this.folder, aws.environment(region));
  }

  async bootstrap(): Promise<void> {
    await this.cli.run('bootstrap', `aws://${ACCOUNT}/${this.region}`, '--app', '');
  }

  /** Deploys the stack with what is added to it, whether that succeeds or not. */
  async deploy(add: (stack: Stack) => void): Promise<CliResult> {
    const app = new App({ outdir: mkdtempSync(join(this.folder, 'assembly-')), analyticsReporting: false });
    add(new Stack(app, this.name, { env: { account: ACCOUNT, region: this.region } }));
    this.assembly = app.synth().directory;
    return this.cli.try('deploy', this.name, '--require-approval', 'never', '--app', this.assembly);
  }

  async destroy(): Promise<CliResult> {
    return this.cli.try('destroy', this.name, '--force', '--app', this.assembly);
  }

  dispose(): void {
    this.deployed.close();
    rmSync(this.folder, { recursive: true });
  }
}

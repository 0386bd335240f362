import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { Buckets } from '../../src/handlers/bulk/aws/buckets';
import { ServiceCalls } from '../../src/handlers/bulk/aws/service-calls';
import { SYSTEM_CLOCK } from '../../src/handlers/invoke/http/clock';
import { EXAMPLES } from '../../test/examples/example-folders';
import { ACCOUNT } from '../../test/kit/stack';
import { BedrockBatchStandIn } from '../../test/stand-ins/bedrock-batch';
import { BedrockStandIn, credentialEnvironment, TEST_CREDENTIALS } from '../../test/stand-ins/bedrock-runtime';
import { CdkCli } from '../deploy/cdk-cli';
import { PythonEnvironment } from '../deploy/python-environment';

/** A wait of a minute takes so long here: 0.6 seconds. */
const WAIT_SCALE = '0.01';
/** Those that ministack gives to functions: the account is the key. */
const LAMBDA_CREDENTIALS = { ...TEST_CREDENTIALS, accessKeyId: ACCOUNT };
const TARGETS = { sqs: 'AmazonSQS', states: 'AWSStepFunctions', events: 'AWSEvents' };

/**
 * AWS's engines as ministack plays them on loopback (Step Functions, SQS, EventBridge, S3, DynamoDB), Lambda functions as processes of their own,
 * and our stand-ins for Amazon Bedrock.
 */
export class Engines {
  static async start(region: string): Promise<Engines> {
    const python = PythonEnvironment.installed();
    const port = await freePort();
    const env = { ...credentialEnvironment(), AWS_REGION: region, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
    const buckets = new Buckets({ env, clock: SYSTEM_CLOCK });
    const bedrock = await BedrockStandIn.start({ region, account: ACCOUNT, credentials: LAMBDA_CREDENTIALS });
    const batch = await BedrockBatchStandIn.start(region, buckets);
    const server = spawn(python.program(), [join(__dirname, 'serve.py')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Functions have the environment of the server: nothing of ours may be in it.
      env: {
        ...credentialEnvironment(),
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PYTHONDONTWRITEBYTECODE: '1',
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        MINISTACK_ACCOUNT_ID: ACCOUNT,
        SFN_WAIT_SCALE: WAIT_SCALE,
        SDK_ENDPOINTS: JSON.stringify({ bedrock: batch.url }),
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      },
    });
    const engines = new Engines(region, port, env, server, buckets, bedrock, batch);
    await engines.ready();
    return engines;
  }

  private readonly log: string[] = [];
  private readonly calls: Record<keyof typeof TARGETS, ServiceCalls>;

  private constructor(
    readonly region: string,
    private readonly port: number,
    private readonly env: Record<string, string>,
    private readonly server: ChildProcess,
    readonly buckets: Buckets,
    readonly bedrock: BedrockStandIn,
    readonly batch: BedrockBatchStandIn,
  ) {
    for (const stream of [server.stdout!, server.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => this.log.push(text));
    const service = (name: string) => new ServiceCalls(name, 'AWS_ENDPOINT_URL', { env, clock: SYSTEM_CLOCK });
    this.calls = { sqs: service('sqs'), states: service('states'), events: service('events') };
  }

  /** What the engines said last, for the message of a failure. */
  get lastLines(): string {
    return this.log.join('').split('\n').slice(-60).join('\n');
  }

  /** An operation of a service. */
  call<Answer>(service: keyof typeof TARGETS, operation: string, input: object): Promise<Answer> {
    return this.calls[service].json<Answer>(`${TARGETS[service]}.${operation}`, input);
  }

  async createBucket(name: string): Promise<void> {
    const body = `<CreateBucketConfiguration><LocationConstraint>${this.region}</LocationConstraint></CreateBucketConfiguration>`;
    const { ok } = await fetch(`http://127.0.0.1:${this.port}/${name}`, { method: 'PUT', body });
    if (!ok) throw new Error(`The bucket ${name} was not made:\n${this.lastLines}`);
  }

  /** Deploys an example as its reader would. */
  async deploy(example: string): Promise<void> {
    const cli = new CdkCli(join(EXAMPLES, example), {
      ...this.env,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ENDPOINT_URL: `http://localhost:${this.port}`,
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_PROXY: 'localhost',
    });
    await cli.run('bootstrap', `aws://${ACCOUNT}/${this.region}`, '--app', '');
    await cli.run('deploy', '--all', '--require-approval', 'never', '--output', join(__dirname, '..', '..', '.bench', `cdk.out-${example}`));
  }

  /** The physical ID of a stack's resource, by its type and the beginning of its logical ID. */
  async resource(stack: string, type: string, beginning = ''): Promise<string> {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    const client = new CloudFormationClient({ region: this.region, endpoint: `http://127.0.0.1:${this.port}`, credentials });
    try {
      const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
      return StackResources.find((one) => one.ResourceType === type && one.LogicalResourceId!.startsWith(beginning))!.PhysicalResourceId!;
    } finally {
      client.destroy();
    }
  }

  /** Runs a state machine to its end. */
  async run(stateMachineArn: string, name: string, input: object = {}): Promise<string> {
    const { executionArn } = await this.call<{ executionArn: string }>('states', 'StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
    return this.ended(executionArn);
  }

  async ended(executionArn: string): Promise<string> {
    for (let asked = 0; asked < 600; asked++) {
      const { status } = await this.call<{ status: string }>('states', 'DescribeExecution', { executionArn });
      if (status !== 'RUNNING') return status;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`The execution has not ended:\n${this.lastLines}`);
  }

  /** Kills the processes of functions that run now, as Lambda's host would die. */
  killFunctions(): number {
    const ours = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
      try {
        const [, , ppid] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return Number(ppid) === this.server.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
      } catch {
        return false;
      }
    });
    ours.forEach((pid) => process.kill(Number(pid), 'SIGKILL'));
    return ours.length;
  }

  async stop(): Promise<void> {
    for (const calls of [...Object.values(this.calls), this.buckets]) calls.close();
    await Promise.all([this.bedrock.stop(), this.batch.stop()]);
    if (this.server.exitCode !== null) return;
    const exit = once(this.server, 'exit');
    this.server.kill();
    await exit;
  }

  private async ready(): Promise<void> {
    for (let asked = 0; asked < 300; asked++) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/_ministack/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The engines did not start:\n${this.lastLines}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

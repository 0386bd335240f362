import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FunctionRunner } from './function-runner';
import { PythonEnvironment } from './python-environment';
import { ACCOUNT } from '../../test/kit/stack';


/** moto's server with our extensions: what the CDK CLI and the SDK take for AWS. */
export class AwsStandIn {
  static async start(python: PythonEnvironment): Promise<AwsStandIn> {
    const script = join(__dirname, 'moto_extensions', 'serve.py');
    const functions = await FunctionRunner.start();
    const server = spawn(python.program(), [script, ACCOUNT], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', FUNCTION_RUNNER_URL: functions.url },
    });
    const log: string[] = [];
    createInterface(server.stderr).on('line', (line) => log.push(line));
    const exited = once(server, 'exit').then(() => { throw new Error(`The stand-in did not start:\n${log.join('\n')}`); });
    const [port] = await Promise.race([once(createInterface(server.stdout), 'line'), exited]).catch(async (error: unknown) => {
      await functions.stop();
      throw error;
    }) as [string];
    exited.catch(() => undefined); // it ends when we stop it
    // By name: the CLI looks for the staging bucket at a host below this one, which an IP address does not have.
    functions.endpoint = `http://localhost:${port}`;
    return new AwsStandIn(functions.endpoint, functions, server, log);
  }

  private constructor(
    readonly url: string,
    /** Runs the functions of custom resources. */
    readonly functions: FunctionRunner,
    private readonly server: ChildProcess,
    private readonly log: string[],
  ) {}

  /** What the CLI and the SDK need to reach the stand-in, and nothing of the caller's own AWS configuration. */
  environment(region: string): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_REGION: region,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_PROXY: 'localhost',
    };
  }

  /** What an SDK client needs to reach it. */
  client(region: string): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } } {
    return { endpoint: this.url, region, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' } };
  }

  /** The last lines that the server wrote, for the message of a failure. */
  lastLines(): string {
    return this.log.slice(-40).join('\n');
  }

  /** Changes what Amazon Bedrock lets the account do in a Region: the answer of GetFoundationModelAvailability, `useCaseForm`, `quota`. */
  async changeModelAccess(region: string, access: Record<string, unknown>): Promise<void> {
    const { ok, status } = await fetch(`${this.url}/stand-in/model-access/${region}`, { method: 'PUT', body: JSON.stringify(access) });
    if (!ok) throw new Error(`The stand-in answered ${status}:\n${this.lastLines()}`);
  }

  async stop(): Promise<void> {
    await this.functions.stop();
    if (this.server.exitCode !== null) return;
    const exit = once(this.server, 'exit');
    this.server.kill();
    await exit;
  }
}

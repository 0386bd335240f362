import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { TEST_ACCOUNT } from '../bedrock-runtime';
import { Driver, LOOP } from './driver';
import type { FunctionError, InvocationResult, Outcome } from './invocation';
import { FunctionConfiguration, lambdaEnvironment } from './lambda-environment';
import { ProcessOutput } from './process-output';
import { RuntimeApi } from './runtime-api';

export interface LambdaProcessOptions extends FunctionConfiguration {
  /** Node's binary. @default - the one that runs this */
  readonly node?: string;
  /** @default LOOP */
  readonly driver?: Driver;
  /** The function's timeout. @default 30_000 */
  readonly timeoutMs?: number;
}

/** A function's execution environment could not be initialised. */
export class InitError extends Error {
  constructor(public readonly error: FunctionError, public readonly stdout: string[], public readonly stderr: string[]) {
    super(`${error.errorType}: ${error.errorMessage}`);
  }
}

/** A Lambda execution environment: a process of its own with a real handler, invoked through the Runtime API. */
export class LambdaProcess {
  /** Resolves when the handler is loaded and idle. */
  static async start(options: LambdaProcessOptions): Promise<LambdaProcess> {
    const lambda = new LambdaProcess(options);
    lambda.api = await RuntimeApi.start({
      onIdle: () => lambda.idle.resolve({}),
      onInitError: (error) => { lambda.reported = { error }; },
      onOutcome: (_, outcome) => { lambda.reported = outcome; },
    });
    await lambda.init().catch(async (error: unknown) => {
      await lambda.stop();
      throw error;
    });
    return lambda;
  }

  /** From the process's start to its first request for work. */
  public initMs = 0;
  private api!: RuntimeApi;
  private child?: ChildProcess;
  private stdout!: ProcessOutput;
  private stderr!: ProcessOutput;
  private idle = deferred<Outcome>();
  private reported?: Outcome;

  private constructor(private readonly options: LambdaProcessOptions) {}

  /** Of the process that runs now: a function that exited or timed out gets another one. */
  public get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Invokes the function, one event at a time. */
  public async invoke(event: unknown, onChunk?: (chunk: Buffer) => void): Promise<InvocationResult> {
    if (this.child === undefined) await this.init();
    const { timeoutMs = 30_000, region = 'eu-west-2', functionName = 'stand-in' } = this.options;
    const requestId = randomUUID();
    const started = performance.now();
    this.idle = deferred();
    this.reported = undefined;
    this.api.dispatch({
      requestId,
      payload: JSON.stringify(event),
      deadlineMs: Date.now() + timeoutMs,
      functionArn: `arn:aws:lambda:${region}:${TEST_ACCOUNT}:function:${functionName}`,
      onChunk,
    });
    const timer = setTimeout(() => this.expire(requestId, timeoutMs), timeoutMs);
    const ended = await this.idle.promise;
    clearTimeout(timer);
    const durationMs = performance.now() - started;
    const outcome: Outcome = { ...(this.reported as Outcome | undefined), ...ended };
    return { requestId, ...outcome, ...decoded(outcome), stdout: await this.stdout.take(), durationMs };
  }

  /** Ends the process and closes the Runtime API. */
  public async stop(): Promise<void> {
    const child = this.child;
    if (child !== undefined && child.exitCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
    await this.api.stop();
  }

  private async init(): Promise<void> {
    const { node = process.execPath, driver = LOOP } = this.options;
    const started = performance.now();
    this.idle = deferred();
    this.reported = undefined;
    const env = lambdaEnvironment(this.options, this.api.address);
    const child = spawn(node, driver.args, { cwd: this.options.handlerDir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.stdout = new ProcessOutput(child.stdout);
    this.stderr = new ProcessOutput(child.stderr);
    child.once('error', (error) => this.onExit(error.message));
    // 'close', not 'exit': everything that the process wrote has then been read.
    child.once('close', (code, signal) => this.onExit(code === null ? `signal: ${String(signal)}` : `exit status ${code}`));
    const { error } = await this.idle.promise;
    this.initMs = performance.now() - started;
    if (error !== undefined) throw new InitError(error, await this.stdout.take(), await this.stderr.take());
  }

  private onExit(how: string): void {
    this.child = undefined;
    this.api.disconnect();
    this.idle.resolve({ error: this.reported?.error ?? { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: ${how}` } });
  }

  private expire(requestId: string, timeoutMs: number): void {
    const seconds = (timeoutMs / 1000).toFixed(2);
    this.reported = { error: { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds` } };
    this.child?.kill('SIGKILL');
  }
}

/** The JSON of a buffered response. */
function decoded({ payload }: Outcome): { response?: unknown } {
  return payload === undefined ? {} : { response: JSON.parse(payload.toString('utf8')) as unknown };
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => { resolve = settle; });
  return { promise, resolve };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CDK = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');

export interface CliResult {
  readonly status: number | null;
  readonly output: string;
}

/** The pinned CDK CLI, in a folder and with an environment. */
export class CdkCli {
  constructor(private readonly cwd: string, private readonly env: NodeJS.ProcessEnv) {}

  /** Runs a command and returns what it said, whether it succeeded or not. */
  async try(...args: string[]): Promise<CliResult> {
    const child = spawn(process.execPath, [CDK, ...args, '--no-notices', '--no-color', '--ci'], {
      cwd: this.cwd, env: this.env, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    const [status] = await once(child, 'close') as [number | null];
    return { status, output: output.join('') };
  }

  /** Runs a command and throws what it said if it fails. */
  async run(...args: string[]): Promise<string> {
    const { status, output } = await this.try(...args);
    if (status !== 0) throw new Error(`cdk ${args.join(' ')} exited with ${status}:\n${output}`);
    return output;
  }
}

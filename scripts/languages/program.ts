import { spawnSync } from 'node:child_process';

export interface ProgramResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program and returns what it said, whether it succeeded or not. */
export function tryProgram(cwd: string, program: string, args: string[], env: NodeJS.ProcessEnv = {}): ProgramResult {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: 'true', ...env },
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}` };
}

/** Runs a program and throws what it said if it fails. */
export function runProgram(cwd: string, program: string, args: string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, output } = tryProgram(cwd, program, args, env);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}:\n${output}`);
  return output;
}

/** Installs something, up to three times: registries fail for a moment. Not for what is tested. */
export function retried<T>(install: () => T, times = 3): T {
  try {
    return install();
  } catch (error) {
    if (times === 1) throw error;
    console.error(`Installing failed and is tried again.\n${(error as Error).message}`);
    return retried(install, times - 1);
  }
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.venv');
const REQUIREMENTS = join(ROOT, 'requirements-dev.txt');
const STAMP = join(FOLDER, 'requirements.sha256');

/** The virtual environment that holds the Python tools of our checks, exactly as `requirements-dev.txt` pins them. */
export class PythonEnvironment {
  /** Makes the environment if it is not there, or if the requirements have changed since. */
  static installed(): PythonEnvironment {
    const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
    if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
      run('python3', ['-m', 'venv', '--clear', FOLDER]);
      run(join(FOLDER, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
      writeFileSync(STAMP, wanted);
    }
    return new PythonEnvironment();
  }

  private constructor() {}

  /** The path of the interpreter, or of another program in the environment. */
  program(name = 'python'): string {
    return join(FOLDER, 'bin', name);
  }
}

function run(program: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed; expected Python 3.10 or later with venv and pip.\n${error?.message ?? stderr}`);
  }
}

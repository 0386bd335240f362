import { join } from 'node:path';
import { Language, ROOT } from './language';
import { packageFiles } from './packages';
import { ProgramResult, retried, runProgram, tryProgram } from './program';

/** The package as a wheel and an sdist, in a new virtual environment. */
export class Python implements Language {
  readonly name = 'Python';
  private python = '';

  constructor(private readonly cdkVersion: string, private readonly version: string) {}

  install(folder: string): void {
    const [wheel, sdist] = packageFiles(this.version).python;
    runProgram(folder, 'python3', ['-m', 'venv', 'venv']);
    this.python = join(folder, 'venv', 'bin', 'python');
    this.pip(folder, wheel, `aws-cdk-lib==${this.cdkVersion}`);
    // The sdist makes the same package.
    this.pip(folder, '--no-deps', '--target', join(folder, 'from-sdist'), sdist);
  }

  runExample(env: NodeJS.ProcessEnv): ProgramResult { return this.run('app.py', env); }

  runWrongRegion(): ProgramResult { return this.run('wrong_region.py', {}); }

  private pip(cwd: string, ...args: string[]): void {
    retried(() => runProgram(cwd, this.python, ['-m', 'pip', 'install', '--quiet', ...args]));
  }

  private run(file: string, env: NodeJS.ProcessEnv): ProgramResult {
    return tryProgram(join(ROOT, 'examples', 'python'), this.python, [file], { ...env, PYTHONDONTWRITEBYTECODE: '1' });
  }
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Language, ROOT } from './language';
import { pacmak } from './pacmak';
import { ProgramResult, runProgram, tryProgram } from './program';

/** The package as a wheel and an sdist, in a new virtual environment. */
export class Python implements Language {
  readonly name = 'Python';
  private python = '';

  constructor(private readonly cdkVersion: string) {}

  install(folder: string): void {
    const dist = pacmak('python', folder);
    const [wheel, sdist] = ['.whl', '.tar.gz'].map((ending) => readdirSync(dist).find((file) => file.endsWith(ending)));
    if (!wheel || !sdist) throw new Error(`Expected a wheel and an sdist, got ${readdirSync(dist).join(', ')}.`);
    runProgram(folder, 'python3', ['-m', 'venv', 'venv']);
    this.python = join(folder, 'venv', 'bin', 'python');
    this.pip(folder, join(dist, wheel), `aws-cdk-lib==${this.cdkVersion}`);
    // The sdist makes the same package.
    this.pip(folder, '--no-deps', '--target', join(folder, 'from-sdist'), join(dist, sdist));
  }

  runExample(env: NodeJS.ProcessEnv): ProgramResult { return this.run('app.py', env); }

  runWrongRegion(): ProgramResult { return this.run('wrong_region.py', {}); }

  private pip(cwd: string, ...args: string[]): void {
    runProgram(cwd, this.python, ['-m', 'pip', 'install', '--quiet', ...args]);
  }

  private run(file: string, env: NodeJS.ProcessEnv): ProgramResult {
    return tryProgram(join(ROOT, 'examples', 'python'), this.python, [file], { ...env, PYTHONDONTWRITEBYTECODE: '1' });
  }
}

import { cpSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Language, ROOT } from './language';
import { packageFiles } from './packages';
import { ProgramResult, runProgram, tryProgram } from './program';

const GROUP = join('io', 'github', 'cdk-bedrock-haiku');

/** The package's jar, installed into the local Maven repository for a copy of the example. */
export class Java implements Language {
  readonly name = 'Java';
  private app = '';

  constructor(private readonly cdkVersion: string, private readonly version: string) {}

  install(folder: string): void {
    const [jar, , , pom] = packageFiles(this.version).java;
    this.app = join(folder, 'app');
    cpSync(join(ROOT, 'examples', 'java'), this.app, { recursive: true, filter: (source) => !source.endsWith('target') });
    rmSync(join(homedir(), '.m2', 'repository', GROUP), { recursive: true, force: true });
    this.maven('install:install-file', `-Dfile=${jar}`, `-DpomFile=${pom}`);
    this.maven(...this.versions(), 'compile');
  }

  runExample(env: NodeJS.ProcessEnv): ProgramResult { return this.run('App', env); }

  runWrongRegion(): ProgramResult { return this.run('WrongRegion', {}); }

  private maven(...args: string[]): void {
    runProgram(this.app, 'mvn', ['--batch-mode', '--quiet', ...args]);
  }

  private run(mainClass: string, env: NodeJS.ProcessEnv): ProgramResult {
    return tryProgram(this.app, 'mvn', ['--batch-mode', '--quiet', ...this.versions(), 'exec:java', `-Dexec.mainClass=example.${mainClass}`], env);
  }

  private versions(): string[] {
    return [`-Dcdk.version=${this.cdkVersion}`, `-Dhaiku.version=${this.version}`];
  }
}

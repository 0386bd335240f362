import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Language, ROOT } from './language';
import { pacmak } from './pacmak';
import { ProgramResult, runProgram, tryProgram } from './program';

const GROUP = join('io', 'github', 'cdk-bedrock-haiku');

/** The package as a jar with sources and javadoc, installed into the local Maven repository for a copy of the example. */
export class Java implements Language {
  readonly name = 'Java';
  private app = '';

  constructor(private readonly cdkVersion: string, private readonly version: string) {}

  install(folder: string): void {
    const artifacts = join(pacmak('java', folder), GROUP, 'cdk-bedrock-haiku', this.version);
    const jar = (classifier: string): string => join(artifacts, `cdk-bedrock-haiku-${this.version}${classifier}.jar`);
    for (const classifier of ['', '-sources', '-javadoc']) {
      if (!existsSync(jar(classifier))) throw new Error(`Expected ${jar(classifier)}, got ${readdirSync(artifacts).join(', ')}.`);
    }
    this.app = join(folder, 'app');
    cpSync(join(ROOT, 'examples', 'java'), this.app, { recursive: true, filter: (source) => !source.endsWith('target') });
    rmSync(join(homedir(), '.m2', 'repository', GROUP), { recursive: true, force: true });
    this.maven('install:install-file', `-Dfile=${jar('')}`, `-DpomFile=${jar('').replace('.jar', '.pom')}`);
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

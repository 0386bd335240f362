import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Language, ROOT } from './language';
import { packageFiles } from './packages';
import { ProgramResult, runProgram, tryProgram } from './program';

const MODULE = 'github.com/cdk-bedrock-haiku/cdk-bedrock-haiku-go/cdkbedrockhaiku';

/** The package as a Go module, in place of the published one for a copy of the example. */
export class Go implements Language {
  readonly name = 'Go';
  private app = '';

  constructor(private readonly version: string) {}

  install(folder: string): void {
    this.app = join(folder, 'app');
    cpSync(join(ROOT, 'examples', 'go'), this.app, { recursive: true });
    // A copy, for `go mod tidy` writes into it.
    const module_ = join(folder, 'module');
    cpSync(dirname(packageFiles(this.version).go[0]), module_, { recursive: true });
    runProgram(this.app, 'go', ['mod', 'edit', '-replace', `${MODULE}=${module_}`]);
    runProgram(this.app, 'go', ['mod', 'tidy']);
    runProgram(this.app, 'go', ['build', '-o', join(folder, 'bin') + '/', './...']);
    runProgram(module_, 'go', ['mod', 'tidy']);
    runProgram(module_, 'go', ['vet', '.']);
  }

  runExample(env: NodeJS.ProcessEnv): ProgramResult { return this.run('haiku', env); }

  runWrongRegion(): ProgramResult { return this.run('wrong-region', {}); }

  private run(program: string, env: NodeJS.ProcessEnv): ProgramResult {
    return tryProgram(this.app, join(this.app, '..', 'bin', program), [], env);
  }
}

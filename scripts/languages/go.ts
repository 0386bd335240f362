import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { goPackage } from './go-package';
import { Language, ROOT } from './language';
import { ProgramResult, runProgram, tryProgram } from './program';

const MODULE = 'github.com/cdk-bedrock-haiku/cdk-bedrock-haiku-go/cdkbedrockhaiku';

/** The package as a Go module, in place of the published one for a copy of the example. */
export class Go implements Language {
  readonly name = 'Go';
  private app = '';

  install(folder: string): void {
    this.app = join(folder, 'app');
    cpSync(join(ROOT, 'examples', 'go'), this.app, { recursive: true });
    const module_ = goPackage(folder);
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

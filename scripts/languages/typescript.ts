import { join } from 'node:path';
import { Language, ROOT } from './language';
import { ProgramResult, tryProgram } from './program';

const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const EXAMPLES = join(ROOT, 'examples');

/** The two TypeScript examples that the other languages repeat, in one process. */
export class TypeScript implements Language {
  readonly name = 'TypeScript';

  install(): void { /* The repository itself is installed. */ }

  runExample(env: NodeJS.ProcessEnv): ProgramResult {
    const results = ['first-invocation', 'eu-residency'].map((example) => this.tsx(join(EXAMPLES, example, 'app.ts'), {
      ...env, CDK_OUTDIR: join(env.CDK_OUTDIR!, example),
    }));
    return { status: Math.max(...results.map(({ status }) => status ?? 1)), output: results.map(({ output }) => output).join('') };
  }

  runWrongRegion(): ProgramResult {
    return this.tsx(join(__dirname, 'wrong-region.ts'), {});
  }

  private tsx(app: string, env: NodeJS.ProcessEnv): ProgramResult {
    return tryProgram(EXAMPLES, process.execPath, [TSX, '--tsconfig', join(EXAMPLES, 'tsconfig.json'), app], env);
  }
}

import { join } from 'node:path';
import { ProgramResult } from './program';
import { AssembledStack, assembledStacks } from '../deploy/cloud-assembly';

/** The repository. */
export const ROOT = join(__dirname, '..', '..');

/** The example in one language, beside the package that jsii makes for it. */
export interface Language {
  readonly name: string;
  /** Installs the built package, with the CDK, into a fresh environment below the folder. */
  install(folder: string): void;
  /** Runs the example. The CDK writes the cloud assembly to where the environment says. */
  runExample(env: NodeJS.ProcessEnv): ProgramResult;
  /** Runs the app that asks for Geo EU in us-east-1. */
  runWrongRegion(): ProgramResult;
}

/** The stacks of an example, as its own process writes them without a CLI. */
export function synthesise(language: Language, outdir: string): AssembledStack[] {
  const { status, output } = language.runExample({
    CDK_OUTDIR: outdir,
    // The metadata resource names the language, which is the one thing that must differ.
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:version-reporting': false }),
  });
  if (status !== 0) throw new Error(`The ${language.name} example exited with ${status}:\n${output}`);
  return assembledStacks(outdir);
}

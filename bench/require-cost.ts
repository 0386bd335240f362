import { measuredProcess } from './measured-process';
import { interleaved } from './rounds';
import { Samples } from './samples';

/** What loading a package costs in a process that has loaded aws-cdk-lib. */
export interface RequireCost {
  readonly name: string;
  /** In ms. */
  readonly load: Samples;
  /** How many files it reads. */
  readonly files: number;
}

export async function requireCosts(rounds: number, packages: string[], every: boolean): Promise<RequireCost[]> {
  const runs = await interleaved(packages, rounds, (name) => measuredProcess('require', every ? [name, 'every'] : [name]));
  return packages.map((name) => ({
    name,
    load: new Samples(runs[name].map(({ figures }) => figures.load)),
    files: runs[name][0].figures.files,
  }));
}

import { measuredProcess } from './measured-process';
import { interleaved } from './rounds';
import { Samples } from './samples';

/** What judging one Region choice costs with a table of so many rows. */
export interface RouteValidationCost {
  readonly rows: number;
  readonly microseconds: Samples;
  /** Bytes allocated for one choice. */
  readonly bytes: Samples;
}

export async function routeValidationCosts(rounds: number, sizes: number[]): Promise<RouteValidationCost[]> {
  const runs = await interleaved(sizes.map(String), rounds, (rows) => measuredProcess('route', ['cdk-bedrock-haiku', rows], {}, ['--expose-gc']));
  return sizes.map((rows) => ({
    rows,
    microseconds: new Samples(runs[rows].map(({ figures }) => figures.microseconds)),
    bytes: new Samples(runs[rows].map(({ figures }) => figures.bytes)),
  }));
}

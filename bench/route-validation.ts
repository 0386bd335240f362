import { measuredProcess } from './measured-process';
import { interleaved } from './rounds';
import { Samples } from './samples';

/** What judging one Region choice costs with a table of so many rows. */
export interface RouteValidationCost {
  readonly rows: number;
  readonly microseconds: Samples;
  /** Bytes allocated for one choice, as the code asks for them. */
  readonly bytes: Samples;
}

/** The optimizing compiler saves some allocations, in one process more than in the next: without it the count is exact. */
export const ALLOCATIONS = ['--expose-gc', '--no-opt'];

export async function routeValidationCosts(rounds: number, sizes: number[]): Promise<RouteValidationCost[]> {
  const runs = await interleaved(sizes.map(String), rounds, (rows) => measuredProcess('route', ['cdk-bedrock-haiku', rows], {}, ['--expose-gc']));
  const unoptimized = await interleaved(sizes.map(String), rounds, (rows) => measuredProcess('route', ['cdk-bedrock-haiku', rows], {}, ALLOCATIONS));
  return sizes.map((rows) => ({
    rows,
    microseconds: new Samples(runs[rows].map(({ figures }) => figures.microseconds)),
    bytes: new Samples(unoptimized[rows].map(({ figures }) => figures.bytes)),
  }));
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { measuredProcess, ProcessCost } from './measured-process';
import { paths } from './paths';
import { interleaved } from './rounds';
import { differences, Samples } from './samples';

export type Measure = 'wall' | 'cpu' | 'memory';

/** An app to synthesise. */
export interface Synthesis {
  readonly variant: string;
  readonly roles: number;
  readonly stacks: number;
  readonly validation: boolean;
  /** Whether the Region is known only at deploy time. */
  readonly agnostic?: boolean;
}

/** What the name of a variant ends in that is synthesised in an environment-agnostic stack. */
export const AGNOSTIC = ', environment-agnostic';

/** Where the cloud assembly goes. */
export function assembly({ variant, roles, stacks, agnostic }: Synthesis): string {
  return join(paths.assemblies, [variant, roles, stacks, ...(agnostic ? ['agnostic'] : [])].join('-'));
}

/** Synthesises an app in a process of its own. */
export async function synthesised(app: Synthesis): Promise<ProcessCost> {
  mkdirSync(paths.assemblies, { recursive: true });
  const args = [app.variant, String(app.roles), String(app.stacks), assembly(app), ...(app.agnostic ? ['agnostic'] : [])];
  return measuredProcess('app', args, { CDK_VALIDATION: String(app.validation) });
}

/** What each variant costs, by itself and over a bare stack in the same round. */
export class GrantCosts {
  /** 100 grants to 100 roles in one stack. */
  public static async measure(rounds: number, variants: string[], options: { validation: boolean }): Promise<GrantCosts> {
    return new GrantCosts(await interleaved(['bare', ...variants], rounds, (name) =>
      synthesised({ variant: name.replace(AGNOSTIC, ''), agnostic: name.endsWith(AGNOSTIC), roles: 100, stacks: 1, ...options })));
  }

  private constructor(private readonly runs: Record<string, ProcessCost[]>) {}

  public total(variant: string, measure: Measure): Samples {
    return new Samples(this.values(variant, measure));
  }

  public overBare(variant: string, measure: Measure): Samples {
    return new Samples(differences(this.values(variant, measure), this.values('bare', measure)));
  }

  private values(variant: string, measure: Measure): number[] {
    return this.runs[variant].map((cost) => cost[measure]);
  }
}

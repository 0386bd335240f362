import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembly, synthesised, Synthesis } from './grants';
import { interleaved } from './rounds';
import { differences, Samples } from './samples';

/** So many roles in so many stacks. */
export interface Shape {
  readonly roles: number;
  readonly stacks: number;
}

/** What one more role with its grant costs in an app of this shape. */
export interface Growth extends Shape {
  readonly variant: string;
  /** CPU time over a bare app with as many stacks, in ms a role. */
  readonly cpuPerRole: Samples;
  /** Memory over a bare app with as many stacks, in KiB a role. */
  readonly memoryPerRole: Samples;
}

export async function growth(rounds: number, variants: string[], shapes: Shape[]): Promise<Growth[]> {
  const result: Growth[] = [];
  for (const shape of shapes) {
    const runs = await interleaved(['bare', ...variants], rounds, (variant) => synthesised({ variant, ...shape, validation: false }));
    const perRole = (variant: string, measure: 'cpu' | 'memory', unit: number) => new Samples(
      differences(runs[variant].map((cost) => cost[measure]), runs.bare.map((cost) => cost[measure])).map((cost) => cost * unit / shape.roles));
    result.push(...variants.map((variant) => ({
      ...shape, variant, cpuPerRole: perRole(variant, 'cpu', 1), memoryPerRole: perRole(variant, 'memory', 1024),
    })));
  }
  return result;
}

/** What one grant adds to the templates, in bytes without white space: the policy and its attachment, but not the role. */
export async function templateBytesPerGrant(app: Omit<Synthesis, 'variant' | 'validation'>): Promise<number> {
  const sizes: number[] = [];
  for (const variant of ['haiku', 'roles']) {
    await synthesised({ ...app, variant, validation: false });
    const folder = assembly({ ...app, variant, validation: false });
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json')).map((file) => readFileSync(join(folder, file), 'utf8'));
    sizes.push(templates.reduce((sum, template) => sum + JSON.stringify(JSON.parse(template)).length, 0));
  }
  return (sizes[0] - sizes[1]) / app.roles;
}

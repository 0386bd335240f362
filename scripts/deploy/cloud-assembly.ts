import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A template, as far as the checks read it. */
export interface StackTemplate {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;
}

/** A stack of a cloud assembly, as the manifest describes it. */
export interface AssembledStack {
  readonly name: string;
  /** `aws://account/region`; either may be unknown at synth time. */
  readonly environment: string;
  readonly template: StackTemplate;
}

interface Manifest {
  readonly artifacts: Record<string, { type: string; environment: string; properties: { stackName?: string; templateFile: string } }>;
}

/** The stacks that `cdk synth` wrote to a folder. */
export function assembledStacks(folder: string): AssembledStack[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return Object.entries(manifest.artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => ({
      name: properties.stackName ?? id,
      environment,
      template: JSON.parse(readFileSync(join(folder, properties.templateFile), 'utf8')) as StackTemplate,
    }));
}

/** The Region of a stack, or the one given where it is known only at deploy time. */
export function regionOf(stack: AssembledStack, otherwise: string): string {
  const region = stack.environment.split('/').pop()!;
  return region === 'unknown-region' ? otherwise : region;
}

import { goals } from './goals';
import { AGNOSTIC, GrantCosts } from './grants';
import { Growth } from './growth';
import { PackageSize } from './package-size';
import { table } from './page';
import { RequireCost } from './require-cost';
import { RouteValidationCost } from './route-validation';

const MB = 1e6;

/** A ratio beside its goal. */
export function reached(value: number, goal: number): string {
  return `${value.toFixed(2)}, goal ${goal}: ${value <= goal ? 'reached' : '**missed**'}`;
}

/** Differences are taken within each round; ratios are of medians. CDK's validator varies by more than the goals. */
export function grantSection(title: string, costs: GrantCosts, variants: string[], judge: typeof reached = (value) => value.toFixed(2)): string {
  const ratio = (measure: 'wall' | 'cpu' | 'memory', variant = 'haiku', to = 'hand-written') => costs.overBare(variant, measure).median / costs.overBare(to, measure).median;
  const agnostic = `haiku${AGNOSTIC}`;
  return [
    `### ${title}`,
    table(['', 'wall s', 'CPU s', 'peak MiB', 'wall s over bare', 'CPU s over bare', 'MiB over bare'], ['bare', ...variants].map((variant) => [
      variant,
      ...(['wall', 'cpu'] as const).map((measure) => costs.total(variant, measure).in(1000).toString()),
      costs.total(variant, 'memory').toString(0),
      ...(variant === 'bare' ? ['', '', ''] : [
        ...(['wall', 'cpu'] as const).map((measure) => costs.overBare(variant, measure).in(1000).toString()),
        costs.overBare(variant, 'memory').toString(1),
      ]),
    ])),
    ...(variants.includes('hand-written') ? [
      `haiku to hand-written, over bare: CPU time ${judge(ratio('cpu'), goals.grantTime)}; wall time ${ratio('wall').toFixed(2)}; `
      + `memory ${judge(ratio('memory'), goals.grantMemory)}.`,
    ] : []),
    ...(variants.includes(agnostic) ? [
      `environment-agnostic to a known Region, over bare: CPU time ${judge(ratio('cpu', agnostic, 'haiku'), goals.agnosticTime)}; wall time ${ratio('wall', agnostic, 'haiku').toFixed(2)}; `
      + `memory ${ratio('memory', agnostic, 'haiku').toFixed(2)}.`,
    ] : []),
  ].join('\n\n');
}

export function requireSection(first: RequireCost[], every: RequireCost[]): string {
  const ours = first.find(({ name }) => name === 'cdk-bedrock-haiku')!;
  return [
    '### `require` after aws-cdk-lib',
    table(['', 'ms', 'files', 'ms with every export read', 'files'], first.map((cost, i) => [
      cost.name, cost.load.toString(1), String(cost.files), every[i].load.toString(1), String(every[i].files),
    ])),
    `cdk-bedrock-haiku: ${reached(ours.load.median, goals.requireMs)}. Its files load when they are first used, so an app pays between the two columns.`,
  ].join('\n\n');
}

export function sizeSection(whole: PackageSize, library: PackageSize, peers: PackageSize[]): string {
  const judged = (size: PackageSize, goal: readonly number[]) =>
    `download ${reached(size.size / MB, goal[0])}; on disk ${reached(size.unpackedSize / MB, goal[1])}`;
  return [
    '### npm tarball',
    table(['', 'download MB', 'on disk MB'], [whole, { ...library, name: `${library.name} without its bundles` }, ...peers].map((size) => [
      size.name, (size.size / MB).toFixed(2), (size.unpackedSize / MB).toFixed(2),
    ])),
    `Without bundles: ${judged(library, goals.library)}. With every bundle: ${judged(whole, goals.package)}.`,
  ].join('\n\n');
}

export function growthSection(rows: Growth[], bytesPerGrant: number[]): string {
  const perRole = (variant: string, roles: number, stacks: number) =>
    rows.find((row) => row.variant === variant && row.roles === roles && row.stacks === stacks)!.cpuPerRole.median;
  const steps: Array<[string, number, number]> = [['1,000 roles in a stack', 1000, 1], ['100 stacks of 10', 1000, 100]];
  return [
    '### Growth',
    table(['', 'roles', 'stacks', 'CPU ms a role', 'KiB a role'], rows.map((row) => [
      row.variant, String(row.roles), String(row.stacks), row.cpuPerRole.toString(), row.memoryPerRole.toString(0),
    ])),
    steps.map(([label, roles, stacks]) => {
      const grown = (variant: string) => perRole(variant, roles, stacks) / perRole(variant, 100, 1);
      return `${label}, CPU time a role to that of 100 roles: ${reached(grown('haiku'), goals.growth)}; hand-written ${grown('hand-written').toFixed(2)}.`;
    }).join('\n'),
    `Template bytes a grant, without white space: ${bytesPerGrant.map((bytes) => bytes.toFixed(0)).join(', ')} with 10, 100 and 1,000 roles; `
    + `to the documented policy's ${goals.documentedPolicy}: ${reached(Math.max(...bytesPerGrant) / goals.documentedPolicy, goals.templateBytes)}.`,
  ].join('\n\n');
}

export function validationSection([small, large]: RouteValidationCost[]): string {
  return [
    '### Judging one Region choice',
    table(['geo rows in the card', 'microseconds', 'bytes allocated'], [small, large].map((cost) => [
      String(cost.rows), cost.microseconds.toString(), cost.bytes.toString(0),
    ])),
    `Microseconds: ${reached(large.microseconds.median, goals.validationMicroseconds)}. `
    + `Allocations with ${large.rows / small.rows} times the table: ${reached(large.bytes.median / small.bytes.median, goals.tableGrowth)}.`,
  ].join('\n\n');
}

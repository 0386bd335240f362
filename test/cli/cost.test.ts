import { OFFLINE, run } from './command-line';

const WORKLOAD = ['--calls', '1e6', '--input', '800', '--cached', '6000', '--output', '300'];

test('cost shows a month by each way, with and without the cache and in batch jobs', async () => {
  const { code, stdout, stderr } = await run(['cost', '--from', 'eu-west-2', ...WORKLOAD], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe([
    'Way     A month    Without caching  In batch jobs',
    'Geo EU  $3,190.00  $9,130.00        $4,565.00',
    'Global  $2,900.00  $8,300.00        $4,150.00',
    '',
    'With caching 100 % of the calls read the 6000 tokens, and 0 % write them for 5m.',
    'Batch jobs have no prompt cache.',
    '',
    'Claude Haiku 4.5, prices in US dollars as of 2026-11',
    'https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json',
    '',
  ].join('\n'));
});

test('cost --json is the same for programs', async () => {
  const { code, stdout } = await run(['cost', '--from', 'eu-west-2', '--model', 'claude-haiku-5-5', '--hit-rate', '0.5', '--ttl', '1h', ...WORKLOAD, '--json'], OFFLINE);
  expect(code).toBe(0);
  const source = { asOf: '2026-11', sourceUrl: 'https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json' };
  expect(JSON.parse(stdout)).toEqual({
    model: 'anthropic.claude-haiku-5-5',
    sourceRegion: 'eu-west-2',
    calls: 1_000_000,
    tokens: { input: 800, cached: 6_000, output: 300 },
    hitRate: 0.5,
    ttl: '1h',
    currency: 'USD',
    ways: [
      { option: 'GEO', geography: 'eu', month: 946, cached: 946, uncached: 913, longContext: false, ...source },
      { option: 'GLOBAL', month: 860, cached: 860, uncached: 830, longContext: false, ...source },
    ],
    notes: ['With caching 50 % of the calls read the 6000 tokens, and 50 % write them for 1h. Batch jobs have no prompt cache.'],
  });
});

test('cost says what changes the numbers', async () => {
  const long = await run(['cost', '--from', 'us-east-1', '--model', 'Haiku 5.5', '--calls', '10', '--input', '120000', '--output', '1'], OFFLINE);
  expect(long.stdout).toContain('These calls have more than 100000 tokens of input: all their tokens cost the\nrates of a long context.');
  const short = await run(['cost', '--from', 'us-east-1', '--calls', '10', '--input', '1', '--cached', '4095', '--output', '1'], OFFLINE);
  expect(short.stdout).toContain('Claude Haiku 4.5 caches nothing below 4096 tokens: the 4095 are input like any\nother.');
});

test.each([
  [['--from', 'eu-west-2', '--batch', '--model', 'haiku-5-5'], 'Claude Haiku 5.5 takes no batch jobs in eu-west-2 (as of 2026-10): leave --batch out.'],
  [['--from', 'eu-west-2', '--batch', '--model', 'sonnet-4-6'],
    'The card of Claude Sonnet 4.6 has no price for such batch jobs from eu-west-2 (as of 2026-10), although it takes batch jobs there.'],
  [['--from', 'cn-north-1'], 'Claude Haiku 4.5 cannot be called from cn-north-1 (as of 2026-10): there is no price there.'],
])('what the card has no price for ends with 1: %j', async (args, message) => {
  const { code, stdout } = await run(['cost', ...args, ...WORKLOAD, '--json'], OFFLINE);
  expect([code, (JSON.parse(stdout) as { error: object }).error]).toEqual([1, { message, code: 'NO_PRICE' }]);
  const plain = await run(['cost', ...args, ...WORKLOAD], OFFLINE);
  expect([plain.code, plain.stdout.replaceAll('\n', ' ').trim()]).toEqual([1, message]);
});

test.each([
  [['--output', '64001'], '--output is more than Claude Haiku 4.5 takes, got 64001; expected at most 64000 (as of 2026-10). Such calls would be refused.'],
  [['--input', '194001'], '--input with --cached is more than Claude Haiku 4.5 takes, got 200001; expected at most 200000 (as of 2026-10). Such calls would be refused.'],
  [['--calls', '-1'], 'option \'--calls <number>\' argument \'-1\' is invalid. expected a whole number of 0 or more, such as 800 or 1e6.'],
  [['--input', ''], 'option \'--input <tokens>\' argument \'\' is invalid. expected a whole number of 0 or more, such as 800 or 1e6.'],
  [['--hit-rate', '2'], 'option \'--hit-rate <share>\' argument \'2\' is invalid. expected a share from 0 to 1, such as 0.9.'],
  [['--model', 'opus-4.9'], '--model is not a model with a built-in card, got "opus-4.9"; the nearest names are "Opus 4.5", "Opus 4.6", "Opus 4.7". '
    + 'For another model, pass --card with a card file.'],
  [['--model', 'haiku-4.5', '--card', 'x.json'], 'option \'--model <name>\' cannot be used with option \'--card <file>\''],
])('bad usage ends with 2 and says what is wrong: %j', async (args, message) => {
  const { code, stdout } = await run(['cost', '--from', 'eu-west-2', ...WORKLOAD, ...args, '--json'], OFFLINE);
  expect([code, (JSON.parse(stdout) as { error: object }).error]).toEqual([2, { message, code: 'USAGE' }]);
});

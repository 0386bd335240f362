import { OFFLINE, run } from './command-line';

test('regions lists every documented Region, filtered, in 80 columns', async () => {
  const all = JSON.parse((await run(['regions', '--json'], OFFLINE)).stdout) as { regions: Array<{ region: string }> };
  expect(all.regions).toHaveLength(33);
  const { stdout, code } = await run(['regions', '--geo', 'jp'], OFFLINE);
  expect(code).toBe(0);
  expect(stdout).toBe([
    'Region          Geo  Global  In-Region  Batch  Destinations of the geography',
    'ap-northeast-1  jp   yes     yes        yes    ap-northeast-1 ap-northeast-3',
    'ap-northeast-3  jp   yes     -          yes    ap-northeast-1 ap-northeast-3',
    '',
    '2 Regions of Claude Haiku 4.5, as of 2026-10',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html',
    '',
  ].join('\n'));
  expect((await run(['regions'], OFFLINE)).stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('https://'))).toEqual([]);
});

test('a filter that nothing passes ends with 1', async () => {
  expect(await run(['regions', '--region', 'eu-west-9'], OFFLINE)).toEqual({
    code: 1, stdout: 'No Region of Claude Haiku 4.5 matches these options (as of 2026-10).\n', stderr: '',
  });
});

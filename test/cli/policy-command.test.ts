import { OFFLINE, run } from './command-line';

test('policy prints three documents that can be pasted', async () => {
  const { code, stdout } = await run(['policy', '--from', 'ap-south-1', '--account', '111122223333'], OFFLINE);
  expect(code).toBe(0);
  const documents = stdout.split(/^# .*$/m).slice(1).map((text) => JSON.parse(text) as { Version: string; Statement: Array<{ Effect: string; Principal?: string }> });
  expect(documents.map(({ Version }) => Version)).toEqual(['2012-10-17', '2012-10-17', '2012-10-17']);
  expect(documents.map(({ Statement }) => Statement.map(({ Effect, Principal }) => `${Effect} ${Principal ?? '-'}`))).toEqual([
    ['Allow -', 'Allow -'], ['Allow *', 'Allow *'], ['Deny -', 'Deny -'],
  ]);
  expect(stdout.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Identity policy: attach to the role that calls the model',
    '# VPC endpoint policy: for com.amazonaws.ap-south-1.bedrock-runtime in the source Region',
    '# Service control policy: denies this model outside these Regions',
  ]);
});

test('policy --only prints one document alone, the same as in --json', async () => {
  const args = ['policy', '--from', 'us-west-1', '--global', '--account', '111122223333'];
  const all = JSON.parse((await run([...args, '--json'], OFFLINE)).stdout) as Record<string, unknown>;
  for (const name of ['identity', 'endpoint', 'scp']) {
    expect(JSON.parse((await run([...args, '--only', name], OFFLINE)).stdout)).toEqual(all[name]);
  }
});

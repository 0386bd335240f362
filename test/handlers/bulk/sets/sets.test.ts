import type { BulkResult } from '../../../../src/contract/bulk-records';
import type { Asking, BatchItem, SetOptions } from '../../../../src/contract/bulk-set';
import { Buckets } from '../../../../src/handlers/bulk/aws/buckets';
import { FairAdmission } from '../../../../src/handlers/bulk/queue/fair-admission';
import { RateLimiter } from '../../../../src/handlers/bulk/queue/rate-limiter';
import { answerBatch } from '../../../../src/handlers/bulk/sets/answer-batch';
import { collect } from '../../../../src/handlers/bulk/sets/collect';
import { finish } from '../../../../src/handlers/bulk/sets/finish';
import { prepare, resume } from '../../../../src/handlers/bulk/sets/prepare';
import { MODEL_ID, REGION, TestClock, TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn, credentialEnvironment, Fault } from '../../../stand-ins/bedrock-runtime';
import { S3StandIn } from '../../../stand-ins/s3';
import { TestTable } from '../queue/test-table';
import { CONFIG, record } from '../records/records';

const OPTIONS: SetOptions = {
  inputPrefix: 'in/',
  outputPrefix: 'out/',
  part: { records: 5, bytes: 100_000 },
  batch: { records: 2, bytes: 100_000 },
  rate: { requestsPerMinute: 60_000, tokensPerMinute: 600_000_000, outputWeight: 5 },
  prices: { asOf: '2026-11', sourceUrl: 'https://example.com', onDemand: { input: 1, output: 5 }, batch: { input: 0.5, output: 2.5 } },
};

let bedrock: BedrockStandIn;
let s3: S3StandIn;
let clock: TestClock;
let invoker: TestInvoker;
let buckets: Buckets;

beforeEach(async () => {
  [bedrock, s3] = await Promise.all([BedrockStandIn.start({ region: REGION }), S3StandIn.start()]);
  clock = new TestClock();
  invoker = TestInvoker.create({ url: bedrock.url, clock, modelId: MODEL_ID, options: { retry: { maxAttempts: 1 } } });
  buckets = new Buckets({ env: { ...credentialEnvironment(), AWS_REGION: REGION, AWS_ENDPOINT_URL_S3: s3.url }, clock });
});
afterEach(async () => {
  invoker.close();
  buckets.close();
  await Promise.all([bedrock.stop(), s3.stop()]);
});

const set = (options: Partial<SetOptions> = {}) => ({ options: { ...OPTIONS, ...options }, buckets, inputBucket: 'data', outputBucket: 'data', config: CONFIG });
const lines = <T>(path: string): T[] => s3.text(path).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
const input = (...ids: string[]) => ids.map((id) => `${record(id)}\n`).join('');

function answering(options: Partial<SetOptions> = {}) {
  const table = new TestTable();
  return { ...set(options), invoker, clock, admission: new FairAdmission(new RateLimiter(table, clock, OPTIONS.rate), table, clock) };
}

const answerAll = async (run: string, part: number, round: number, left = 600_000) => {
  const worker = answering();
  for (const item of lines<BatchItem>(`data/out/${run}/work/${String(part).padStart(6, '0')}/batches-${round}.jsonl`)) {
    await answerBatch(worker, { run, part, round, item }, clock.now() + left);
  }
};

test('a set is written down as parts, and each part as batches by their place', async () => {
  s3.put('data/in/a.jsonl', input('a', 'b', 'c'));
  s3.put('data/in/b.csv', 'recordId,prompt\nd,Hello\ne,Hello\nf,Hello\n');
  s3.put('data/in/readme.txt', 'not a record');
  expect(await prepare(set({ leastPerJob: 5 }), 'run1', false)).toEqual({ run: 'run1', state: 'ready', parts: 'out/run1/parts.jsonl' });
  expect(lines<Asking>('data/out/run1/parts.jsonl')).toEqual([
    {
      part: 1,
      round: 1,
      records: 5,
      by: 'job',
      recordsKey: 'out/run1/records/000001.jsonl',
      batchesKey: 'out/run1/work/000001/batches-1.jsonl',
      outputPrefix: 'out/run1/work/000001/job-1/',
      jobName: expect.stringMatching(/^haiku-[0-9a-f]{24}-1-1$/) as string,
    },
    expect.objectContaining({ part: 2, records: 1, by: 'on-demand' }),
  ]);
  const batches = lines<BatchItem>('data/out/run1/work/000001/batches-1.jsonl');
  expect(batches.map(({ records }) => records)).toEqual([2, 2, 1]);
  const whole = s3.text('data/out/run1/records/000001.jsonl');
  expect(batches.map(({ start, bytes }) => whole.slice(start, start + bytes)).join('')).toBe(whole);
  expect(whole.split('\n').map((line) => line && JSON.parse(line).recordId)).toEqual(['a', 'b', 'c', 'd', 'e', '']);
});

test('one wrong record stops the set before anything is paid for, and the manifest names it', async () => {
  s3.put('data/in/a.jsonl', `${input('a')}{\n`);
  expect(await prepare(set(), 'run1', false)).toMatchObject({ state: 'refused' });
  expect(await finish(set(), 'run1')).toEqual({ state: 'failed', manifest: 'out/run1/manifest.json' });
  expect(JSON.parse(s3.text('data/out/run1/manifest.json'))).toMatchObject({
    state: 'failed',
    reason: '1 of 2 records are wrong. Correct them, and start another run.',
    succeeded: 0,
    failed: 0,
    problems: { count: 1, first: [{ file: 'in/a.jsonl', line: 2, code: 'NOT_JSON' }] },
    results: [],
  });
});

test('no records, and objects without any, are said', async () => {
  s3.put('data/in/a.jsonl', '\n');
  expect(await prepare(set(), 'run1', false)).toMatchObject({ state: 'empty' });
  await finish(set(), 'run1');
  expect(JSON.parse(s3.text('data/out/run1/manifest.json')).reason).toBe('There are no records below s3://data/in/.');
});

test('an object that changes while it is read stops the set', async () => {
  s3.put('data/in/a.jsonl', input('a'));
  s3.fault = (line) => {
    if (line.startsWith('GET data/in/a.jsonl')) s3.put('data/in/a.jsonl', input('b'));
    return undefined;
  };
  expect(await prepare(set(), 'run1', false)).toMatchObject({ state: 'refused' });
  await finish(set(), 'run1');
  expect(JSON.parse(s3.text('data/out/run1/manifest.json')).reason).toBe('An object changed while it was read. Start another run when all objects are written.');
});

test('of two runs over one input the first has it; a repeated step of it goes on, and again asks again', async () => {
  s3.put('data/in/a.jsonl', input('a'));
  expect(await prepare(set(), 'run1', false)).toMatchObject({ state: 'ready' });
  expect(await prepare(set(), 'run1', false)).toMatchObject({ state: 'ready' });
  expect(await prepare(set(), 'run2', false)).toMatchObject({ state: 'taken' });
  await finish(set(), 'run2');
  expect(JSON.parse(s3.text('data/out/run2/manifest.json')).reason)
    .toBe('The run run1 has asked these very objects. Start a run with {"again": true} to ask, and pay for, all of it again.');
  expect(await prepare(set(), 'run3', true)).toMatchObject({ state: 'ready' });
  s3.put('data/in/b.jsonl', input('b'));
  expect(await prepare(set(), 'run4', false)).toMatchObject({ state: 'ready' });
});

test('every record has its result, in order, and the manifest what they cost', async () => {
  s3.put('data/in/a.jsonl', input('a', 'b', 'c', 'd', 'e', 'f'));
  await prepare(set(), 'run1', false);
  for (const part of [1, 2]) {
    await answerAll('run1', part, 1);
    expect(await collect(set(), 'run1', part, 1, true)).toMatchObject({ records: 0, by: 'nobody' });
  }
  expect(await finish(set(), 'run1')).toMatchObject({ state: 'succeeded' });
  const results = [...lines<BulkResult>('data/out/run1/results/000001.jsonl'), ...lines<BulkResult>('data/out/run1/results/000002.jsonl')];
  expect(results.map(({ recordId, attempts, route }) => [recordId, attempts, route])).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, 1, 'on-demand']));
  expect(bedrock.calls).toHaveLength(6);
  const manifest = JSON.parse(s3.text('data/out/run1/manifest.json'));
  const { inputTokens, outputTokens } = manifest.routes['on-demand'];
  expect(manifest).toMatchObject({
    run: 'run1', state: 'succeeded', records: 6, succeeded: 6, failed: 0, failures: {}, results: ['out/run1/results/000001.jsonl', 'out/run1/results/000002.jsonl'],
  });
  expect(manifest.cost.usd).toBeCloseTo((inputTokens + 5 * outputTokens) / 1_000_000, 6);
});

test('a batch that has its results is not asked again', async () => {
  s3.put('data/in/a.jsonl', input('a', 'b'));
  await prepare(set(), 'run1', false);
  await answerAll('run1', 1, 1);
  await answerAll('run1', 1, 1);
  expect(bedrock.calls).toHaveLength(2);
});

test('a worker that runs out of time keeps what it has, and the next one asks the rest', async () => {
  s3.put('data/in/a.jsonl', input('a', 'b'));
  await prepare(set(), 'run1', false);
  bedrock.faults.push({});
  for (let times = 0; times < 30; times++) bedrock.faults.push(Fault.throttling(120));
  await expect(answerAll('run1', 1, 1, 100_000)).rejects.toMatchObject({ name: 'RateLimitError' });
  expect(lines('data/out/run1/work/000001/partial-1/000001.jsonl')).toHaveLength(1);
  const paid = bedrock.calls.filter(({ status }) => status === 200).length;
  expect(paid).toBe(1);
  bedrock.faults.clear();
  await clock.sleep(130_000);
  bedrock.clockOffsetMs = clock.now() - Date.now();
  await answerAll('run1', 1, 1);
  expect(bedrock.calls.filter(({ status }) => status === 200)).toHaveLength(2);
});

test('a record that the model refuses has an error; one that fails for a passing reason is asked three times', async () => {
  s3.put('data/in/a.jsonl', input('a', 'b'));
  await prepare(set({ batch: { records: 1, bytes: 1_000_000 } }), 'run1', false);
  bedrock.faults.push(Fault.validation(() => 'no'), Fault.internalServer(), Fault.internalServer(), Fault.internalServer());
  await answerAll('run1', 1, 1);
  await collect(set(), 'run1', 1, 1, true);
  expect(lines<BulkResult>('data/out/run1/results/000001.jsonl').map(({ error, attempts }) => [error?.errorCode, attempts])).toEqual([
    ['InvalidRequestError', 1], ['InternalServerError', 3],
  ]);
});

describe('by batch job', () => {
  const jobOutput = (round: number, out: object[]) =>
    s3.put(`data/out/run1/work/000001/job-${round}/abc123/000001.jsonl.out`, out.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const answer = (recordId: string) => ({ recordId, modelInput: {}, modelOutput: { content: [], usage: { input_tokens: 1, output_tokens: 1 } } });

  beforeEach(async () => {
    s3.put('data/in/a.jsonl', input('a', 'b', 'c', 'd'));
    await prepare(set({ leastPerJob: 2 }), 'run1', false);
    s3.put('data/out/run1/work/000001/job-1/abc123/manifest.json.out', '{"totalRecordCount":4}');
  });

  test('only what failed is asked again: by a job while there is enough of it, else on demand', async () => {
    jobOutput(1, [answer('b'), { recordId: 'a', modelInput: {}, error: { errorCode: 500, errorMessage: '' } }]);
    expect(await collect(set({ leastPerJob: 2 }), 'run1', 1, 1, false)).toMatchObject({ records: 3, round: 2, by: 'job', recordsKey: 'out/run1/work/000001/records-2.jsonl' });
    expect(lines<{ recordId: string }>('data/out/run1/work/000001/records-2.jsonl').map(({ recordId }) => recordId)).toEqual(['a', 'c', 'd']);
    jobOutput(2, [answer('c'), answer('d')]);
    expect(await collect(set({ leastPerJob: 2 }), 'run1', 1, 2, false)).toMatchObject({ records: 1, round: 3, by: 'on-demand' });
    await answerAll('run1', 1, 3);
    expect(await collect(set({ leastPerJob: 2 }), 'run1', 1, 3, true)).toMatchObject({ records: 0, by: 'nobody' });
    expect(lines<BulkResult>('data/out/run1/results/000001.jsonl').map(({ recordId, route, attempts }) => [recordId, route, attempts])).toEqual([
      ['a', 'on-demand', 3], ['b', 'batch', 1], ['c', 'batch', 2], ['d', 'batch', 2],
    ]);
    expect(bedrock.calls).toHaveLength(1);
  });

  test('what two jobs leave is not asked on demand at twice the price, but told as an error', async () => {
    jobOutput(1, [answer('b')]);
    expect(await collect(set({ leastPerJob: 2 }), 'run1', 1, 2, false)).toMatchObject({ records: 3, by: 'nobody' });
    expect(lines<BulkResult>('data/out/run1/results/000001.jsonl').map(({ recordId, error }) => [recordId, error?.errorCode])).toEqual([
      ['a', 'NoAnswer'], ['b', undefined], ['c', 'NoAnswer'], ['d', 'NoAnswer'],
    ]);
  });

  test('an earlier run can be gone on with, and only one that there is', async () => {
    expect(await resume(set(), 'run1')).toEqual({ run: 'run1', state: 'ready', parts: 'out/run1/parts.jsonl' });
    await expect(resume(set(), 'run9')).rejects.toThrow('There is no run "run9" to go on with below s3://data/out/.');
  });

  test('a part that nobody put together is put together by the manifest, and nothing is lost', async () => {
    jobOutput(1, [answer('b')]);
    expect(await finish(set(), 'run1')).toMatchObject({ state: 'succeeded' });
    expect(JSON.parse(s3.text('data/out/run1/manifest.json'))).toMatchObject({ records: 4, succeeded: 1, failed: 3, failures: { NoAnswer: 3 } });
  });

  test('a job that completes without one answer fails the run', async () => {
    jobOutput(1, ['a', 'b', 'c', 'd'].map((recordId) => ({ recordId, modelInput: {}, error: { errorCode: 400, errorMessage: 'bad' } })));
    expect(await collect(set({ leastPerJob: 2 }), 'run1', 1, 1, false)).toMatchObject({ records: 0, by: 'nobody' });
    expect(await finish(set(), 'run1')).toMatchObject({ state: 'failed' });
    expect(JSON.parse(s3.text('data/out/run1/manifest.json'))).toMatchObject({ reason: 'No record has an answer. The failures say why.', failures: { 400: 4 } });
  });
});

// npm run test:engines: work in bulk on AWS's engines, as a stand-in plays them on loopback: deployed by the pinned CDK CLI, with the handlers that this
// package ships in processes of their own, and what goes wrong in AWS.
import { Engines } from './engines/engines';
import type { BulkResult } from '../src/contract/bulk-records';
import type { BatchJob, JobFate } from '../test/stand-ins/bedrock-batch';
import { Fault } from '../test/stand-ins/bedrock-runtime';

const REGION = 'eu-west-1';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

let engines: Engines;
beforeAll(async () => { engines = await Engines.start(REGION); });
afterAll(() => engines?.stop());
afterEach(() => engines.bedrock.faults.clear());

interface Manifest {
  readonly state: string;
  readonly reason?: string;
  readonly records: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly failures: Record<string, number>;
  readonly results: string[];
}

/** What is below the output prefix of a run. */
async function outcome(bucket: string, folder: string): Promise<{ manifest: Manifest; results: BulkResult[] }> {
  const manifest = JSON.parse(await engines.buckets.text(bucket, `${folder}/manifest.json`)) as Manifest;
  const texts = await Promise.all(manifest.results.map((key) => engines.buckets.text(bucket, key)));
  return { manifest, results: texts.flatMap((text) => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as BulkResult)) };
}

const ids = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
const answered = () => engines.bedrock.calls.filter(({ status }) => status === 200);

describe('HaikuMap', () => {
  const BUCKET = 'reviews-111122223333';
  let machine: string;
  const put = (name: string, all: string[]) => engines.buckets.put(BUCKET, `reviews/${name}.csv`, `id,text\n${all.map((id) => `${id},"Good, ""very"" good"\n`).join('')}`);

  beforeAll(async () => {
    await engines.createBucket(BUCKET);
    await engines.deploy('map');
    machine = await engines.resource('Reviews', STATE_MACHINE);
  });

  test('one wrong record, and nothing is asked', async () => {
    await engines.buckets.put(BUCKET, 'reviews/a.csv', 'id,text\n1,good\n1,bad\n');
    const before = engines.bedrock.calls.length;
    expect(await engines.run(machine, 'wrong')).toBe('FAILED');
    expect((await outcome(BUCKET, 'labels/wrong')).manifest).toMatchObject({ state: 'failed', reason: '1 of 2 records are wrong. Correct them, and start another run.' });
    expect(engines.bedrock.calls).toHaveLength(before);
  });

  test('every record has its result in its place, though calls are throttled, fail and break', async () => {
    const all = ids(230, 'a');
    await put('a', all);
    engines.bedrock.faults.push(...Array.from({ length: 15 }, () => Fault.throttling()), Fault.internalServer(), Fault.resetBeforeResponse());
    const before = answered().length;
    expect(await engines.run(machine, 'run1')).toBe('SUCCEEDED');
    const { manifest, results } = await outcome(BUCKET, 'labels/run1');
    expect(manifest).toMatchObject({ state: 'succeeded', records: 230, succeeded: 230, failed: 0, failures: {} });
    expect(results.map(({ recordId }) => recordId)).toEqual(all);
    // None was paid for twice.
    expect(answered().length - before).toBe(230);
  });

  test('of two runs at once over one input one asks it', async () => {
    await put('b', ids(60, 'b'));
    const before = answered().length;
    const states = await Promise.all([engines.run(machine, 'two1'), engines.run(machine, 'two2')]);
    expect(states.sort()).toEqual(['FAILED', 'SUCCEEDED']);
    // Those of the test above are below the prefix too.
    expect(answered().length - before).toBe(290);
  });

  test('workers that are killed cost at most what they had open, and no result', async () => {
    const all = ids(200, 'c');
    await put('a', all);
    await engines.buckets.put(BUCKET, 'reviews/b.csv', 'id,text\n');
    const before = answered().length;
    engines.bedrock.faults.always(Fault.slowDrip(20));
    const running = engines.run(machine, 'killed');
    for (let waited = 0; answered().length - before < 20 && waited < 600; waited++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(engines.killFunctions()).toBeGreaterThan(0);
    expect(await running).toBe('SUCCEEDED');
    const { manifest, results } = await outcome(BUCKET, 'labels/killed');
    expect(manifest).toMatchObject({ succeeded: 200, failed: 0 });
    expect(results.map(({ recordId }) => recordId)).toEqual(all);
    // Each of the batches that ran then is asked once more at most.
    expect(answered().length - before).toBeLessThanOrEqual(400);
  });
});

describe('HaikuBatch', () => {
  const BUCKET = 'documents-111122223333';
  const RULE_EVENT = { Source: 'aws.bedrock', DetailType: 'Batch Inference Job State Change' };
  let machine: string;
  const put = (name: string, all: string[]) => engines.buckets.put(BUCKET, `documents/${name}.jsonl`,
    all.map((recordId) => `${JSON.stringify({ recordId, modelInput: { prompt: `About ${recordId}` } })}\n`).join(''));

  /** Lets each job end, and tells of it or not. */
  function fate(fates: JobFate[], { told = true } = {}): BatchJob[] {
    const made: BatchJob[] = [];
    engines.batch.created = (job) => {
      made.push(job);
      setTimeout(() => void engines.batch.end(job, fates[made.length - 1]).then(async () => {
        const detail = { batchJobArn: job.jobArn, batchJobName: job.jobName, status: job.status };
        const entry = { ...RULE_EVENT, Detail: JSON.stringify(detail), Resources: [job.jobArn] };
        // An event may come twice.
        for (let times = 0; told && times < 2; times++) {
          expect(await engines.call('events', 'PutEvents', { Entries: [entry] })).toMatchObject({ FailedEntryCount: 0 });
        }
      }), 300);
    };
    return made;
  }

  beforeAll(async () => {
    await engines.createBucket(BUCKET);
    await engines.deploy('batch');
    machine = await engines.resource('Documents', STATE_MACHINE);
  });

  test('a job answers them, the few that failed are asked on demand, and a repeated or lost event changes nothing', async () => {
    const all = ids(250, 'd');
    await put('a', all);
    const jobs = fate([{ failing: (recordId) => recordId === 'd-7' && 429 || recordId === 'd-9' && 'no line' || recordId === 'd-11' && 400 }]);
    const before = answered().length;
    const began = Date.now();
    expect(await engines.run(machine, 'run1')).toBe('SUCCEEDED');
    // Nothing waited for the poll, which comes after nine seconds here.
    expect(Date.now() - began).toBeLessThan(8000);
    const { manifest, results } = await outcome(BUCKET, 'summaries/run1');
    expect(manifest).toMatchObject({ state: 'succeeded', records: 250, succeeded: 249, failed: 1, failures: { 400: 1 } });
    expect(results.map(({ recordId }) => recordId)).toEqual(all);
    expect(results.filter(({ route }) => route === 'on-demand').map(({ recordId }) => recordId)).toEqual(['d-7', 'd-9']);
    expect([jobs.length, answered().length - before]).toEqual([1, 2]);
  });

  test('without any event a run is late, and nothing else', async () => {
    await put('a', ids(120, 'e'));
    fate([{}], { told: false });
    expect(await engines.run(machine, 'lost')).toBe('SUCCEEDED');
    expect((await outcome(BUCKET, 'summaries/lost')).manifest).toMatchObject({ succeeded: 120 });
  });

  test('a submit that is throttled and refused is made again, and makes one job', async () => {
    await put('a', ids(130, 'f'));
    engines.batch.refusals.push('ThrottlingException', 'ServiceQuotaExceededException', 'InternalServerException');
    const jobs = fate([{}]);
    expect(await engines.run(machine, 'throttled')).toBe('SUCCEEDED');
    expect(jobs).toHaveLength(1);
  });

  test('what an expired job left is asked by a second one', async () => {
    await put('a', ids(300, 'g'));
    const jobs = fate([{ status: 'PartiallyCompleted', failing: (recordId) => Number(recordId.slice(2)) > 150 && 'no line' }, {}]);
    expect(await engines.run(machine, 'partial')).toBe('SUCCEEDED');
    const { manifest, results } = await outcome(BUCKET, 'summaries/partial');
    expect(manifest).toMatchObject({ succeeded: 300, failed: 0 });
    expect(results.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 300 }, (_, index) => index < 150 ? 1 : 2));
    expect(jobs).toHaveLength(2);
  });

  test.each<[string, JobFate | undefined, string[]]>([
    ['failed', { status: 'Failed' }, []], ['stopped', { status: 'Stopped', failing: () => 'no line' }, []], ['refused', undefined, ['ValidationException']],
  ])('a job that %s ends in the manifest with every record', async (name, job, refusals) => {
    await put('a', ids(140, name));
    engines.batch.refusals.push(...refusals);
    const before = answered().length;
    const jobs = fate([job ?? {}]);
    expect(await engines.run(machine, name)).toBe('FAILED');
    const { manifest, results } = await outcome(BUCKET, `summaries/${name}`);
    expect(manifest).toMatchObject({ state: 'failed', records: 140, succeeded: 0, failed: 140, failures: { NoAnswer: 140 } });
    expect(results).toHaveLength(140);
    expect([jobs.length, answered().length - before]).toEqual([job ? 1 : 0, 0]);
  });

  test('fewer records than a job takes are asked on demand', async () => {
    await put('a', ids(12, 'h'));
    const jobs = fate([]);
    expect(await engines.run(machine, 'few')).toBe('SUCCEEDED');
    expect((await outcome(BUCKET, 'summaries/few')).results.every(({ route }) => route === 'on-demand')).toBe(true);
    expect(jobs).toEqual([]);
  });
});

describe('HaikuQueue', () => {
  let queue: string;
  let results: string;

  beforeAll(async () => {
    await engines.deploy('queue');
    queue = await engines.resource('Tickets', 'AWS::SQS::Queue', 'SummariesQueue');
    const bus = await engines.resource('Tickets', 'AWS::Events::EventBus');
    ({ QueueUrl: results } = await engines.call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: 'results' }));
    await engines.call('events', 'PutRule', { Name: 'all', EventBusName: bus, EventPattern: JSON.stringify({ source: ['cdk-bedrock-haiku'] }) });
    await engines.call('events', 'PutTargets', { Rule: 'all', EventBusName: bus, Targets: [{ Id: 'queue', Arn: `arn:aws:sqs:${REGION}:111122223333:results` }] });
  });

  const send = (body: unknown) => engines.call('sqs', 'SendMessage', { QueueUrl: queue, MessageBody: typeof body === 'string' ? body : JSON.stringify(body) });

  /** The results that came, until there are that many of them. */
  async function received(count: number): Promise<BulkResult[]> {
    const all: BulkResult[] = [];
    for (let asked = 0; asked < 300 && all.length < count; asked++) {
      const { Messages = [] } = await engines.call<{ Messages?: Array<{ Body: string; ReceiptHandle: string }> }>('sqs', 'ReceiveMessage', { QueueUrl: results, MaxNumberOfMessages: 10 });
      for (const { Body, ReceiptHandle } of Messages) {
        all.push((JSON.parse(Body) as { detail: BulkResult }).detail);
        await engines.call('sqs', 'DeleteMessage', { QueueUrl: results, ReceiptHandle });
      }
      if (Messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return all;
  }

  test('each message has its result, and a poisoned one an error', async () => {
    const before = answered().length;
    const all = ids(40, 'q');
    await Promise.all(all.map((recordId) => send({ recordId, modelInput: { prompt: recordId } })));
    await send('no JSON');
    const came = await received(41);
    expect(came.filter(({ error }) => !error).map(({ recordId }) => recordId).sort()).toEqual([...all].sort());
    expect(came.filter(({ error }) => error).map(({ error }) => error!.errorCode)).toEqual(['InvalidRequestError']);
    expect(answered().length - before).toBe(40);
  });

  test('throttled messages come back and are answered once each', async () => {
    const before = answered().length;
    engines.bedrock.faults.push(...Array.from({ length: 4 }, () => Fault.throttling(1)));
    const all = ids(12, 'r');
    await Promise.all(all.map((recordId) => send({ recordId, modelInput: { prompt: recordId } })));
    expect((await received(12)).map(({ recordId }) => recordId).sort()).toEqual([...all].sort());
    expect(answered().length - before).toBe(12);
  });
});

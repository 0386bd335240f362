import { Buckets } from '../../../../src/handlers/bulk/aws/buckets';
import { TestClock } from '../../../invoker/test-invoker';
import { credentialEnvironment } from '../../../stand-ins/bedrock-runtime';
import { S3StandIn } from '../../../stand-ins/s3';

let s3: S3StandIn;
let buckets: Buckets;
beforeEach(async () => {
  s3 = await S3StandIn.start();
  buckets = new Buckets({ env: { ...credentialEnvironment(), AWS_REGION: 'eu-west-2', AWS_ENDPOINT_URL_S3: s3.url }, clock: new TestClock() });
});
afterEach(async () => {
  buckets.close();
  await s3.stop();
});

async function all(chunks: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

test('objects are listed over all pages, with keys of any signs', async () => {
  const keys = ['in/a b.jsonl', 'in/c&d+e.jsonl', 'in/é.jsonl', 'in/z/1.jsonl', 'in/z/2.jsonl'];
  for (const key of keys) s3.put(`data/${key}`, key);
  s3.put('data/other', '');
  const listed = [];
  for await (const { key, size } of buckets.list('data', 'in/')) listed.push([key, size]);
  expect(listed).toEqual([...keys].sort().map((key) => [key, Buffer.byteLength(key)]));
  for (const key of keys) expect(await buckets.text('data', key)).toBe(key);
});

test('a read that breaks off goes on where it was, of the same version only', async () => {
  s3.put('data/a', 'x'.repeat(1000));
  let broken = 0;
  s3.fault = (line) => line.startsWith('GET') && broken++ < 2 ? 'break' : undefined;
  expect(await all(buckets.chunks('data', 'a'))).toBe('x'.repeat(1000));
  expect(s3.requests).toHaveLength(3);
  broken = 0;
  s3.fault = (line) => {
    if (broken++ > 0) s3.put('data/a', 'y'.repeat(1000));
    return line.startsWith('GET') ? 'break' : undefined;
  };
  await expect(all(buckets.chunks('data', 'a'))).rejects.toMatchObject({ status: 412 });
});

test('an object that is not there is told from a failure', async () => {
  expect(await buckets.textIfThere('data', 'none')).toBeUndefined();
  s3.fault = () => 403;
  await expect(buckets.textIfThere('data', 'none')).rejects.toMatchObject({ status: 403 });
});

test('a service that asks to slow down is asked again', async () => {
  let asked = 0;
  s3.fault = () => asked++ < 2 ? 503 : undefined;
  expect(await buckets.put('data', 'a', 'text')).toBe(true);
  expect(s3.text('data/a')).toBe('text');
});

test('the first to write an object that must be new has it', async () => {
  expect(await buckets.put('data', 'claim', 'one', { onlyNew: true })).toBe(true);
  expect(await buckets.put('data', 'claim', 'two', { onlyNew: true })).toBe(false);
  expect(s3.text('data/claim')).toBe('one');
});

test('what is long is written in parts, what is short at once, and what is given up not at all', async () => {
  const piece = 'é'.repeat(3 * 1024 * 1024);
  const long = buckets.writer('data', 'long');
  for (let count = 0; count < 4; count++) await long.write(piece);
  await long.close();
  expect(s3.text('data/long')).toBe(piece.repeat(4));
  expect(s3.requests.map((line) => line.split(' ')[0])).toEqual(['POST', 'PUT', 'PUT', 'POST']);
  const short = buckets.writer('data', 'short');
  await short.write('a');
  await short.write('b');
  await short.close();
  expect(s3.text('data/short')).toBe('ab');
  const gone = buckets.writer('data', 'gone');
  for (let count = 0; count < 3; count++) await gone.write(piece);
  await gone.discard();
  expect(s3.keys('gone')).toEqual([]);
  expect(s3.requests.at(-1)).toMatch(/^DELETE data\/gone\?uploadId=/);
});

test('some bytes of an object are read alone', async () => {
  s3.put('data/a', '0123456789');
  expect(await buckets.range('data', 'a', 3, 4)).toBe('3456');
});

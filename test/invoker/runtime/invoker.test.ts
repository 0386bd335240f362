import { BedrockStandIn, Fault } from '../../stand-ins/bedrock-runtime';
import { eachWithStandIn } from '../each-with-stand-in';
import { TestInvoker } from '../test-invoker';

const call = (source: 'direct' | 'http-api' = 'direct') => ({ source, deadline: Date.now() + 30_000 }) as const;
let standIn: BedrockStandIn;
let invoker: TestInvoker;
eachWithStandIn((started) => ({ standIn, invoker } = started));

test('a request longer than Lambda takes is refused before it is sent', async () => {
  const prompt = 'ü'.repeat(3 * 1024 * 1024);
  await expect(invoker.invoke(() => ({ prompt }), call())).rejects.toMatchObject({
    name: 'RequestTooLargeError',
    status: 413,
    message: expect.stringMatching(/^The request is 62915\d\d bytes long; Lambda takes at most 6291456\. Send fewer or smaller images, or fewer messages\.$/),
  });
  expect(standIn.calls).toEqual([]);
});

test('an answer that fits as JSON, but not as a string inside an HTTP result, is an error to the HTTP caller alone', async () => {
  const quotes = {
    ...Fault.largeAnswer(0),
    alter: (answer: Parameters<NonNullable<Fault['alter']>>[0]) => {
      const body = JSON.parse(Buffer.concat(answer.chunks).toString());
      return { ...answer, chunks: [Buffer.from(JSON.stringify({ ...body, content: [{ type: 'text', text: '"'.repeat(2_500_000) }] }))] };
    },
  };
  standIn.faults.always(quotes);
  expect((await invoker.invoke(() => ({ prompt: 'Hello' }), call())).body.type).toBe('message');
  await expect(invoker.invoke(() => ({ prompt: 'Hello' }), call('http-api'))).rejects.toMatchObject({
    name: 'ResponseTooLargeError',
    message: expect.stringMatching(/^The answer is 10000\d\d\d bytes long as an HTTP body, more than Lambda can return\. Lower max_tokens, or stream it through a Function URL\.$/),
  });
  expect(invoker.lines.map(({ message }) => message)).toEqual(['answered', 'failed']);
});

test('the mantle endpoint gets the Messages API\'s own request, signed for its own name', async () => {
  const modelId = 'anthropic.claude-haiku-4-5';
  const mantle = await BedrockStandIn.start({ region: 'eu-west-1' });
  const other = TestInvoker.create({ url: mantle.url, endpoint: 'bedrock-mantle', modelId, region: 'eu-west-1' });
  const { body } = await other.invoke(() => ({ prompt: 'Hello', anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['a', 'b'] }), call());
  other.close();
  await mantle.stop();
  expect(body).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
  const [{ path, headers, body: sent }] = mantle.calls;
  expect({ path, version: headers['anthropic-version'], beta: headers['anthropic-beta'] }).toEqual({ path: '/anthropic/v1/messages', version: '2023-06-01', beta: 'a,b' });
  expect(headers.authorization).toContain('/eu-west-1/bedrock-mantle/aws4_request');
  expect(JSON.parse(sent.toString())).toEqual({ model: modelId, max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] });
});

import { TestInvoker } from '../../../invoker/test-invoker';
import { BedrockStandIn } from '../../../stand-ins/bedrock-runtime';

test('the mantle endpoint gets the Messages API\'s own request, signed for its own name', async () => {
  const modelId = 'anthropic.claude-haiku-4-5';
  const mantle = await BedrockStandIn.start({ region: 'eu-west-1' });
  const invoker = TestInvoker.create({ url: mantle.url, endpoint: 'bedrock-mantle', modelId, region: 'eu-west-1' });
  const event = { prompt: 'Hello', anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['a', 'b'] };
  const { body } = await invoker.invoke(() => event, { source: 'direct', deadline: Date.now() + 30_000 });
  invoker.close();
  await mantle.stop();
  expect(body).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
  const [{ path, headers, body: sent }] = mantle.calls;
  expect({ path, version: headers['anthropic-version'], beta: headers['anthropic-beta'] }).toEqual({ path: '/anthropic/v1/messages', version: '2023-06-01', beta: 'a,b' });
  expect(headers.authorization).toContain('/eu-west-1/bedrock-mantle/aws4_request');
  expect(JSON.parse(sent.toString())).toEqual({ model: modelId, max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] });
});

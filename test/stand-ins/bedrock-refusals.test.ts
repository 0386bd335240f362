import { BedrockStandIn, sendSigned } from './bedrock-runtime';
import regions from '../fixtures/regions.json';

const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const ACCOUNT_ARN = 'arn:aws:bedrock:eu-west-2:111122223333';
const BODY = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
const INVALID = 'The provided model identifier is invalid.';

const onDemand = (id: string) => `Invocation of model ID ${id} with on-demand throughput isn’t supported. `
  + 'Retry your request with the ID or ARN of an inference profile that contains this model.';

let bedrock: BedrockStandIn | undefined;
afterEach(async () => { await bedrock?.stop(); });

/** Status, exception and message, or status 200 alone. */
async function invoke(region: string, modelId: string, body: string): Promise<unknown[]> {
  bedrock = await BedrockStandIn.start({ region, applicationProfiles: ['abcdef012345'] });
  const response = await sendSigned({ url: bedrock.url, region, body, path: `/model/${encodeURIComponent(modelId)}/invoke` });
  if (response.status === 200) return [200];
  return [response.status, response.headers['x-amzn-errortype'], (JSON.parse(response.body.toString()) as { message: string }).message];
}

test.each([
  ['eu-west-2', MODEL, 'ValidationException', onDemand(MODEL)],
  ['eu-west-2', `arn:aws:bedrock:eu-west-2::foundation-model/${MODEL}`, 'ValidationException', onDemand(`arn:aws:bedrock:eu-west-2::foundation-model/${MODEL}`)],
  ['us-east-1', `eu.${MODEL}`, 'ValidationException', INVALID],
  ['sa-east-1', `us.${MODEL}`, 'ValidationException', INVALID],
  ['ap-east-1', `global.${MODEL}`, 'ValidationException', INVALID],
  ['ap-south-1', `apac.${MODEL}`, 'ValidationException', INVALID],
  ['eu-west-2', `eu.eu.${MODEL}`, 'ValidationException', INVALID],
  ['eu-west-2', 'eu.anthropic.claude-haiku-4-5-v1:0', 'ValidationException', INVALID],
  ['eu-west-2', `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.${MODEL}`, 'ValidationException', INVALID],
  ['eu-west-2', `${ACCOUNT_ARN}:application-inference-profile/ghijkl678901`, 'ValidationException', INVALID],
])('from %s, %s is refused', async (region, modelId, type, message) => {
  expect(await invoke(region, modelId, JSON.stringify(BODY))).toEqual([400, type, message]);
});

test('another account\'s profile is refused', async () => {
  expect(await invoke('eu-west-2', `arn:aws:bedrock:eu-west-2:444455556666:inference-profile/eu.${MODEL}`, JSON.stringify(BODY))).toEqual(
    [403, 'AccessDeniedException', "You don't have access to the model with the specified model ID."]);
});

test('every source Region of every geography is served by its own profile and by no other', async () => {
  for (const [prefix, sources] of Object.entries(regions.geo)) {
    for (const source of Object.keys(sources)) {
      const served = await Promise.all(Object.keys(regions.geo).map(async (other) => {
        const standIn = await BedrockStandIn.start({ region: source });
        const path = `/model/${other}.${encodeURIComponent(MODEL)}/invoke`;
        const { status } = await sendSigned({ url: standIn.url, region: source, body: JSON.stringify(BODY), path });
        await standIn.stop();
        return status === 200 ? [other] : [];
      }));
      expect([source, served.flat()]).toEqual([source, [prefix]]);
    }
  }
});

test.each([
  ['anthropic_version: Field required', { ...BODY, anthropic_version: undefined }],
  ['anthropic_version: "2023-06-01" is not a valid version', { ...BODY, anthropic_version: '2023-06-01' }],
  ['max_tokens: Field required', { ...BODY, max_tokens: undefined }],
  ['max_tokens: Input should be a valid integer', { ...BODY, max_tokens: 1.5 }],
  ['max_tokens: must be greater than or equal to 1', { ...BODY, max_tokens: 0 }],
  ['max_tokens: 64001 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001', { ...BODY, max_tokens: 64_001 }],
  ['messages: Field required', { ...BODY, messages: undefined }],
  ['messages: at least one message is required', { ...BODY, messages: [] }],
  ['messages: first message must use the "user" role', { ...BODY, messages: [{ role: 'assistant', content: 'Hi' }] }],
  ["messages.0.role: Input should be 'user' or 'assistant'", { ...BODY, messages: [{ role: 'system', content: 'Hi' }] }],
  ['prompt: Extra inputs are not permitted', { ...BODY, prompt: 'Hello' }],
  ['model: Extra inputs are not permitted', { ...BODY, model: MODEL }],
  ['stream: Extra inputs are not permitted', { ...BODY, stream: true }],
  ['`temperature` and `top_p` cannot both be specified for this model. Please use only one.', { ...BODY, temperature: 0.5, top_p: 0.5 }],
  ['temperature: range: 0..1', { ...BODY, temperature: 1.1 }],
  ['thinking.enabled.budget_tokens: Input should be greater than or equal to 1024', { ...BODY, thinking: { type: 'enabled', budget_tokens: 1023 } }],
  ['`max_tokens` must be greater than `thinking.budget_tokens`.', { ...BODY, max_tokens: 1024, thinking: { type: 'enabled', budget_tokens: 1024 } }],
  ['Thinking may not be enabled when tool_choice forces tool use.',
    { ...BODY, max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 }, tool_choice: { type: 'any' } }],
  ['A maximum of 4 blocks with cache_control may be provided. Found 5.',
    { ...BODY, system: Array(5).fill({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }) }],
  ["a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block.",
    { ...BODY, system: ['5m', '1h'].map((ttl) => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl } })) }],
])('%s', async (message, body) => {
  expect(await invoke('eu-west-2', `eu.${MODEL}`, JSON.stringify(body))).toEqual([400, 'ValidationException', message]);
});

test('a body that is not a JSON object is refused', async () => {
  expect(await invoke('eu-west-2', `eu.${MODEL}`, '{"max_tokens": ')).toEqual(
    [400, 'ValidationException', 'Malformed input request, please reformat your input and try again.']);
});

test.each(['priority', 'flex'])('the service tier %s is refused', async (tier) => {
  bedrock = await BedrockStandIn.start({ region: 'eu-west-2' });
  const headers = { 'x-amzn-bedrock-service-tier': tier };
  const response = await sendSigned({ url: bedrock.url, region: 'eu-west-2', body: JSON.stringify(BODY), path: `/model/eu.${encodeURIComponent(MODEL)}/invoke`, headers });
  expect([response.status, JSON.parse(response.body.toString())]).toEqual(
    [400, { message: `The provided service tier '${tier}' is not supported for this model.` }]);
});

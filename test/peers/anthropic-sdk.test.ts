// Anthropic's own SDK at bedrock-runtime with a short-term API key, as AWS's model cards show it: what the principal of the key needs is one grant.
import Anthropic from '@anthropic-ai/sdk';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { CrossRegionInferenceProfile, InRegionInference } from '../../src';
import { allChecksOf } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { documentsOf } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';
import { BedrockStandIn, bearerToken } from '../stand-ins/bedrock-runtime';

const REGION = 'eu-west-1';
const HELLO = { max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello there, model' }] };

let standIn: BedrockStandIn;
afterEach(async () => { await standIn.stop(); });

/** The SDK as the cards make it: only the host is the stand-in's. */
async function client(messages: 'bedrock' | 'bedrock-mantle' = 'bedrock', apiKey?: string): Promise<Anthropic> {
  standIn = await BedrockStandIn.start({ region: REGION, messages });
  return new Anthropic({ baseURL: `${standIn.url}/anthropic`, apiKey: apiKey ?? await bearerToken({ region: REGION }), authToken: null, maxRetries: 0 });
}

test('a message is answered, whole and streamed, under the ID of the profile', async () => {
  const anthropic = await client();
  const { modelId } = new CrossRegionInferenceProfile(stackIn(REGION), 'Haiku');
  const message = await anthropic.messages.create({ model: modelId, ...HELLO });
  expect(message.content).toEqual([expect.objectContaining({ type: 'text', text: 'You said: Hello there, model' })]);
  const streamed = await anthropic.messages.stream({ model: modelId, ...HELLO }).finalText();
  expect(streamed).toBe('You said: Hello there, model');
  expect(standIn.calls.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/anthropic/v1/messages', 200], ['POST', '/anthropic/v1/messages', 200],
  ]);
});

test('bedrock-mantle takes the same key', async () => {
  const anthropic = await client('bedrock-mantle');
  const { modelId } = new InRegionInference(stackIn(REGION), 'Haiku');
  expect((await anthropic.messages.create({ model: modelId, ...HELLO })).stop_reason).toBe('end_turn');
});

test('the grant holds what AWS checks for such a call, and no long-term key', () => {
  const stack = stackIn(REGION);
  new CrossRegionInferenceProfile(stack, 'Haiku').grants.invokeWithApiKey(new Role(stack, 'Developer', { assumedBy: new AccountPrincipal(ACCOUNT) }));
  const iam = new PolicySimulator(...documentsOf(stack, 'AWS::IAM::Policy', { region: REGION }));
  const use = (kind: string) => ({ action: 'bedrock:CallWithBearerToken', resource: '*', context: { 'bedrock:bearerTokenType': kind } });
  const checks = [use('SHORT_TERM'), ...allChecksOf({ sourceRegion: REGION, prefix: 'eu' })];
  expect(checks.filter((check) => !iam.allows(check))).toEqual([]);
  expect(iam.allows(use('LONG_TERM'))).toBe(false);
});

test.each<[string, () => Promise<string>]>([
  ['of another Region', () => bearerToken({ region: 'us-east-1' })],
  ['that has expired', () => bearerToken({ region: REGION, expiresIn: 60, signingDate: new Date(Date.now() - 120_000) })],
  ['of other credentials', () => bearerToken({ region: REGION, credentials: { accessKeyId: 'AKIDOTHER', secretAccessKey: 'other' } })],
  ['that is none', async () => 'sk-ant-mine'],
])('a key %s is refused', async (_, key) => {
  const anthropic = await client('bedrock', await key());
  const { modelId } = new CrossRegionInferenceProfile(stackIn(REGION), 'Haiku');
  await expect(anthropic.messages.create({ model: modelId, ...HELLO })).rejects.toMatchObject({ status: 403 });
});

test('the model has no ID of its own there', async () => {
  const anthropic = await client();
  await expect(anthropic.messages.create({ model: 'anthropic.claude-haiku-4-5-20251001-v1:0', ...HELLO })).rejects.toMatchObject({ status: 400 });
});

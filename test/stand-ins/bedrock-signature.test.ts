import { Agent } from 'node:http';
import { BedrockStandIn, EXPIRED_CREDENTIALS, TEST_CREDENTIALS } from './bedrock-runtime';
import { sendSigned, SignedRequest } from './bedrock-runtime/signed-request';

const PATH = '/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke';
const BODY = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] });
const MISMATCH = 'The request signature we calculated does not match the signature you provided. '
  + 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

let bedrock: BedrockStandIn;
beforeEach(async () => { bedrock = await BedrockStandIn.start({ region: 'eu-west-2' }); });
afterEach(async () => { await bedrock.stop(); });

/** Status, exception and message that one request to eu-west-2 gets. */
async function answerTo(request: Partial<SignedRequest>): Promise<[number, unknown, string]> {
  const { status, headers, body } = await sendSigned({ url: bedrock.url, path: PATH, body: BODY, region: 'eu-west-2', ...request });
  return [status, headers['x-amzn-errortype'], (JSON.parse(body.toString()) as { message: string }).message];
}

test('a signed request over HTTP/1.1 is answered and recorded', async () => {
  const response = await sendSigned({ url: bedrock.url, path: PATH, body: BODY, region: 'eu-west-2' });
  expect(response.status).toBe(200);
  expect(JSON.parse(response.body.toString())).toMatchObject({
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5-20251001',
    content: [{ type: 'text', text: 'You said: Hello' }],
    stop_reason: 'end_turn',
    usage: { output_tokens: 4 },
  });
  expect(response.headers['x-amzn-bedrock-output-token-count']).toBe('4');
  expect(bedrock.calls).toMatchObject([
    { method: 'POST', path: PATH, httpVersion: '1.1', connectionId: 1, signedRegion: 'eu-west-2', signedService: 'bedrock', status: 200 },
  ]);
});

test('calls over one kept connection carry the same connection ID', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let call = 0; call < 5; call++) await answerTo({ agent });
  agent.destroy();
  await answerTo({});
  expect(bedrock.calls.map(({ connectionId }) => connectionId)).toEqual([1, 1, 1, 1, 1, 2]);
  expect(bedrock.connections).toBe(2);
});

test('a wrong Region is refused', async () => {
  expect(await answerTo({ region: 'eu-west-1' })).toEqual(
    [403, 'InvalidSignatureException', "Credential should be scoped to a valid Region, not 'eu-west-1'."]);
});

test('a wrong service is refused', async () => {
  expect(await answerTo({ service: 'bedrock-runtime' })).toEqual(
    [403, 'InvalidSignatureException', "Credential should be scoped to correct service: 'bedrock'."]);
});

test('a wrong secret is refused', async () => {
  expect(await answerTo({ credentials: { ...TEST_CREDENTIALS, secretAccessKey: 'another' } })).toEqual([403, 'InvalidSignatureException', MISMATCH]);
});

test('a body changed after signing is refused', async () => {
  const tamper = ({ headers }: { headers: Record<string, string> }) => ({ headers, body: BODY.replace('Hello', 'Jello') });
  expect(await answerTo({ tamper })).toEqual(
    [403, 'InvalidSignatureException', "The value passed in as x-amz-content-sha256 does not match the body's hash."]);
});

test('a signed header changed after signing is refused', async () => {
  const tamper = ({ headers, body }: { headers: Record<string, string>; body: string }) =>
    ({ headers: { ...headers, 'content-type': 'application/x-json' }, body });
  expect(await answerTo({ tamper })).toEqual([403, 'InvalidSignatureException', MISMATCH]);
});

test('an x-amz header outside the signature is refused', async () => {
  const tamper = ({ headers, body }: { headers: Record<string, string>; body: string }) =>
    ({ headers: { ...headers, 'x-amz-extra': 'smuggled' }, body });
  expect(await answerTo({ tamper })).toEqual(
    [403, 'InvalidSignatureException', "'x-amz-extra' must be a signed header in the AWS Authorization."]);
});

test('a request without a signature or a date is refused', async () => {
  const without = (name: string) => (signed: { headers: Record<string, string>; body: string }) => {
    const { [name]: _, ...headers } = signed.headers;
    return { headers, body: signed.body };
  };
  expect(await answerTo({ tamper: without('authorization') })).toEqual([403, 'MissingAuthenticationTokenException', 'Missing Authentication Token']);
  expect(await answerTo({ tamper: without('x-amz-date') })).toEqual(
    [403, 'IncompleteSignatureException', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]);
});

test.each([[-6, 'Signature expired: '], [6, 'Signature not yet current: ']])('a signature %i minutes off is refused', async (minutes, start) => {
  const [status, type, message] = await answerTo({ signingDate: new Date(Date.now() + minutes * 60_000) });
  expect([status, type]).toEqual([403, 'InvalidSignatureException']);
  expect(message.startsWith(start)).toBe(true);
});

test('an expired session and an unknown access key are refused', async () => {
  expect(await answerTo({ credentials: EXPIRED_CREDENTIALS })).toEqual(
    [403, 'ExpiredTokenException', 'The security token included in the request is expired']);
  expect(await answerTo({ credentials: { ...TEST_CREDENTIALS, accessKeyId: 'ASIASOMEBODYELSE' } })).toEqual(
    [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.']);
});

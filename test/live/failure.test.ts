import { failureOf, partialAnswer } from '../../src/live/failure';

function error(name: string, message = 'what AWS says', code?: string): Error {
  return Object.assign(new Error(message), { name, ...(code && { code }) });
}

test.each([
  [error('CredentialsProviderError', 'Could not load credentials from any providers'), 'no-credentials'],
  [error('CredentialsProviderError', 'The SSO session associated with this profile has expired.'), 'expired-credentials'],
  [error('TokenProviderError', 'Token is expired'), 'expired-credentials'],
  [error('ExpiredTokenException'), 'expired-credentials'],
  [error('ExpiredToken'), 'expired-credentials'],
  [error('InvalidClientTokenId'), 'invalid-credentials'],
  [error('SignatureDoesNotMatch'), 'invalid-credentials'],
  [error('AccessDeniedException'), 'access-denied'],
  [error('AccessDenied'), 'access-denied'],
  [error('ThrottlingException'), 'throttled'],
  [error('TooManyRequestsException'), 'throttled'],
  [error('ResourceNotFoundException'), 'not-found'],
  [error('NoSuchResourceException'), 'not-found'],
  [error('ValidationException', 'The provided model identifier is invalid.'), 'not-found'],
  [error('ValidationException', 'maxResults is too large'), 'unknown-error'],
  [error('InternalServerException'), 'service-error'],
  [error('ServiceUnavailableException'), 'service-error'],
  [error('Error', 'getaddrinfo ENOTFOUND bedrock.xx-east-1.amazonaws.com', 'ENOTFOUND'), 'no-endpoint'],
  [error('Error', 'getaddrinfo EAI_AGAIN', 'EAI_AGAIN'), 'no-answer'],
  [error('Error', 'connect ECONNREFUSED', 'ECONNREFUSED'), 'no-answer'],
  [error('TimeoutError'), 'no-answer'],
  [partialAnswer('the status'), 'partial-answer'],
  [error('NewException'), 'unknown-error'],
  ['thrown text', 'unknown-error'],
  [undefined, 'unknown-error'],
])('%s is %s', (thrown, kind) => {
  const failure = failureOf(thrown, 'bedrock:GetInferenceProfile', { region: 'eu-west-2', credentialsWork: false });
  expect(failure).toMatchObject({ kind, action: 'bedrock:GetInferenceProfile', region: 'eu-west-2' });
  expect(failure.message).toMatch(/^bedrock:GetInferenceProfile in eu-west-2: ./);
  expect(failure.advice).not.toBe('');
});

test('credentials that AWS knows elsewhere are not known where the Region is not enabled', () => {
  const unknown = error('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const kindWith = (credentialsWork: boolean) => failureOf(unknown, 'bedrock:ListInferenceProfiles', { region: 'af-south-1', credentialsWork }).kind;
  expect([kindWith(false), kindWith(true)]).toEqual(['invalid-credentials', 'region-not-enabled']);
});

test('the advice for a denied call names the action to allow', () => {
  expect(failureOf(error('AccessDeniedException', 'User: x is not\n authorized'), 'bedrock:GetFoundationModel', { region: 'eu-west-2', credentialsWork: true })).toEqual({
    kind: 'access-denied',
    action: 'bedrock:GetFoundationModel',
    region: 'eu-west-2',
    message: 'bedrock:GetFoundationModel in eu-west-2: AccessDeniedException: User: x is not authorized',
    advice: 'Allow bedrock:GetFoundationModel to this principal, then ask again.',
  });
});

export { bearerToken } from './bearer-token';
export { BedrockStandIn, type BedrockStandInOptions } from './bedrock-stand-in';
export type { RecordedCall } from './call';
export { Fault } from './faults';
export { sendSigned, type SignedRequest, type SignedResponse } from './signed-request';
export { credentialEnvironment, EXPIRED_CREDENTIALS, TEST_ACCOUNT, TEST_CREDENTIALS, type TestCredentials } from './test-credentials';

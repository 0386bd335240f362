/** Temporary credentials, as Lambda gives them to a function. */
export interface TestCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The account that the stand-in believes the caller to be in. */
export const TEST_ACCOUNT = '111122223333';

/** What the stand-in accepts unless it is told otherwise. */
export const TEST_CREDENTIALS: TestCredentials = {
  accessKeyId: 'ASIASTANDINEXAMPLE01',
  secretAccessKey: 'stand-in/secret/that/opens/nothing/anywhere',
  sessionToken: 'stand-in-session-token',
};

/** The same identity with a session that has run out. */
export const EXPIRED_CREDENTIALS: TestCredentials = { ...TEST_CREDENTIALS, sessionToken: 'stand-in-session-token-of-yesterday' };

/** The variables by which a process finds these credentials. */
export function credentialEnvironment(credentials: TestCredentials = TEST_CREDENTIALS): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
}

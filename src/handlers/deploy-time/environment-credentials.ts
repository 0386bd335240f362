/**
 * Takes the place of the SDK's chains of credential and token providers when handlers are bundled: Lambda hands out credentials as
 * environment variables, so none of the others can ever be the one.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
export { noToken as fromEnvSigningName, noToken as nodeProvider };

/** The function has a role, and no bearer token. */
function noToken(): () => Promise<never> {
  return () => Promise.reject(new Error('There is no bearer token.'));
}

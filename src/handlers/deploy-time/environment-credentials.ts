/**
 * Takes the place of the SDK's chain of credential providers when handlers are bundled: Lambda hands out credentials as
 * environment variables, so none of the others can ever be the one.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';

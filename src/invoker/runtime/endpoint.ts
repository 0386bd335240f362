import { Environment } from './environment';

/** The two endpoints that serve the model: where they answer, what SigV4 calls them, how their override variable is named. */
export const ENDPOINTS = {
  'bedrock-runtime': {
    signingName: 'bedrock',
    override: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    url: (region: string) => `https://bedrock-runtime.${region}.amazonaws.com`,
  },
  'bedrock-mantle': {
    signingName: 'bedrock-mantle',
    override: 'AWS_ENDPOINT_URL_BEDROCK_MANTLE',
    url: (region: string) => `https://bedrock-mantle.${region}.api.aws`,
  },
} as const;

export type EndpointName = keyof typeof ENDPOINTS;

/** The endpoint's URL: AWS's standard override variables first, unless the environment says to ignore them. */
export function endpointUrl(endpoint: EndpointName, region: string, env: Environment): URL {
  const { override, url } = ENDPOINTS[endpoint];
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true';
  return new URL((!ignored && (env[override] || env.AWS_ENDPOINT_URL)) || url(region));
}

import type { SystemSource } from '../../../contract/invoker-options';
import type { Environment } from '../../../contract/invoker-variables';
import type { EndpointSettings } from '../config/endpoint';
import type { SigningScope } from '../http/signer';
import type { ModelRequest } from '../http/transport';

/** What is asked of a service that holds the prompt: where, and for whom the request is signed. */
export interface PromptRequest {
  readonly url: URL;
  readonly scope: SigningScope;
  readonly request: ModelRequest;
}

/** How endpoints are found: see `config/endpoint.ts`. */
export interface Endpoints {
  readonly endpointSettings: (variable: string, env: Environment) => EndpointSettings;
  readonly suffixesOf: (region: string) => [suffix: string, dualStack: string];
}

type ObjectSource = Extract<SystemSource, { bucket: string }>;

/**
 * GetObject. A bucket's name is a part of the host, unless it would not fit the host's certificate or the endpoint is replaced.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function objectRequest(source: ObjectSource, env: Environment, { endpointSettings, suffixesOf }: Endpoints): PromptRequest {
  const { bucket, key, versionId, region = env.AWS_REGION! } = source;
  const { fips, dualStack, override } = endpointSettings('AWS_ENDPOINT_URL_S3', env);
  const service = `s3${fips ? '-fips' : ''}${dualStack ? '.dualstack' : ''}.${region}.${suffixesOf(region)[0]}`;
  const inHost = !override && !bucket.includes('.');
  const url = override ?? new URL(`https://${inHost ? `${bucket}.` : ''}${service}`);
  const path = `${pathOf(url)}${inHost ? '' : `/${bucket}`}/${encoded(key).replaceAll('%2F', '/')}`;
  const query = versionId === undefined ? '' : `?versionId=${encoded(versionId)}`;
  return { url, scope: { host: url.host, region, service: 's3' }, request: { method: 'GET', path: path + query, headers: {}, body: '' } };
}

/**
 * GetParameter.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export function parameterRequest(parameter: string, env: Environment, { endpointSettings, suffixesOf }: Endpoints): PromptRequest {
  const region = env.AWS_REGION!;
  const { fips, dualStack, override } = endpointSettings('AWS_ENDPOINT_URL_SSM', env);
  // In GovCloud the one endpoint is the FIPS endpoint too.
  const name = fips && !(region.startsWith('us-gov-') && !dualStack) ? 'ssm-fips' : 'ssm';
  const url = override ?? new URL(`https://${name}.${region}.${suffixesOf(region)[dualStack ? 1 : 0]}`);
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' };
  return {
    url,
    scope: { host: url.host, region, service: 'ssm' },
    request: { path: `${pathOf(url)}/`, headers, body: JSON.stringify({ Name: parameter, WithDecryption: true }) },
  };
}

/** The path of an endpoint's URL, which a slash follows. */
function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

/** As SigV4 writes it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

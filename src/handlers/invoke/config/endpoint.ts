import { EndpointName, ENDPOINTS, FIPS_REGIONS } from '../../../contract/endpoints';
import { Environment, VARIABLES } from '../../../contract/invoker-variables';
import { misconfigured } from '../failures/errors';

/**
 * How the names of a partition's endpoints end, and those of its dual-stack endpoints, by the beginning of its Regions' names:
 * as the AWS SDKs have them, with which a test compares them.
 */
const SUFFIXES: [region: string, suffix: string, dualStack: string][] = [
  ['cn-', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  ['us-iso-', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['us-isof-', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  ['eusc-', 'amazonaws.eu', 'api.amazonwebservices.eu'],
  ['', 'amazonaws.com', 'api.aws'],
];

/** The URL of the endpoint that runs inference. Throws a `ConfigurationError` for what the endpoint does not have. */
export function endpointUrl(endpoint: EndpointName, region: string, env: Environment): URL {
  // bedrock-mantle has one name in each Region, which is a dual-stack one.
  return serviceUrl(endpoint, ENDPOINTS[endpoint].override, region, env, {
    dualStackOnly: endpoint === 'bedrock-mantle',
    fips: () => {
      checkFips(endpoint, region);
      return `${endpoint}-fips`;
    },
  });
}

/** What of a service's names does not follow from its own: the one with FIPS, or a refusal where there is none. */
export interface ServiceNames {
  readonly dualStackOnly?: boolean;
  readonly fips: () => string;
}

/**
 * The URL of a service, by the settings that the AWS SDKs read from the environment: an override, unless it is to be ignored,
 * or else the FIPS or dual-stack endpoint that is asked for.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function serviceUrl(service: string, ownOverride: string, region: string, env: Environment, names: ServiceNames): URL {
  const { fips, dualStack, override } = endpointSettings(ownOverride, env);
  if (override) return override;
  if (!/^[a-z0-9-]+$/.test(region)) misconfigured(`${VARIABLES.region} is ${JSON.stringify(region)}; expected the name of a Region, such as "eu-west-1".`);
  const name = fips ? names.fips() : service;
  const [suffix, dualStackSuffix] = suffixesOf(region);
  return new URL(`https://${name}.${region}.${dualStack || names.dualStackOnly ? dualStackSuffix : suffix}`);
}

/** What the environment says of a service's endpoint. */
export interface EndpointSettings {
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** The URL that replaces the endpoint's own; it excludes the other two. */
  readonly override?: URL;
}

/** The settings of the service whose URL a variable of that name replaces. */
export function endpointSettings(variable: string, env: Environment): EndpointSettings {
  const fips = flag(VARIABLES.fips, env);
  const dualStack = flag(VARIABLES.dualStack, env);
  const override = flag('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', env) ? undefined : [variable, 'AWS_ENDPOINT_URL'].find((name) => env[name]);
  if (!override) return { fips, dualStack };
  const asked = fips ? VARIABLES.fips : dualStack && VARIABLES.dualStack;
  if (asked) misconfigured(`${asked} is true and ${override} is set, which exclude one another, as in the AWS SDKs; unset one of them.`);
  return { fips, dualStack, override: overrideUrl(override, env[override]!) };
}

/** How the names of a Region's endpoints end, and those of its dual-stack endpoints. */
export function suffixesOf(region: string): [suffix: string, dualStack: string] {
  const [, ...suffixes] = SUFFIXES.find(([prefix]) => region.startsWith(prefix))!;
  return suffixes;
}

function flag(name: string, env: Environment): boolean {
  const value = (env[name] || 'false').toLowerCase();
  if (value !== 'true' && value !== 'false') misconfigured(`${name} is ${JSON.stringify(env[name])}; expected "true" or "false".`);
  return value === 'true';
}

function overrideUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // A URL with a user name is not shown: it holds a password, too.
  if (url?.username || url?.password) misconfigured(`${name} is a URL with a user name or a password; requests are signed instead. Leave it out.`);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    misconfigured(`${name} is ${JSON.stringify(value)}; expected a URL that begins with "https://" or "http://" and has no query and no fragment.`);
  }
  return url;
}

function checkFips(endpoint: EndpointName, region: string): void {
  if (endpoint === 'bedrock-mantle') misconfigured(`${VARIABLES.fips} is true, but bedrock-mantle has no FIPS endpoint; unset it, or call the model through an inference profile.`);
  if (FIPS_REGIONS.includes(region)) return;
  misconfigured(`${VARIABLES.fips} is true, but bedrock-runtime has no FIPS endpoint in ${region}; unset it, or call from one of ${FIPS_REGIONS.join(', ')}.`);
}

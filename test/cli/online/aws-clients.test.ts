import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelCard } from '../../../src';
import { formatCard } from '../../../src/catalog/card-file';
import { ControlPlane } from '../../stand-ins/bedrock-control';
import { run } from '../command-line';

const home = mkdtempSync(join(tmpdir(), 'home-'));
const CONFIG = join(home, '.aws', 'config');
mkdirSync(join(home, '.aws'));
// A profile that is named is asked for credentials too, before the variables.
const SECRETS = ['aws_access_key_id = AKIDSTANDINEXAMPLE', 'aws_secret_access_key = secret'];
writeFileSync(CONFIG, ['[default]', 'region = eu-west-3', '[profile work]', 'region = ap-northeast-1', ...SECRETS, '[profile odd]', 'region = Tokyo', '[profile bare]', 'output = json', ''].join('\n'));
afterAll(() => rmSync(home, { recursive: true }));

const KEYS = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true' };
const RECORDED = { ...KEYS, NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, '../recorded-hosts.cjs'))}` };

test.each<[string, Record<string, string>, string[], string]>([
  ['the default profile', {}, [], 'eu-west-3'],
  ['AWS_PROFILE', { AWS_PROFILE: 'work' }, [], 'ap-northeast-1'],
  ['AWS_REGION before AWS_PROFILE', { AWS_PROFILE: 'work', AWS_REGION: 'us-west-2' }, [], 'us-west-2'],
  ['AWS_DEFAULT_REGION before AWS_PROFILE', { AWS_PROFILE: 'work', AWS_DEFAULT_REGION: 'us-east-2' }, [], 'us-east-2'],
  ['an empty variable is none', { AWS_PROFILE: 'work', AWS_REGION: '', AWS_DEFAULT_REGION: '' }, [], 'ap-northeast-1'],
  ['--from before all', { AWS_PROFILE: 'work', AWS_REGION: 'us-west-2' }, ['--from', 'ap-south-1'], 'ap-south-1'],
])('the Region comes from %s', async (_, env, args, region) => {
  const plane = await ControlPlane.start();
  const { code, stdout } = await run(['access', ...args], { ...plane.environment(), HOME: home, AWS_CONFIG_FILE: CONFIG, ...env });
  await plane.stop();
  expect(stdout).toContain(`Claude Haiku 4.5 from ${region} as account 111122223333\n`);
  expect(code).toBe(0);
});

test.each([
  ['bare', 'No Region is given, neither by --from nor by AWS_REGION; expected the Region that requests are sent to, such as --from eu-west-2.\n'],
  ['none', 'No Region is given, neither by --from nor by AWS_REGION; expected the Region that requests are sent to, such as --from eu-west-2.\n'],
  ['odd', 'The Region of the environment (AWS_REGION or the profile\'s) is not a Region, got "Tokyo"; expected a Region code such as "eu-west-2". The nearest Region of Claude Haiku 4.5 is '],
])('the profile %s gives no Region, and nothing is asked', async (profile, message) => {
  const { code, stdout, stderr } = await run(['access'], { ...RECORDED, HOME: home, AWS_CONFIG_FILE: CONFIG, AWS_PROFILE: profile });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('host ');
});

async function hosts(args: string[], env: Record<string, string>): Promise<string[]> {
  const { stderr } = await run([...args, '--timeout', '20'], { ...RECORDED, ...env });
  return [...new Set([...stderr.matchAll(/^host (.*)$/gm)].map(([, host]) => host))].sort();
}

test.each<[string, Record<string, string>, string[]]>([
  ['no setting', {}, ['bedrock.us-east-1.amazonaws.com', 'servicequotas.us-east-1.amazonaws.com', 'sts.us-east-1.amazonaws.com']],
  ['AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'true' },
    ['bedrock-fips.us-east-1.amazonaws.com', 'servicequotas-fips.us-east-1.amazonaws.com', 'sts-fips.us-east-1.amazonaws.com']],
  ['AWS_USE_DUALSTACK_ENDPOINT', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, ['bedrock.us-east-1.api.aws', 'servicequotas.us-east-1.api.aws', 'sts.us-east-1.api.aws']],
])('with %s the SDK chooses the endpoints', async (_, env, expected) => {
  expect(await hosts(['access', '--from', 'us-east-1'], env)).toEqual(expected);
});

test.each([
  ['us-gov-west-1', ['account.us-gov-west-1.amazonaws.com', 'bedrock.us-gov-west-1.amazonaws.com', 'sts.us-gov-west-1.amazonaws.com']],
  ['eusc-de-east-1', ['account.eusc-de-east-1.amazonaws.eu', 'bedrock.eusc-de-east-1.amazonaws.eu', 'sts.eusc-de-east-1.amazonaws.eu']],
  ['us-iso-east-1', ['account.us-iso-east-1.c2s.ic.gov', 'bedrock.us-iso-east-1.c2s.ic.gov', 'sts.us-iso-east-1.c2s.ic.gov']],
])('a card of %s asks its own partition', async (region, expected) => {
  const file = join(home, `${region}.json`);
  const { geoRoutes: _, globalSources, inRegionOnMantle: __, batch: ___, ...card } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  writeFileSync(file, formatCard({ ...card, globalSources: { ...globalSources!, regions: [region] } }));
  expect(await hosts(['check', '--card', file], {})).toEqual(expected);
});

test.each([
  [{ AWS_ENDPOINT_URL: 'foo' }, 'AWS_ENDPOINT_URL is not a URL of an endpoint, got "foo"; expected one such as "https://bedrock.example.com". Correct it, or unset it.'],
  [{ AWS_ENDPOINT_URL_BEDROCK: 'localhost:4566' }, 'AWS_ENDPOINT_URL_BEDROCK is not a URL of an endpoint, got "localhost:4566"; expected one such as "https://bedrock.example.com". Correct it, or unset it.'],
  [{ AWS_ENDPOINT_URL_SERVICE_QUOTAS: 'ftp://localhost' }, 'AWS_ENDPOINT_URL_SERVICE_QUOTAS is not a URL of an endpoint, got "ftp://localhost"; expected one such as "https://bedrock.example.com". Correct it, or unset it.'],
  [{ AWS_BEARER_TOKEN_BEDROCK: 'key' }, 'AWS_BEARER_TOKEN_BEDROCK is set, so Amazon Bedrock would be asked with that key and everything else with other credentials, perhaps of another account; '
    + 'expected one principal for all. Unset it for this command, and use credentials of the account that it belongs to.'],
])('%j is refused by every command that asks, before anything is asked', async (env, message) => {
  for (const args of [['access', '--from', 'eu-west-2'], ['check'], ['card', '--from-account', '--out', '-']]) {
    expect(await run(args, { ...RECORDED, HOME: home, ...env })).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  }
});

test('an empty key of Amazon Bedrock, an empty endpoint and endpoints that are to be ignored are none', async () => {
  const plane = await ControlPlane.start();
  const { code } = await run(['access', '--from', 'eu-west-2'], { ...plane.environment(), AWS_BEARER_TOKEN_BEDROCK: '', AWS_ENDPOINT_URL_STS: '' });
  await plane.stop();
  expect(code).toBe(0);
  const env = { ...RECORDED, HOME: home, AWS_ENDPOINT_URL: 'foo', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  expect((await run(['access', '--from', 'eu-west-2', '--timeout', '2'], env)).stderr).not.toContain('AWS_ENDPOINT_URL');
});

test('an endpoint of the shared configuration that is no URL is said', async () => {
  const file = join(home, 'config');
  writeFileSync(file, '[default]\nendpoint_url = foo\n');
  const { code, stdout } = await run(['check', '--regions', 'eu-west-2'], { ...KEYS, HOME: home, AWS_CONFIG_FILE: file });
  expect(code).toBe(2);
  expect(stdout.replace(/\s+/g, ' ')).toContain('bedrock:ListInferenceProfiles in eu-west-2: its endpoint is not a URL');
  expect(stdout.replace(/\s+/g, ' ')).toContain('Correct endpoint_url in the shared configuration of AWS: expected one such as "https://bedrock.example.com".');
});

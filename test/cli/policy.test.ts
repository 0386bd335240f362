import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnElement, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { OFFLINE, run } from './command-line';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, IInvocableModel, InferenceRouting, InRegionInference, InvokerGuardrail,
  ModelCard,
} from '../../src';
import { formatCard } from '../../src/catalog/card-file';
import { rolePolicies } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';

const BASE = ['policy', '--account', ACCOUNT];
const APPLICATION = `arn:aws:bedrock:eu-west-2:${ACCOUNT}:application-inference-profile/a1b2c3`;
const GUARDRAIL = `arn:aws:bedrock:eu-west-2:${ACCOUNT}:guardrail/a1b2`;

interface Document { readonly Statement: Array<Record<string, unknown>> }
interface Policies { readonly identity: Document; readonly endpoint: Document; readonly scp: Document }

async function policies(...args: string[]): Promise<Policies> {
  const { code, stdout, stderr } = await run([...BASE, '--json', ...args], OFFLINE);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Policies;
}

test('policy prints three documents that can be pasted', async () => {
  const { code, stdout } = await run(['policy', '--from', 'ap-south-1', '--account', '111122223333'], OFFLINE);
  expect(code).toBe(0);
  const documents = stdout.split(/^# .*$/m).slice(1).map((text) => JSON.parse(text) as { Version: string; Statement: Array<{ Effect: string; Principal?: string }> });
  expect(documents.map(({ Version }) => Version)).toEqual(['2012-10-17', '2012-10-17', '2012-10-17']);
  expect(documents.map(({ Statement }) => Statement.map(({ Effect, Principal }) => `${Effect} ${Principal ?? '-'}`))).toEqual([
    ['Allow -', 'Allow -'], ['Allow *', 'Allow *'], ['Deny -', 'Deny -', 'Deny -'],
  ]);
  expect(stdout.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Identity policy: attach to the role that calls the model',
    '# VPC endpoint policy: for com.amazonaws.ap-south-1.bedrock-runtime in the source Region',
    '# Service control policy: denies this model outside the Regions of this route, through other profiles and on bedrock-mantle',
  ]);
});

test('policy --only prints one document alone, the same as in --json', async () => {
  const args = ['policy', '--from', 'us-west-1', '--global', '--account', '111122223333'];
  const all = JSON.parse((await run([...args, '--json'], OFFLINE)).stdout) as Record<string, unknown>;
  for (const name of ['identity', 'endpoint', 'scp']) {
    expect(JSON.parse((await run([...args, '--only', name], OFFLINE)).stdout)).toEqual(all[name]);
  }
});

/** A document with lists of one as CDK writes them, to compare by. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string' ? value[0] : value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]));
}

/** The statements that the role of an app gets. */
function granted(region: string, target: (stack: Stack) => IInvocableModel, guardrail?: InvokerGuardrail): unknown[] {
  const stack = stackIn(region);
  const role = new Role(stack, 'Role', { assumedBy: new AccountPrincipal(ACCOUNT) });
  const model = target(stack);
  if (!guardrail) model.grants.invoke(role);
  const invoker = guardrail && new HaikuInvoker(stack, 'Invoker', { target: model, guardrail });
  const id = stack.getLogicalId((invoker?.role ?? role).node.defaultChild as CfnElement);
  const logGroup = invoker && stack.getLogicalId(invoker.node.findChild('LogGroup').node.defaultChild as CfnElement);
  const attributes = { [`${logGroup}.Arn`]: 'arn:aws:logs:eu-west-2:111122223333:log-group:group' };
  const documents = rolePolicies(stack, id, { account: ACCOUNT, region, attributes }) as unknown as Document[];
  return documents.flatMap(({ Statement }) => Statement).filter(({ Action }) => !JSON.stringify(Action).includes('logs:'));
}

test.each<[string, string[], string, (stack: Stack) => IInvocableModel]>([
  ['a geography', ['--from', 'eu-west-2'], 'eu-west-2', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku')],
  ['global inference', ['--from', 'eu-west-2', '--global'], 'eu-west-2', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() })],
  ['In-Region inference', ['--from', 'eu-west-1', '--in-region'], 'eu-west-1', (stack) => new InRegionInference(stack, 'Haiku')],
  ['a project', ['--from', 'eu-west-1', '--in-region', '--project', 'proj_a1'], 'eu-west-1', (stack) => new InRegionInference(stack, 'Haiku', { projectId: 'proj_a1' })],
  ['the bare ID on bedrock-runtime', ['--from', 'eu-west-2', '--model', 'sonnet-5', '--in-region'], 'eu-west-2',
    (stack) => new InRegionInference(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_5 })],
  ['an application profile', ['--from', 'eu-west-2', '--application-profile', APPLICATION], 'eu-west-2', (stack) =>
    ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'App', { inferenceProfileArn: APPLICATION, copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku') })],
])('for %s the identity policy is what the construct grants', async (_, args, region, target) => {
  expect(shortened((await policies(...args)).identity.Statement)).toEqual(granted(region, target));
});

test.each<[string, string[], InvokerGuardrail]>([
  ['applied', [], InvokerGuardrail.fromGuardrailArn(GUARDRAIL, { guardrailVersion: '3' })],
  ['required', ['--guardrail-version', '3'], InvokerGuardrail.fromGuardrailArn(GUARDRAIL, { guardrailVersion: '3', enforce: true })],
  ['required as a draft', ['--guardrail-version', 'DRAFT'], InvokerGuardrail.fromGuardrailArn(GUARDRAIL, { guardrailVersion: 'DRAFT', enforce: true })],
])('with a guardrail that is %s the identity policy is what a HaikuInvoker grants', async (_, args, guardrail) => {
  for (const [option, routing] of [[[], InferenceRouting.sourceGeography()], [['--global'], InferenceRouting.globalCrossRegion()]] as const) {
    const { identity, endpoint } = await policies('--from', 'eu-west-2', '--guardrail', GUARDRAIL, ...args, ...option);
    expect(shortened(identity.Statement)).toEqual(granted('eu-west-2', (stack) => new CrossRegionInferenceProfile(stack, 'Haiku', { routing }), guardrail));
    expect(endpoint.Statement.map(({ Effect, Principal }) => `${String(Effect)} ${String(Principal)}`)).toEqual(
      identity.Statement.filter(({ Effect }) => Effect === 'Allow').map(() => 'Allow *'));
  }
});

test('in one Region the endpoint and the service control policy are those of bedrock-mantle', async () => {
  const { stdout } = await run([...BASE, '--from', 'eu-west-1', '--in-region'], OFFLINE);
  expect(stdout).toContain('# VPC endpoint policy: for com.amazonaws.eu-west-1.bedrock-mantle in the source Region\n');
  expect(stdout).toContain('# Service control policy: denies this model everywhere but on bedrock-mantle in eu-west-1\n');
  const { scp } = await policies('--from', 'eu-west-1', '--in-region');
  expect(scp.Statement.map(({ Sid }) => Sid)).toEqual(['DenyModelOnRuntime', 'DenyModelOnMantleInOtherRegions']);
  expect(JSON.stringify(scp)).toContain('"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}');
});

test('a card that knows nothing of bedrock-mantle says that its service control policy does not cover it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const file = join(folder, 'card.json');
  const { mantleModelId: _, inRegionOnMantle: __, ...card } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  writeFileSync(file, formatCard(card));
  const remark = 'The card of Claude Haiku 4.5 has no bedrock-mantle ID: the service control policy does not cover that endpoint.\n';
  const args = [...BASE, '--card', file, '--from', 'eu-west-2'];
  const ended = [await run(args, OFFLINE), await run([...args, '--json'], OFFLINE), await run([...args, '--only', 'scp'], OFFLINE), await run([...args, '--only', 'identity'], OFFLINE)];
  const inRegion = await run([...args, '--in-region'], OFFLINE);
  rmSync(folder, { recursive: true });
  expect(ended.map(({ code, stderr }) => [code, stderr.replace(/\s+/g, ' ').replace(/ $/, '\n')])).toEqual([[0, remark], [0, remark], [0, remark], [0, '']]);
  expect(ended[0].stdout).toContain('# Service control policy: denies this model outside the Regions of this route and through other profiles\n');
  expect(inRegion.stderr).toBe('The card of Claude Haiku 4.5 has no bedrock-mantle ID, got "eu-west-2" for In-Region inference. '
    + 'If bedrock-mantle serves the model there by now, pass --card with a card file that has mantleModelId and inRegionOnMantle. Or leave out --in-region. (IN_REGION_NOT_SERVED)\n');
});

test.each([
  [['--from', 'eu-west-2', '--in-region'], 1, 'bedrock-mantle does not serve Claude Haiku 4.5 in this Region, got "eu-west-2"'],
  [['--from', 'eu-west-1', '--in-region', '--guardrail', GUARDRAIL], 2, `--guardrail is not available on bedrock-mantle, which serves Claude Haiku 4.5 in eu-west-1, got "${GUARDRAIL}": it has no guardrails. Leave out --in-region or --guardrail.`],
  [['--from', 'eu-west-2', '--model', 'sonnet-5', '--in-region', '--project', 'p'], 2, '--project is not available on bedrock-runtime, which serves Claude Sonnet 5 in eu-west-2, got "p": only bedrock-mantle has projects. Leave it out.'],
  [['--from', 'eu-west-1', '--in-region', '--geo', 'eu'], 2, "error: option '--in-region' cannot be used with option '--geo <prefix>'"],
  [['--from', 'eu-west-1', '--in-region', '--project', '*'], 2, '--project is not the ID of a bedrock-mantle project, got "*"; expected "default" or an ID such as "proj_a1b2c3".'],
  [['--from', 'eu-west-1', '--project', 'proj_a'], 2, '--project goes with --in-region, got "proj_a" without it; expected both: only bedrock-mantle has projects.'],
  [['--from', 'eu-west-1', '--guardrail', GUARDRAIL], 2, `--guardrail is of another Region, got "${GUARDRAIL}"; expected one in "eu-west-1", where the calls are sent.`],
  [['--from', 'eu-west-2', '--guardrail', '*'], 2, '--guardrail is not the ARN of a guardrail, got "*"; expected arn:aws:bedrock:<Region>:<account>:guardrail/<ID>, without a version.'],
  [['--from', 'eu-west-2', '--guardrail', GUARDRAIL, '--guardrail-version', '*'], 2, '--guardrail-version is not the version of a guardrail, got "*"; expected a number from 1 to 99999999, or DRAFT.'],
  [['--from', 'eu-west-2', '--guardrail-version', '1'], 2, '--guardrail-version goes with --guardrail, got "1" without it; expected both.'],
  [['--from', 'eu-west-1', '--application-profile', APPLICATION], 2, `--application-profile is of another Region, got "${APPLICATION}"; expected one in "eu-west-1", where the calls are sent.`],
  [['--from', 'eu-west-2', '--application-profile', APPLICATION.replace(ACCOUNT, '444455556666')], 2, '--application-profile is of another account, got '],
  [['--from', 'eu-west-2', '--application-profile', 'arn:aws:bedrock:eu-west-2:111122223333:application-inference-profile/*'], 2, '--application-profile is not the ARN of an application inference profile, got '],
])('%j ends with %i and a message', async (args, expected, message) => {
  const { code, stdout, stderr } = await run([...BASE, ...args], OFFLINE);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toContain(message);
});

test('an account may be written as the console prints it', async () => {
  expect((await run(['policy', '--from', 'eu-west-2', '--account', '1111-2222-3333'], OFFLINE)).stdout).toBe((await run([...BASE, '--from', 'eu-west-2'], OFFLINE)).stdout);
});

test('a card of another partition gets its ARNs and its endpoint', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const file = join(folder, 'card.json');
  const { geoRoutes: _, globalSources, inRegionOnMantle, ...card } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const regions = ['eusc-de-east-1'];
  writeFileSync(file, formatCard({ ...card, globalSources: { ...globalSources!, regions }, inRegionOnMantle: { ...inRegionOnMantle!, regions } }));
  const args = ['--card', file, '--from', 'eusc-de-east-1'];
  const texts = [await run([...BASE, ...args, '--global'], OFFLINE), await run([...BASE, ...args, '--in-region'], OFFLINE), await run(['route', ...args, '--in-region'], OFFLINE)]
    .map(({ stdout }) => stdout);
  rmSync(folder, { recursive: true });
  expect(texts.join('').match(/arn:[a-z-]+:/g)!.filter((arn) => arn !== 'arn:aws-eusc:')).toEqual([]);
  expect(texts[0]).toContain('for eu.amazonaws.eusc-de-east-1.bedrock-runtime in');
  expect(texts[1]).toContain('for eu.amazonaws.eusc-de-east-1.bedrock-mantle in');
  expect(texts[2]).toContain('https://bedrock-mantle.eusc-de-east-1.api.amazonwebservices.eu/anthropic/v1/messages');
});

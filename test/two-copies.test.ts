// Two packages of one app often bring a copy of this library each, beside one CDK.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import * as own from '../src';
import { ACCOUNT } from './kit/stack';
import { thrown } from './kit/three-ways';
import { FULL_ACCESS } from './organization/organizations';

type Library = typeof own;
const ROOT = join(__dirname, '..');
let folder: string;
let other: Library;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'haiku-copy-'));
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
  for (const shared of ['node_modules', 'assets', 'package.json']) symlinkSync(join(ROOT, shared), join(folder, shared));
  other = await import(join(folder, 'src')) as Library;
  writeFileSync(join(folder, 'org.json'), JSON.stringify({ levels: [{ name: 'Root', policies: [FULL_ACCESS] }] }));
});

afterAll(() => rmSync(folder, { recursive: true }));

function templateOf(define: (stack: Stack) => unknown, env?: { account: string; region: string }): unknown {
  const stack = new Stack(new App(), 'Stack', { env });
  define(stack);
  return Template.fromStack(stack).toJSON();
}

const IN = { account: ACCOUNT, region: 'us-east-1' };
const route = (geography: own.Geography): own.GeoRoute => ({
  geography, sourceRegion: 'us-east-1', destinationRegions: ['us-east-1'], sourceUrl: 'https://docs.aws.amazon.com/bedrock/', asOf: '2026-10',
});
const guardrail = ({ InvokerGuardrail }: Library) => InvokerGuardrail.fromGuardrailArn('arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2', { guardrailVersion: '1', enforce: true });

/** What the values of a library, the first one or the other, are given to. */
const USES: Record<string, (values: Library, stack: Stack) => unknown> = {
  'a card for a profile': ({ ModelCard }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', { model: ModelCard.CLAUDE_HAIKU_4_5 }).grants.invoke(caller()),
  'a card of its own for a profile': ({ ModelCard, Geography }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', {
    model: ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [route(Geography.of('apac'))] }), routing: own.InferenceRouting.geo(Geography.of('apac')),
  }).grants.invoke(caller()),
  'a card for In-Region inference': ({ ModelCard }, stack) => new own.InRegionInference(stack, 'P', { model: ModelCard.CLAUDE_HAIKU_4_5 }).grants.invoke(caller()),
  'a geography for a card': ({ Geography }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', {
    model: own.ModelCard.CLAUDE_HAIKU_4_5.extend({ geoRoutes: [route(Geography.US)] }),
  }).grants.invoke(caller()),
  'a routing in a geography': ({ InferenceRouting, Geography }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', { routing: InferenceRouting.geo(Geography.US) }).modelId,
  'global routing': ({ InferenceRouting }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', { routing: InferenceRouting.globalCrossRegion() }).modelId,
  'a profile to call': ({ CrossRegionInferenceProfile }, stack) => new own.HaikuInvoker(stack, 'I', { target: new CrossRegionInferenceProfile(stack, 'P') }),
  'an application profile to call': (values, stack) => new own.HaikuInvoker(stack, 'I', {
    target: new values.ApplicationInferenceProfile(stack, 'A', { copyFrom: new values.CrossRegionInferenceProfile(stack, 'P') }),
  }),
  'In-Region inference to call': ({ InRegionInference }, stack) => new own.HaikuInvoker(stack, 'I', { target: new InRegionInference(stack, 'P') }),
  'a profile to copy': ({ CrossRegionInferenceProfile }, stack) => new own.ApplicationInferenceProfile(stack, 'A', { copyFrom: new CrossRegionInferenceProfile(stack, 'P') }).grants.invoke(caller()),
  'a profile that was copied': ({ CrossRegionInferenceProfile }, stack) => own.ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'A', {
    inferenceProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', copyFrom: new CrossRegionInferenceProfile(stack, 'P'),
  }).grants.invoke(caller()),
  'a profile that was copied, by the ARN of the copy': ({ CrossRegionInferenceProfile }, stack) => own.ApplicationInferenceProfile.fromApplicationInferenceProfileArn(
    stack, 'A', 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', new CrossRegionInferenceProfile(stack, 'P')).grants.invoke(caller()),
  'the profile that an application profile copies': ({ CrossRegionInferenceProfile, ApplicationInferenceProfile }, stack) => new own.HaikuPreflight(stack, 'F', {
    target: new ApplicationInferenceProfile(stack, 'A', { copyFrom: new CrossRegionInferenceProfile(stack, 'P') }).copyFrom,
  }),
  'an imported application profile to call': (values, stack) => new own.HaikuInvoker(stack, 'I', {
    target: values.ApplicationInferenceProfile.fromApplicationInferenceProfileArn(
      stack, 'A', 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc', new values.CrossRegionInferenceProfile(stack, 'P')),
  }),
  'a profile to ask about': ({ CrossRegionInferenceProfile }, stack) => new own.HaikuPreflight(stack, 'F', { target: new CrossRegionInferenceProfile(stack, 'P') }),
  'sampling': ({ Sampling }, stack) => new own.HaikuInvoker(stack, 'I', { sampling: Sampling.topP(0.5) }),
  'prompt caching': ({ PromptCaching, CacheTtl }, stack) => new own.HaikuInvoker(stack, 'I', { promptCaching: PromptCaching.of({ tools: CacheTtl.ONE_HOUR }) }),
  'a system prompt source': ({ SystemPromptSource }, stack) => new own.HaikuInvoker(stack, 'I', {
    systemPromptSource: SystemPromptSource.fromBucket(Bucket.fromBucketName(stack, 'B', 'prompts'), 'p.txt'),
  }),
  'a service tier': ({ ServiceTier }, stack) => new own.HaikuInvoker(stack, 'I', { serviceTier: ServiceTier.RESERVED }),
  'the tiers of a card': ({ ServiceTier }, stack) => new own.HaikuInvoker(stack, 'I', {
    target: new own.CrossRegionInferenceProfile(stack, 'P', {
      model: own.ModelCard.of({
        ...own.ModelCard.CLAUDE_HAIKU_4_5._toProps(),
        serviceTiers: { sourceUrl: 'https://docs.aws.amazon.com/bedrock/', asOf: '2026-10', supported: [ServiceTier.of('turbo')], unsupported: [ServiceTier.FLEX] },
      }),
    }),
    serviceTier: own.ServiceTier.of('turbo'),
  }),
  'a guardrail': (values, stack) => new own.HaikuInvoker(stack, 'I', { guardrail: guardrail(values) }),
  'a profile to call with a guardrail': ({ CrossRegionInferenceProfile }, stack) => new own.HaikuInvoker(stack, 'I', { target: new CrossRegionInferenceProfile(stack, 'P'), guardrail: guardrail(own) }),
  'an application profile, then the one that it copies, for one role': ({ ApplicationInferenceProfile }, stack) => {
    const copyFrom = new own.CrossRegionInferenceProfile(stack, 'P');
    const role = new Role(stack, 'Role', { assumedBy: caller() });
    for (const target of [new ApplicationInferenceProfile(stack, 'A', { copyFrom }), copyFrom]) target.grants.invoke(role);
  },
  'a function URL and an API': ({ InvokerFunctionUrl, InvokerApi }, stack) => new own.HaikuInvoker(stack, 'I', { functionUrl: InvokerFunctionUrl.buffered(), api: InvokerApi.CONVERSE }),
  'a streaming function URL': ({ InvokerFunctionUrl }, stack) => new own.HaikuInvoker(stack, 'I', { functionUrl: InvokerFunctionUrl.streaming() }),
  'an invoker as a grantee': ({ HaikuInvoker }, stack) => new own.CrossRegionInferenceProfile(stack, 'P').grants.invoke(new HaikuInvoker(stack, 'I')),
  'locked fields': ({ LockedField }, stack) => new own.HaikuInvoker(stack, 'I', { lockedFields: [LockedField.SYSTEM, LockedField.MAX_TOKENS] }),
  'service control policies': ({ ServiceControlPolicies }, stack) => new own.CrossRegionInferenceProfile(stack, 'P', {
    serviceControlPolicies: ServiceControlPolicies.fromFile(join(folder, 'org.json')),
  }).grants.invoke(caller()),
  'service control policies, and a profile to copy': ({ ServiceControlPolicies, CrossRegionInferenceProfile }, stack) => new own.ApplicationInferenceProfile(stack, 'A', {
    copyFrom: new CrossRegionInferenceProfile(stack, 'P'), serviceControlPolicies: ServiceControlPolicies.fromFile(join(folder, 'org.json')),
  }).grants.invoke(caller()),
  'rules of an organization': ({ ServiceControlRule, Geography, ModelCard }, stack) => new own.HaikuServiceControlPolicy(stack, 'O', {
    rules: [ServiceControlRule.forbidGlobal(), ServiceControlRule.onlyGeographies([Geography.US], [ModelCard.CLAUDE_HAIKU_4_5])],
  }),
  'a geography, a model and a routing of a rule': ({ Geography, ModelCard, InferenceRouting }, stack) => new own.HaikuServiceControlPolicy(stack, 'O', {
    rules: [
      own.ServiceControlRule.onlyGeographies([Geography.US], [ModelCard.CLAUDE_HAIKU_4_5]),
      own.ServiceControlRule.onlyModels([ModelCard.CLAUDE_HAIKU_4_5]),
      own.ServiceControlRule.onlyRoute({ model: ModelCard.CLAUDE_HAIKU_4_5, sourceRegion: 'us-east-1', routing: InferenceRouting.globalCrossRegion() }),
    ],
  }),
  'kinds of data': ({ ModelInvocationData }, stack) => new own.ModelInvocationLogging(stack, 'L', { data: [ModelInvocationData.AUDIO] }),
};

function caller(): AccountPrincipal {
  return new AccountPrincipal('111122223333');
}

test('the copies share nothing but the CDK', () => {
  expect(other.ModelCard).not.toBe(own.ModelCard);
  expect(other.ModelCard.CLAUDE_HAIKU_4_5).not.toBeInstanceOf(own.ModelCard);
});

test.each(Object.entries(USES))('%s of the other copy does the same', (_, use) => {
  expect(templateOf((stack) => use(other, stack), IN)).toEqual(templateOf((stack) => use(own, stack), IN));
});

test.each(Object.entries(USES))('%s of the other copy does the same where the Region is not known', (_, use) => {
  const attempt = (values: Library) => {
    try {
      return templateOf((stack) => use(values, stack));
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(attempt(other)).toEqual(attempt(own));
});

test('both copies look up in one table of a stack', () => {
  const template = templateOf((stack) => {
    for (const [id, { HaikuInvoker }] of Object.entries({ own, other })) new HaikuInvoker(stack, id);
  }) as { Mappings: object; Rules: object };
  expect(Object.keys(template.Mappings)).toEqual(['ClaudeHaiku45SourceGeography']);
  expect(Object.keys(template.Rules)).toEqual(['ClaudeHaiku45SourceGeographyRule', 'CheckBootstrapVersion']);
});

test('an invoker is known in either copy', () => {
  const stack = new Stack(new App(), 'Stack', { env: IN });
  // The types of both copies fit, too: what takes an invoker takes it by its interface.
  const invokers: own.IHaikuInvoker[] = [new own.HaikuInvoker(stack, 'Own'), new other.HaikuInvoker(stack, 'Other')];
  for (const { HaikuInvoker } of [own, other]) expect(invokers.map((invoker) => HaikuInvoker.isHaikuInvoker(invoker))).toEqual([true, true]);
});

test('programs may mix them too', () => {
  const { ModelCard, InferenceRouting, Geography } = other;
  const cards = [ModelCard.of({ ...ModelCard.CLAUDE_HAIKU_4_5._toProps(), name: 'Mine' })];
  expect(own.ModelCatalog.find('Mine', cards)?.name).toBe('Mine');
  expect(own.InferenceRouter.route({ model: ModelCard.CLAUDE_HAIKU_4_5, routing: InferenceRouting.geo(Geography.EU), sourceRegion: 'eu-west-2' }).route?.inferenceProfileId)
    .toBe('eu.anthropic.claude-haiku-4-5-20251001-v1:0');
  expect(own.InferenceRouter.inRegionFinding(ModelCard.CLAUDE_HAIKU_4_5, 'eu-west-1')).toBeUndefined();
  expect(own.InferenceRouting.geo(Geography.of('apac')).geography).toBeInstanceOf(own.Geography);
});

/** What a copy of a release that this one does not know might hand over: the mark, or only the name. */
function foreign(name: string, marked: boolean): never {
  const type = { [name]: class {} }[name];
  if (marked) Object.defineProperty(type.prototype, Symbol.for(`cdk-bedrock-haiku.${name}`), { value: true });
  return new type() as never;
}

test.each([true, false])('what this copy cannot read is called that (marked: %p)', (marked) => {
  const messages = (['sampling', 'promptCaching', 'guardrail', 'serviceTier', 'functionUrl'] as const).map((prop) => thrown(() => {
    const name = { sampling: 'Sampling', promptCaching: 'PromptCaching', guardrail: 'InvokerGuardrail', serviceTier: 'ServiceTier', functionUrl: 'InvokerFunctionUrl' }[prop];
    new own.HaikuInvoker(new Stack(new App(), 'Stack', { env: IN }), 'I', { [prop]: foreign(name, marked) });
  }));
  expect(messages[0]).toBe(
    'sampling is not a Sampling, got a Sampling of another copy of cdk-bedrock-haiku, which this one cannot read (npm ls cdk-bedrock-haiku shows both); '
    + 'expected Sampling.temperature(...) or Sampling.topP(...). Change it, or leave sampling out.');
  for (const message of messages) expect(message).toContain('of another copy of cdk-bedrock-haiku');
});

test.each([true, false])('so are a card, a routing, a geography and a profile (marked: %p)', (marked) => {
  const stack = new Stack(new App(), 'Stack', { env: IN });
  for (const act of [
    () => new own.CrossRegionInferenceProfile(stack, 'A', { model: foreign('ModelCard', marked) }),
    () => new own.CrossRegionInferenceProfile(stack, 'B', { routing: foreign('InferenceRouting', marked) }),
    () => own.InferenceRouting.geo(foreign('Geography', marked)),
    () => new own.ApplicationInferenceProfile(stack, 'C', { copyFrom: foreign('CrossRegionInferenceProfile', marked) }),
    () => new own.HaikuInvoker(stack, 'I', { target: foreign('InRegionInference', marked) }),
    () => new own.HaikuPreflight(stack, 'D', { target: foreign('CrossRegionInferenceProfile', marked) }),
    () => own.InferenceRouter.route({ model: foreign('ModelCard', marked), routing: own.InferenceRouting.globalCrossRegion(), sourceRegion: 'us-east-1' }),
    () => own.ModelCatalog.find('x', [foreign('ModelCard', marked)]),
  ]) expect(thrown(act)).toContain('of another copy of cdk-bedrock-haiku');
});

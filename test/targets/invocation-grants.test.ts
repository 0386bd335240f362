import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Group, Role, User } from 'aws-cdk-lib/aws-iam';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import {
  ApiKeyGrantOptions, ApiKeyType, ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, InferenceRouting,
  InRegionInference, ModelCard,
} from '../../src';
import { GEO_ROUTES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { allChecksOf } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { documentsOf, statementsOf } from '../kit/policies';
import { ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const REGION = 'eu-west-1';
const GUARDRAIL = `arn:aws:bedrock:${REGION}:444455556666:guardrail/a1b2c3`;

function scene(region = REGION) {
  const stack = stackIn(region);
  return { stack, haiku: new CrossRegionInferenceProfile(stack, 'Haiku'), role: new Role(stack, 'Role', { assumedBy: new AccountPrincipal(ACCOUNT) }) };
}

describe('invokeWithApiKey', () => {
  /** What a grant adds to the statements of `invoke`. */
  const added = (options: ApiKeyGrantOptions | undefined, inRegion = false) => {
    const { stack, haiku } = scene();
    const user = new User(stack, 'User');
    const target = inRegion ? new InRegionInference(stack, 'In') : haiku;
    target.grants.invokeWithApiKey(user, options);
    return statementsOf(stack, { region: REGION }).slice(inRegion ? 1 : 2);
  };
  const use = (service: string, kind: string) => (
    { Effect: 'Allow', Action: [`${service}:CallWithBearerToken`], Resource: ['*'], Condition: { StringEquals: { [`${service}:bearerTokenType`]: kind } } });

  test('lets short-term keys through, at the service that is called', () => {
    expect(added(undefined)).toEqual([use('bedrock', 'SHORT_TERM')]);
    expect(added({ keyType: ApiKeyType.SHORT_TERM }, true)).toEqual([use('bedrock-mantle', 'SHORT_TERM')]);
  });

  test('lets long-term keys through, and be made with an age, if that is said', () => {
    expect(added({ keyType: ApiKeyType.LONG_TERM })).toEqual([use('bedrock', 'LONG_TERM')]);
    expect(added({ keyType: ApiKeyType.LONG_TERM, maxAge: Duration.days(30) })).toEqual([use('bedrock', 'LONG_TERM'), {
      Effect: 'Allow',
      Action: ['iam:CreateServiceSpecificCredential'],
      Resource: [expect.stringMatching(/^GetAtt\(User.*\.Arn\)$/)],
      Condition: { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com' }, NumericLessThanEquals: { 'iam:ServiceSpecificCredentialAgeDays': '30' } },
    }]);
    expect(added({ keyType: ApiKeyType.LONG_TERM, maxAge: Duration.days(36_600) })).toHaveLength(2);
  });

  test.each([
    ...GEO_ROUTES.map(({ prefix, source }) => ({ prefix, source, routing: InferenceRouting.geo(Geography.of(prefix)) })),
    ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source, routing: InferenceRouting.globalCrossRegion() })),
  ])('one grant is all that a call of $prefix from $source with a key needs', ({ prefix, source, routing }) => {
    const stack = stackIn(source);
    new CrossRegionInferenceProfile(stack, 'Haiku', { routing }).grants.invokeWithApiKey(new Role(stack, 'Role', { assumedBy: new AccountPrincipal(ACCOUNT) }));
    const iam = new PolicySimulator(...documentsOf(stack, 'AWS::IAM::Policy', { region: source }));
    const withKey = (kind: string) => iam.allows({ action: 'bedrock:CallWithBearerToken', resource: '*', context: { 'bedrock:bearerTokenType': kind } });
    expect([withKey('SHORT_TERM'), withKey('LONG_TERM')]).toEqual([true, false]);
    expect(allChecksOf({ prefix, sourceRegion: source }).filter((check) => !iam.allows(check))).toEqual([]);
  });

  test('a second grant of the same adds nothing, and one of the other kind of key does', () => {
    const { stack, haiku } = scene();
    const user = new User(stack, 'User');
    haiku.grants.invoke(user);
    for (const keyType of [ApiKeyType.SHORT_TERM, ApiKeyType.SHORT_TERM, ApiKeyType.LONG_TERM]) haiku.grants.invokeWithApiKey(user, { keyType });
    expect(statementsOf(stack, { region: REGION }).slice(2)).toEqual([use('bedrock', 'SHORT_TERM'), use('bedrock', 'LONG_TERM')]);
  });

  test.each<[string, ApiKeyGrantOptions, string]>([
    ['an age of short-term keys', { maxAge: Duration.hours(12) },
      'maxAge is for long-term keys, and a short-term key lasts 12 hours at most. Leave maxAge out, or pass ApiKeyType.LONG_TERM as keyType.'],
    ['a longer age than IAM has', { keyType: ApiKeyType.LONG_TERM, maxAge: Duration.days(36_601) },
      'maxAge is not an age that a key can have, got "Duration.days(36601)"; expected whole days, from 1 to 36,600. Pass, for example, Duration.days(30).'],
    ['a part of a day', { keyType: ApiKeyType.LONG_TERM, maxAge: Duration.hours(30) },
      'maxAge is not an age that a key can have, got "Duration.hours(30)"; expected whole days, from 1 to 36,600. Pass, for example, Duration.days(30).'],
    ['an age that is not known', { keyType: ApiKeyType.LONG_TERM, maxAge: Duration.days(Lazy.number({ produce: () => 3 })) },
      'maxAge is not an age that a key can have, got an unresolved token; expected whole days, from 1 to 36,600. Pass, for example, Duration.days(30).'],
  ])('%s is refused', (_, options, message) => {
    const { stack, haiku } = scene();
    expect(thrown(() => haiku.grants.invokeWithApiKey(new User(stack, 'User'), options))).toBe(message);
  });

  test('a role has no long-term keys, and a group makes none', () => {
    const { stack, haiku, role } = scene();
    expect(thrown(() => haiku.grants.invokeWithApiKey(role, { keyType: ApiKeyType.LONG_TERM }))).toBe(
      'keyType does not go with the grantee, got ApiKeyType.LONG_TERM for Role at Stack/Role; expected an IAM user, since a role has no long-term keys. Leave keyType out, or grant a user.');
    const group = new Group(stack, 'Group');
    expect(thrown(() => haiku.grants.invokeWithApiKey(group, { keyType: ApiKeyType.LONG_TERM, maxAge: Duration.days(1) }))).toBe(
      'maxAge does not go with the grantee, got Group at Stack/Group; expected an IAM user, which makes keys for itself. Grant an iam.User, or leave maxAge out.');
    expect(() => haiku.grants.invokeWithApiKey(group, { keyType: ApiKeyType.LONG_TERM })).not.toThrow();
  });

  test('an imported principal is told everything', () => {
    const { stack, haiku } = scene();
    haiku.grants.invokeWithApiKey(Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::444455556666:role/x'));
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('CrossRegionInferenceProfile.notAttached')).map(({ entry }) => String(entry.data));
    expect(warnings.join()).toContain('bedrock:CallWithBearerToken');
    expect(warnings.join()).toContain('arn:aws:bedrock:eu-west-1:444455556666:inference-profile/');
  });
});

describe('an enforced guardrail', () => {
  const apply = { Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource: [GUARDRAIL] };

  test('may be applied by who calls, with a key too', () => {
    const { stack, haiku, role } = scene();
    haiku.grants.invoke(role, { enforcedGuardrailArn: GUARDRAIL });
    expect(statementsOf(stack, { region: REGION }).slice(2)).toEqual([apply]);
    const other = scene();
    other.haiku.grants.invokeWithApiKey(other.role, { enforcedGuardrailArn: GUARDRAIL });
    expect(statementsOf(other.stack, { region: REGION })).toContainEqual(apply);
  });

  test('is given to who was granted already, and to an application inference profile\'s callers', () => {
    const { stack, haiku, role } = scene();
    haiku.grants.invoke(role);
    haiku.grants.invoke(role, { enforcedGuardrailArn: GUARDRAIL });
    new ApplicationInferenceProfile(stack, 'Team', { copyFrom: haiku }).grants.invoke(role, { enforcedGuardrailArn: `${GUARDRAIL}4` });
    expect(statementsOf(stack, { region: REGION }).filter(({ Action }) => Action[0] === 'bedrock:ApplyGuardrail').map(({ Resource }) => Resource)).toEqual([[GUARDRAIL], [`${GUARDRAIL}4`]]);
  });

  test.each<[string, string]>([
    [`${GUARDRAIL}:1`, `enforcedGuardrailArn is not the ARN of a guardrail, got "${GUARDRAIL}:1"; expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>", without a version. `
      + 'Name the guardrail that is enforced by its ARN, whatever its version.'],
    [GUARDRAIL.replace(REGION, 'us-east-1'), `enforcedGuardrailArn is of another Region, got "${GUARDRAIL.replace(REGION, 'us-east-1')}"; expected one in "eu-west-1", where the calls are sent. `
      + 'Name the guardrail that is enforced there.'],
  ])('%s is refused', (enforcedGuardrailArn, message) => {
    const { haiku, role } = scene();
    expect(thrown(() => haiku.grants.invoke(role, { enforcedGuardrailArn }))).toBe(message);
  });

  test('bedrock-mantle has none', () => {
    const { stack, role } = scene();
    expect(thrown(() => new InRegionInference(stack, 'In').grants.invoke(role, { enforcedGuardrailArn: GUARDRAIL }))).toBe(
      `enforcedGuardrailArn is not available on bedrock-mantle, which has no guardrails, got "${GUARDRAIL}" for "Stack/In". Leave it out.`);
  });
});

describe('countTokens', () => {
  test('counts on bedrock-mantle, in the project', () => {
    const { stack, role } = scene();
    new InRegionInference(stack, 'In', { projectId: 'proj_abc' }).grants.countTokens(role);
    expect(statementsOf(stack, { region: REGION })).toEqual([{
      Effect: 'Allow',
      Action: ['bedrock-mantle:CountTokens'],
      Resource: [`arn:aws:bedrock-mantle:${REGION}:${ACCOUNT}:project/proj_abc`],
      Condition: { StringEquals: { 'bedrock-mantle:Model': 'anthropic.claude-haiku-4-5' } },
    }]);
  });

  test('counts on bedrock-runtime for a model whose card has it, where AWS asks for InvokeModel too', () => {
    const { stack, role } = scene();
    new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_5 }).grants.countTokens(role);
    const Resource = [`arn:aws:bedrock:${REGION}::foundation-model/${ModelCard.CLAUDE_SONNET_4_5.modelId}`];
    expect(statementsOf(stack, { region: REGION })).toEqual([
      { Effect: 'Allow', Action: ['bedrock:CountTokens'], Resource },
      { Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource, Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } },
    ]);
  });

  test('a stack without a Region counts where it is deployed', () => {
    const stack = new Stack();
    new InRegionInference(stack, 'In').grants.countTokens(new Role(stack, 'Role', { assumedBy: new AccountPrincipal(ACCOUNT) }));
    expect(statementsOf(stack, { region: REGION })[0].Resource).toEqual([`arn:aws:bedrock-mantle:${REGION}:${ACCOUNT}:project/default`]);
  });

  test('a model that bedrock-runtime does not count for is refused, with where to count', () => {
    const { haiku, role } = scene();
    expect(thrown(() => haiku.grants.countTokens(role))).toBe(
      'bedrock-runtime counts no tokens for Claude Haiku 4.5, as far as its card tells (as of 2026-10), got "Stack/Haiku"; expected a model whose limits say countTokens, or bedrock-mantle. '
      + 'Grant countTokens of an InRegionInference in a Region where bedrock-mantle serves the model, and count there.');
  });

  test('an invoker may count too', () => {
    const { stack } = scene();
    new InRegionInference(stack, 'In').grants.countTokens(new HaikuInvoker(stack, 'Invoker'));
    expect(statementsOf(stack, { region: REGION }).flatMap(({ Action }) => Action)).toContain('bedrock-mantle:CountTokens');
  });
});

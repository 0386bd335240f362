import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { CARD, optionsOf, ROUTES } from './ways';
import { Geography, HaikuServiceControlPolicy, HaikuServiceControlPolicyProps, ModelCard, ServiceControlRule } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

function made(props: HaikuServiceControlPolicyProps, stack = stackIn('us-east-1')) {
  const policy = new HaikuServiceControlPolicy(stack, 'Perimeter', props);
  return { policy, template: Template.fromStack(stack) };
}

test('the policy is one of the organization, with the statements of its rules and attached to its targets', () => {
  const { policy, template } = made({
    rules: [ServiceControlRule.forbidGlobal(), ServiceControlRule.onlyThroughProfiles()], targetIds: ['ou-ab12-11111111'], policyName: 'bedrock', description: 'No global inference',
  });
  const content = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyGlobalInference',
        Effect: 'Deny',
        Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:CreateModelInvocationJob'],
        Resource: ['arn:aws:bedrock:*:*:inference-profile/global.*', 'arn:aws:bedrock:::foundation-model/*'],
      },
      {
        Sid: 'DenyCallsWithoutProfile',
        Effect: 'Deny',
        Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
        Resource: 'arn:aws:bedrock:*::foundation-model/*',
        Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } },
      },
    ],
  };
  template.hasResourceProperties('AWS::Organizations::Policy', { Name: 'bedrock', Type: 'SERVICE_CONTROL_POLICY', TargetIds: ['ou-ab12-11111111'], Description: 'No global inference', Content: content });
  expect(policy.documents.map((document) => JSON.parse(document) as unknown)).toEqual([content]);
  expect(policy.charactersLeft).toEqual([10_240 - JSON.stringify(content).length]);
});

test('without a name it has one of its path, and without targets it is attached to nothing', () => {
  made({ rules: [ServiceControlRule.forbidApiKeys()] }).template.hasResourceProperties('AWS::Organizations::Policy', { Name: 'StackPerimeter5B30A452', TargetIds: Match.absent() });
});

test('what is too long for one document stands in several, each within the quota', () => {
  const rules = ROUTES.map((way) => ServiceControlRule.onlyRoute(optionsOf(way))).slice(0, 30);
  const { policy, template } = made({ rules, policyName: 'routes' });
  expect(policy.documents.length).toBeGreaterThan(2);
  expect(policy.charactersLeft.every((left) => left >= 0 && left < 10_240)).toBe(true);
  expect(policy.documents.map((document) => 10_240 - document.length)).toEqual(policy.charactersLeft);
  template.resourceCountIs('AWS::Organizations::Policy', policy.documents.length);
  const names = Object.values(template.findResources('AWS::Organizations::Policy')).map(({ Properties }) => (Properties as { Name: string }).Name);
  expect(names).toEqual(
    policy.documents.map((_, index) => `routes${index === 0 ? '' : index + 1}`));
  // Statements of one kind have Sids of their own.
  const parsed = policy.documents.map((document) => JSON.parse(document) as { Statement: Array<{ Sid: string }> });
  const sids = parsed.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
  expect(new Set(sids).size).toBe(sids.length);
});

test('its partition is that of the stack, or the general one where the Region is not known', () => {
  const rules = [ServiceControlRule.forbidGlobal()];
  expect(made({ rules }, stackIn('us-gov-west-1')).policy.documents[0]).toContain('"arn:aws-us-gov:bedrock:::foundation-model/*"');
  expect(made({ rules }, new Stack(new App(), 'Stack')).policy.documents[0]).toContain('"arn:aws:bedrock:::foundation-model/*"');
});

test.each<[string, () => unknown, string]>([
  ['no rules', () => made({ rules: [] }), 'rules are empty; expected at least one ServiceControlRule. Without any the policy would say nothing.'],
  ['a target that is none', () => made({ rules: [ServiceControlRule.forbidGlobal()], targetIds: ['Workloads'] }),
    'targetIds hold what is no target, got "Workloads"; expected the ID of the root such as "r-ab12", of an organizational unit such as "ou-ab12-11111111", or of an account. Correct it.'],
  ['a long name', () => made({ rules: [ServiceControlRule.forbidGlobal()], policyName: 'x'.repeat(128) }),
    `policyName is not valid, got "${'x'.repeat(128)}" (128 characters); expected 1 to 127 characters. Shorten it, or leave it out.`],
  ['too many documents', () => made({ rules: Array.from({ length: 4 }, () => ROUTES.map((way) => ServiceControlRule.onlyRoute(optionsOf(way)))).flat() }),
    'rules take more policies than AWS attaches to one target beside FullAWSAccess, got '],
  ['a rule that is too long', () => made({ rules: [ServiceControlRule.regionDeny({ allowedRegions: Array.from({ length: 800 }, (_, index) => `region-${index}`), routes: [{ model: CARD, sourceRegion: 'eu-west-1' }] })] }),
    'Statement "DenyOtherRegions" is too long for a service control policy, got '],
  ['a guardrail that is none', () => ServiceControlRule.requireGuardrail('a1b2'),
    'guardrailArn is not the ARN of a guardrail, got "a1b2"; expected "arn:aws:bedrock:<Region>:<account>:guardrail/<ID>". A policy of the organization needs it as a literal, without a version.'],
  ['a version that is none', () => ServiceControlRule.requireGuardrail('arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2', 'latest'),
    'guardrailVersion is not the version of a guardrail, got "latest"; expected a number from 1 to 99999999, or "DRAFT". Correct it, or leave it out for any version.'],
  ['a geography that the model does not have', () => ServiceControlRule.onlyGeographies([Geography.of('apac')]),
    'Claude Haiku 4.5 has no inference profile in these geographies, got ["Geo APAC"]; expected one of '],
  ['no geographies', () => ServiceControlRule.onlyGeographies([]), 'geographies are not a list of Geography, got []; expected at least one Geography. Pass a list of them.'],
  ['models by their names', () => ServiceControlRule.onlyModels(['haiku' as unknown as ModelCard]), 'models are not a list of ModelCard, got "haiku"; expected at least one ModelCard. Pass a list of them.'],
])('%s is refused', (_, act, said) => expect(thrown(act)).toContain(said));

import { Geography, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { applyStatement, guarded, requiredIdentifier } from '../../src/policy/guardrail-statements';
import { routeStatements } from '../../src/policy/invoke-statements';
import { Statement } from '../../src/policy/statement';
import { ACCOUNT } from '../kit/stack';

const guardrailArn = `arn:aws:bedrock:ap-south-1:${ACCOUNT}:guardrail/a1b2`;
const identifier = `${guardrailArn}:3`;
const routes = [InferenceRouting.geo(Geography.IN), InferenceRouting.globalCrossRegion()]
  .map((routing) => InferenceRouter.route({ model: ModelCard.CLAUDE_HAIKU_4_5, routing, sourceRegion: 'ap-south-1' }).route!);

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined], ['DRAFT', guardrailArn], ['3', identifier],
])('calls that need the version %s name %s', (requiredVersion, expected) => {
  expect(requiredIdentifier({ guardrailArn, requiredVersion })).toBe(expected);
});

test('a guardrail is applied with its profiles', () => {
  const allow = { Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'] };
  expect(applyStatement({ guardrailArn })).toEqual({ ...allow, Resource: [guardrailArn] });
  expect(applyStatement({ guardrailArn, guardrailProfileArns: ['arn:a', 'arn:b'] })).toEqual({ ...allow, Resource: [guardrailArn, 'arn:a', 'arn:b'] });
});

test('a statement that needs no guardrail stays as it is', () => {
  const statement: Statement = { Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: ['arn:model'] };
  expect(guarded(statement, undefined)).toEqual([statement]);
  expect(guarded(statement, identifier)).toEqual([
    { ...statement, Condition: { StringEquals: { 'bedrock:GuardrailIdentifier': identifier } } },
    { ...statement, Effect: 'Deny', Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': identifier } } },
  ]);
});

test.each(routes)('with a guardrail each statement on the model has the condition and a Deny of the same calls, and that on the profile stays', (route) => {
  const [profile, ...models] = routeStatements(route, ACCOUNT);
  const [guardedProfile, ...guardedModels] = routeStatements(route, ACCOUNT, { requiredGuardrail: identifier });
  expect(guardedProfile).toEqual(profile);
  expect(guardedModels).toEqual(models.flatMap(({ Effect, Action, Resource, Condition }) => [
    { Effect, Action, Resource, Condition: { StringEquals: { ...Condition!.StringEquals, 'bedrock:GuardrailIdentifier': identifier } } },
    { Effect: 'Deny', Action, Resource, Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': identifier } } },
  ]));
});

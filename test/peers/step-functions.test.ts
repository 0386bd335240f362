import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DefinitionBody, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { BedrockInvokeModel } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { policiesOf } from './granted-role';
import { CrossRegionInferenceProfile } from '../../src';
import { documentedGeoRoute } from '../fixtures/documented-regions';
import { INVOKE, allChecksOf, modelArn, profileArn } from '../iam/inference-call';
import { PolicySimulator } from '../iam/policy-simulator';
import { deployed } from '../kit/deployed';
import { ACCOUNT, stackIn } from '../kit/stack';

function stateMachineIn(region: string, grant: boolean): { stack: Stack; iam: PolicySimulator } {
  const stack = stackIn(region);
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  const task = new BedrockInvokeModel(stack, 'Ask', { model: haiku, body: TaskInput.fromObject({ max_tokens: 16 }) });
  const stateMachine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
  if (grant) haiku.grants.invoke(stateMachine);
  return { stack, iam: new PolicySimulator(...policiesOf(stateMachine.role, region)) };
}

const { destinations } = documentedGeoRoute('eu-west-2');
const throughProfile = destinations.map((region) =>
  ({ action: INVOKE, resource: modelArn(region), context: { 'bedrock:InferenceProfileArn': profileArn('eu-west-2', 'eu') } }));

test('a BedrockInvokeModel task with a profile ARN alone is denied 7/7 destinations', () => {
  const { iam } = stateMachineIn('eu-west-2', false);
  expect(throughProfile.filter((check) => !iam.allows(check))).toHaveLength(7);
});

test('a BedrockInvokeModel task with a profile ARN is denied 7/7 destinations: with grants.invoke(stateMachine) ours allows every call', () => {
  const { iam } = stateMachineIn('eu-west-2', true);
  expect(throughProfile.filter((check) => iam.allows(check))).toHaveLength(7);
  const checks = allChecksOf({ sourceRegion: 'eu-west-2', prefix: 'eu' });
  expect(checks.filter((check) => iam.allows(check))).toHaveLength(16);
});

test('a BedrockInvokeModel task names the profile as its model', () => {
  const template = Template.fromStack(stateMachineIn('eu-west-2', true).stack).toJSON();
  const [machine] = Object.values(Template.fromJSON(template).findResources('AWS::StepFunctions::StateMachine'));
  const definition = deployed(template, machine.Properties.DefinitionString, { account: ACCOUNT, region: 'eu-west-2' });
  expect(JSON.parse(definition as string).States.Ask.Parameters.ModelId).toBe(profileArn('eu-west-2', 'eu'));
});

test('a state machine that was granted the model cannot call it directly', () => {
  const { iam } = stateMachineIn('eu-west-2', true);
  expect(destinations.filter((region) => iam.allows({ action: INVOKE, resource: modelArn(region) }))).toEqual([]);
});

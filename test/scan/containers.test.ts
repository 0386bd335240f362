import { fn, found, HAIKU, role } from './templates';

const ACTING = { 'Fn::GetAtt': ['Role', 'Arn'] };
const variable = { Name: 'MODEL', Value: `eu.${HAIKU}` };

test.each<[string, string, Record<string, unknown>]>([
  ['a task of ECS', 'AWS::ECS::TaskDefinition', { TaskRoleArn: ACTING, ContainerDefinitions: [{ Name: 'a' }, { Environment: [variable] }] }],
  ['the command of a task of ECS', 'AWS::ECS::TaskDefinition', { TaskRoleArn: ACTING, ContainerDefinitions: [{ Command: ['serve', '--model', variable.Value] }] }],
  ['a job of Batch in a container', 'AWS::Batch::JobDefinition', { ContainerProperties: { JobRoleArn: ACTING, Environment: [variable] } }],
  ['a job of Batch as a task of ECS', 'AWS::Batch::JobDefinition',
    { EcsProperties: { TaskProperties: [{ TaskRoleArn: ACTING, Containers: [{ Environment: [variable] }] }] } }],
  ['a service of App Runner from an image', 'AWS::AppRunner::Service',
    {
      InstanceConfiguration: { InstanceRoleArn: ACTING },
      SourceConfiguration: { ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: [variable] } } },
    }],
  ['a service of App Runner from code', 'AWS::AppRunner::Service', {
    InstanceConfiguration: { InstanceRoleArn: ACTING },
    SourceConfiguration: { CodeRepository: { CodeConfiguration: { CodeConfigurationValues: { RuntimeEnvironmentVariables: [variable] } } } },
  }],
  ['a container of SageMaker', 'AWS::SageMaker::Model', { ExecutionRoleArn: ACTING, PrimaryContainer: { Environment: { MODEL: variable.Value } } }],
  ['a job of Glue', 'AWS::Glue::Job', { Role: ACTING, DefaultArguments: { '--MODEL': variable.Value } }],
  ['an app of Amplify', 'AWS::Amplify::App', { ComputeRoleArn: ACTING, EnvironmentVariables: [variable] }],
  ['a schedule', 'AWS::Scheduler::Schedule',
    { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:bedrockruntime:invokeModel', RoleArn: ACTING, Input: JSON.stringify({ ModelId: variable.Value }) } }],
])('%s calls as its role', (_, Type, Properties) => {
  expect(found('eu-west-1', { Role: role([{ Action: 'bedrock:*', Resource: '*' }]), X: { Type, Properties } })).toEqual([]);
  expect(found('eu-west-1', { Role: role([{ Action: 's3:*', Resource: '*' }]), X: { Type, Properties } })).toEqual(['role-cannot-use-profile at X']);
  expect(found('us-east-1', { Role: role([{ Action: 'bedrock:*', Resource: '*' }]), X: { Type, Properties } })).toEqual(['wrong-source-region at X']);
});

test.each<[string, Record<string, unknown>]>([
  ['a role that is not known', { BEDROCK_ROLE_ARN: { Ref: 'Open' } }],
  ['an API key', { AWS_BEARER_TOKEN_BEDROCK: '{{resolve:secretsmanager:key}}' }],
])('whether code that may act as %s can call the model cannot be known, unless its own role may', (_, variables) => {
  const acting = (action: string) => ({ Role: role([{ Action: action, Resource: '*' }]), Fn: fn({ MODEL: variable.Value, ...variables }) });
  const template = { Parameters: { Open: { Type: 'String' } } };
  expect(found('eu-west-1', acting('s3:*'), { template })).toEqual(['could-not-check at Fn']);
  expect(found('eu-west-1', acting('bedrock:*'), { template })).toEqual([]);
});

test('a role whose properties a macro writes cannot be known', () => {
  const Role = { Type: 'AWS::IAM::Role', Properties: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://templates/role.yaml' } } } };
  expect(found('eu-west-1', { Role, Fn: fn({ MODEL: variable.Value }) })).toEqual(['could-not-check at Fn']);
});

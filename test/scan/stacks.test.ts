import { calling, documented, fn, found, HAIKU, INVOKE, modelArn, policyDocument, profileArn, role, scanned } from './templates';
import { ModelCatalog } from '../../src/catalog/model-catalog';
import { scan } from '../../src/scan/scan';
import { TemplateInput } from '../../src/template/assembly';

const REGION = 'eu-west-1';
const NONE = { cards: ModelCatalog._cards(), residency: { geographies: [], forbidGlobal: false } };

function foundIn(inputs: TemplateInput[], region?: string): string[] {
  return scan(inputs, { ...NONE, region }).findings.map(({ rule, template, resource }) => `${rule} at ${template} ${resource}`);
}

describe('a stack whose Region is not known', () => {
  const here = (prefix: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:bedrock:\${AWS::Region}:\${AWS::AccountId}:inference-profile/${prefix}.${HAIKU}` });
  const models = (prefix: string, regions: string[]) => ({ Action: INVOKE, Resource: regions.map(modelArn), Condition: { StringEquals: { 'bedrock:InferenceProfileArn': here(prefix) } } });

  test('is in order if it is so wherever its profile can be called', () => {
    expect(found(undefined, calling('jp', [{ Action: INVOKE, Resource: here('jp') }, models('jp', ['ap-northeast-1', 'ap-northeast-3'])]))).toEqual([]);
  });

  test('is not if it is so nowhere', () => {
    expect(found(undefined, calling('jp', [{ Action: INVOKE, Resource: here('jp') }, models('jp', ['ap-northeast-1'])]))).toEqual(['missing-destination at Role']);
    expect(found(undefined, calling('apac', [{ Action: '*', Resource: '*' }]))).toEqual(['unknown-profile at Fn']);
  });

  test('cannot be checked if it is so in some Regions', () => {
    const { findings } = scanned(calling('us', [{ Action: INVOKE, Resource: here('us') }, models('us', ['us-east-1', 'us-east-2', 'us-west-2'])]));
    expect(findings).toMatchObject([{ rule: 'could-not-check', severity: 'unchecked', resource: 'Role' }]);
    expect(findings[0].message).toContain('The Region of the stack is not known; in ca-central-1, us-west-1: Role may call');
  });

  test('is deployed where it says that its profiles are', () => {
    expect(found(undefined, calling('us', documented('us', 'us-east-1')))).toEqual([]);
    expect(found(undefined, calling('us', documented('us', 'us-east-1').slice(1)))).toEqual(['missing-profile-grant at Role']);
  });

  test('takes its Region from the option', () => {
    expect(found('us-east-1', calling('us', [{ Action: INVOKE, Resource: here('us') }, models('us', ['us-east-1', 'us-east-2', 'us-west-2'])]))).toEqual([]);
  });

  test('may name another profile in each', () => {
    const template = { Conditions: { Europe: { 'Fn::Equals': [{ 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'eu'] } } };
    const choosing = { Role: role([{ Action: 'bedrock:*', Resource: '*' }]), Fn: fn({ MODEL: { 'Fn::If': ['Europe', `eu.${HAIKU}`, `us.${HAIKU}`] } }) };
    expect(found(undefined, choosing, { template })).toEqual([]);
    expect(found('ap-southeast-2', choosing, { template })).toEqual(['wrong-source-region at Fn']);
  });
});

test.each<[string, Record<string, unknown>, Record<string, Record<string, unknown>>, string[]]>([
  ['lists of a parameter', { Parameters: { Arns: { Type: 'CommaDelimitedList', Default: [profileArn('eu', REGION), ...documented('eu', REGION)[1].Resource as string[]].join(',') } } },
    calling('eu', [{ Action: INVOKE, Resource: { Ref: 'Arns' } }]), ['unconditioned-model at Role']],
  ['statements that a condition leaves out', { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    { Role: role([documented('eu', REGION)[0], { 'Fn::If': ['Never', documented('eu', REGION)[1], { Ref: 'AWS::NoValue' }] }]), Fn: fn({ MODEL: `eu.${HAIKU}` }) }, ['missing-destination at Role']],
  ['a mapping by Region', { Mappings: { Profiles: { [REGION]: { id: `eu.${HAIKU}` } } } },
    { ...calling('eu', documented('eu', REGION)), Fn: fn({ MODEL: { 'Fn::FindInMap': ['Profiles', { Ref: 'AWS::Region' }, 'id'] } }) }, []],
  ['a policy as JSON text', {}, { Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: JSON.stringify(policyDocument(documented('eu', REGION))) }] } }, Fn: fn({ MODEL: `eu.${HAIKU}` }) }, []],
  ['loops', { Transform: 'AWS::LanguageExtensions' }, {
    'Role': role([{ Action: 'bedrock:*', Resource: '*' }]),
    'Fn::ForEach::Each': ['Prefix', ['eu', 'apac'], { 'Fn${Prefix}': fn({ MODEL: { 'Fn::Sub': `\${Prefix}.${HAIKU}` } }) }] as never,
  }, ['unknown-profile at Fnapac']],
])('%s are worked out', (_, template, resources, expected) => {
  expect(found(REGION, resources, { template })).toEqual(expected);
});

describe('AWS SAM', () => {
  const template = { Transform: 'AWS::Serverless-2016-10-31', Globals: { Function: { Environment: { Variables: { MODEL: `eu.${HAIKU}` } } } } };
  const sam = (more: object) => ({ Fn: { Type: 'AWS::Serverless::Function', Properties: more } });

  test.each<[string, object, string[]]>([
    ['policies of its own', { Policies: [{ Statement: policyDocument(documented('eu', REGION))['Statement' as never] }] }, []],
    ['one policy that is no list', { Policies: policyDocument(documented('eu', REGION)) }, []],
    ['the names of policies of AWS', { Policies: ['AWSLambdaBasicExecutionRole', 'AmazonBedrockFullAccess'] }, []],
    ['a policy template, which is about other services', { Policies: [{ S3ReadPolicy: { BucketName: 'b' } }] }, ['role-cannot-use-profile at Fn']],
    ['no policies', {}, ['role-cannot-use-profile at Fn']],
    ['a boundary', { Policies: 'AmazonBedrockFullAccess', PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonBedrockReadOnly' }, ['role-cannot-use-profile at Fn']],
    ['a variable of its own', { Policies: 'AmazonBedrockFullAccess', Environment: { Variables: { MODEL: `apac.${HAIKU}` } } }, ['unknown-profile at Fn']],
    ['a URL that streams', { Policies: policyDocument(documented('eu', REGION)), FunctionUrlConfig: { InvokeMode: 'RESPONSE_STREAM' } }, ['missing-streaming at Fn']],
  ])('a function with %s', (_, more, expected) => {
    expect(found(REGION, sam(more), { template })).toEqual(expected);
  });

  test('a state machine with its definition and its policies', () => {
    const flow = (policies: unknown) => ({
      Flow: { Type: 'AWS::Serverless::StateMachine', Properties: { Policies: policies, Definition: { States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::bedrock:invokeModel', Parameters: { ModelId: `eu.${HAIKU}` } } } } } },
    });
    expect(found(REGION, flow([policyDocument(documented('eu', REGION))]), { template })).toEqual([]);
    expect(found(REGION, flow([]), { template })).toEqual(['role-cannot-use-profile at Flow']);
  });
});

describe('stacks together', () => {
  const roles = { Resources: { Role: role(documented('eu', REGION)) }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'role' } } } };
  const caller = (value: unknown) => ({ Resources: { Fn: fn({ MODEL: `eu.${HAIKU}` }, { Role: value }) } });

  test('import what others export', () => {
    const inputs = [{ file: 'b', template: caller({ 'Fn::ImportValue': 'role' }) }, { file: 'a', template: roles }];
    expect(foundIn(inputs, REGION)).toEqual([]);
    expect(foundIn(inputs.slice(0, 1), REGION)).toEqual(['could-not-check at b Fn']);
  });

  test('read the outputs of nested ones, whose parameters they give', () => {
    const inner = { Parameters: { Prefix: { Type: 'String' } }, Resources: { ...roles.Resources, Other: fn({ MODEL: { 'Fn::Sub': `\${Prefix}.${HAIKU}` } }) }, Outputs: roles.Outputs };
    const outer = { Resources: { ...caller({ 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] }).Resources, Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Prefix: 'apac' } } } } };
    expect(foundIn([{ file: 'outer', template: outer, nested: { Inner: { file: 'inner', template: inner } } }], REGION)).toEqual(['unknown-profile at inner Other']);
    expect(foundIn([{ file: 'outer', template: outer }], REGION)).toEqual(['could-not-check at outer Fn']);
  });

  test('that import from each other in a circle find nothing', () => {
    const circle = (name: string, other: string) => ({ file: name, template: { ...caller({ 'Fn::ImportValue': other }), Outputs: { X: { Value: { 'Fn::ImportValue': other }, Export: { Name: name } } } } });
    expect(foundIn([circle('a', 'b'), circle('b', 'a')], REGION)).toEqual(['could-not-check at a Fn', 'could-not-check at b Fn']);
  });

  test('each have their own Region', () => {
    const at = (region: string) => ({ file: region, region, template: { Resources: calling('eu', [{ Action: '*', Resource: '*' }]) } });
    expect(foundIn([at('eu-west-1'), at('us-east-1')])).toEqual(['wrong-source-region at us-east-1 Fn']);
  });
});

describe('residency', () => {
  const open = (prefix: string) => calling(prefix, [{ Action: '*', Resource: '*' }]);

  test.each<[string, string, string[], boolean, string[]]>([
    ['eu', REGION, ['eu'], true, []],
    ['eu', REGION, ['us', 'eu'], false, []],
    ['us', 'us-east-1', ['eu'], false, ['residency at Fn']],
    ['global', REGION, ['eu'], true, ['residency at Fn']],
    ['global', REGION, ['eu'], false, ['residency at Fn']],
    ['global', REGION, [], true, ['residency at Fn']],
    ['global', REGION, [], false, []],
    ['us', 'us-east-1', [], true, []],
  ])('a call of %s from %s, allowed %j, no global: %s', (prefix, region, residency, forbidGlobal, expected) => {
    expect(found(region, open(prefix), { residency, forbidGlobal })).toEqual(expected);
  });

  test('what may be called counts too, and what is denied does not', () => {
    const both = [...documented('eu', REGION), ...documented('global', REGION)];
    expect(found(REGION, { Role: role(both) }, { residency: ['eu'] })).toEqual(['residency at Role']);
    expect(found(REGION, calling('eu', both), { residency: ['eu'] })).toEqual(['residency at Role']);
    const denied = { Effect: 'Deny' as const, Action: 'bedrock:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } } };
    expect(found(REGION, calling('eu', [...both, denied]), { residency: ['eu'] })).toEqual([]);
  });

  test('so are the log of model invocations, and the buckets of logs and batch jobs', () => {
    const logging = { Type: 'Custom::BedrockModelInvocationLogging', Properties: { LoggingConfig: { s3Config: { bucketName: { Ref: 'Logs' } } } } };
    const job = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionString: { 'Fn::Sub': JSON.stringify({ States: { Start: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:bedrock:createModelInvocationJob', Parameters: { OutputDataConfig: { S3OutputDataConfig: { S3Uri: 's3://${Results}/out/' } } } } } }) } },
    };
    const bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
    const resources = { Logging: logging, Logs: bucket, Job: job, Results: bucket, Topic: { Type: 'Custom::Other', Properties: { bucketName: 'x' } } };
    expect(found(REGION, resources, { residency: ['eu'] })).toEqual([]);
    expect(found('us-east-1', resources, { residency: ['eu'] })).toEqual(['residency at Job', 'residency at Logging', 'residency at Logging']);
  });

  test('guardrails and application profiles are held to it', () => {
    const guardrail = (prefix: string) => ({ Type: 'AWS::Bedrock::Guardrail', Properties: { CrossRegionConfig: { GuardrailProfileArn: { 'Fn::Sub': `arn:aws:bedrock:\${AWS::Region}:\${AWS::AccountId}:guardrail-profile/${prefix}.guardrail.v1:0` } } } });
    expect(found(REGION, { A: guardrail('eu'), B: guardrail('us') }, { residency: ['eu'] })).toEqual(['residency at B']);
    const team = { Type: 'AWS::Bedrock::ApplicationInferenceProfile', Properties: { ModelSource: { CopyFrom: profileArn('global', REGION) } } };
    expect(found(REGION, { Team: team }, { residency: ['eu'] })).toEqual(['residency at Team']);
  });
});

import { calling, documented, fn, found, HAIKU, INVOKE, modelArn, policyDocument, profileArn, role, scanned, STREAM } from './templates';

const REGION = 'eu-west-1';
const OPEN = role([{ Action: 'bedrock:*', Resource: '*' }]);
const sub = (text: string) => ({ 'Fn::Sub': text });

test.each<[string, Record<string, unknown>, string[]]>([
  ['the profile by its ID', { MODEL: `eu.${HAIKU}` }, []],
  ['the profile by its ARN', { MODEL: profileArn('eu', REGION) }, []],
  ['the profile by the ARN of another Region', { MODEL: profileArn('eu', 'eu-west-3') }, ['wrong-source-region at Fn']],
  ['the profile as a library for many providers writes it', { MODEL: `bedrock/converse/eu.${HAIKU}` }, []],
  ['the profile with a context size', { ANTHROPIC_MODEL: `us.${HAIKU}[1m]` }, ['wrong-source-region at Fn']],
  ['a bare ID', { MODEL: HAIKU }, ['bare-model-id at Fn']],
  ['the ARN of the foundation model', { MODEL: modelArn(REGION) }, ['bare-model-id at Fn']],
  ['a bare ID without its version', { MODEL: 'anthropic.claude-haiku-4-5-20251001' }, ['bare-model-id at Fn']],
  ['the ID of bedrock-mantle', { MODEL: 'anthropic.claude-haiku-4-5' }, []],
  ['the ID of bedrock-mantle behind a geography', { MODEL: 'eu.anthropic.claude-haiku-4-5' }, ['unknown-profile at Fn']],
  ['a geography that AWS does not publish', { MODEL: `apac.${HAIKU}` }, ['unknown-profile at Fn']],
  ['a geography twice', { MODEL: `eu.eu.${HAIKU}` }, ['unknown-profile at Fn']],
  ['a geography in capitals', { MODEL: `EU.${HAIKU}` }, ['unknown-profile at Fn']],
  ['a release that AWS does not publish', { MODEL: 'eu.anthropic.claude-haiku-4-5-20250929-v1:0' }, ['unknown-profile at Fn']],
  ['the name on the maker\'s own platform', { MODEL: 'claude-haiku-4-5-20251001' }, []],
  ['other models', { A: 'apac.anthropic.claude-3-haiku-20240307-v1:0', B: 'apac.amazon.nova-lite-v1:0', C: 'anthropic.claude-3-haiku-20240307-v1:0' }, []],
  ['prose', { ABOUT: `Calls ${HAIKU} and apac.${HAIKU} politely.` }, []],
  ['a bare ID beside its prefix', { BASE_MODEL_ID: HAIKU, INFERENCE_PREFIX: 'eu' }, []],
  ['a bare ID beside the profile', { BEDROCK_MODEL: HAIKU, BEDROCK_PROFILE: `eu.${HAIKU}` }, []],
  ['a bare ID beside a switch', { MODEL: HAIKU, ENABLE_CROSS_REGION_INFERENCE: 'true' }, []],
  ['a list', { MODELS: `eu.${HAIKU}, apac.${HAIKU}` }, ['unknown-profile at Fn']],
  ['JSON', { MODELS: JSON.stringify([{ id: `apac.${HAIKU}` }]) }, ['unknown-profile at Fn']],
  ['keys of JSON, which name prices', { PRICES: JSON.stringify({ [HAIKU]: { input: 1 } }) }, []],
  ['a profile for each geography, by name', { MODEL_EU: `eu.${HAIKU}`, MODEL_US: `us.${HAIKU}` }, []],
  ['profiles of another geography alone, by name', { MODEL_US: `us.${HAIKU}` }, ['wrong-source-region at Fn']],
  ['a Region for Bedrock', { MODEL: `us.${HAIKU}`, BEDROCK_REGION: 'us-west-2' }, []],
  ['a Region for Bedrock that the profile does not serve', { MODEL: `eu.${HAIKU}`, BEDROCK_REGION: 'us-west-2' }, ['wrong-source-region at Fn']],
  ['a Region for something else', { MODEL: `eu.${HAIKU}`, TABLE_REGION: 'us-west-2' }, []],
  ['a Region for something', { MODEL: `us.${HAIKU}`, TARGET_REGION: 'us-west-2' }, []],
  ['an endpoint elsewhere', { MODEL: `us.${HAIKU}`, ENDPOINT: 'https://bedrock-runtime.us-east-1.amazonaws.com' }, []],
  ['a tier that the model has', { MODEL: `eu.${HAIKU}`, SERVICE_TIER: 'reserved' }, []],
  ['a tier that it does not have', { MODEL: `eu.${HAIKU}`, SERVICE_TIER: 'flex' }, ['unsupported-tier at Fn']],
  ['a tier without a model', { SERVICE_TIER: 'flex' }, []],
  ['a geography that cannot be known', { MODEL: sub(`\${Open}.${HAIKU}`) }, ['could-not-check at Fn']],
  ['a model that cannot be known', { MODEL: { Ref: 'Open' } }, []],
  ['a Region that cannot be known', { MODEL: `eu.${HAIKU}`, BEDROCK_REGION: { Ref: 'Open' } }, ['could-not-check at Fn']],
  ['a geography from the Parameter Store', { ID: `{{resolve:ssm:/geography:3}}.${HAIKU}` }, ['could-not-check at Fn']],
  ['a geography from a secret', { ID: sub(`{{resolve:secretsmanager:models:SecretString:\${Open}}}.${HAIKU}`) }, ['could-not-check at Fn']],
  ['a parameter that the stack writes', { MODEL: '{{resolve:ssm:/model}}' }, ['unknown-profile at Fn', 'unknown-profile at Parameter']],
])('variables with %s', (_, variables, expected) => {
  const resources = { Role: OPEN, Fn: fn(variables), ...'MODEL' in variables && String(variables.MODEL).includes('resolve') && { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/model', Value: `apac.${HAIKU}` } } } };
  expect(found(REGION, resources, { template: { Parameters: { Open: { Type: 'String' } } } })).toEqual(expected);
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['names the model', { Code: { ZipFile: `const id = 'apac.${HAIKU}';` } }, ['unknown-profile at Fn']],
  ['moves its client', { Code: { ZipFile: `boto3.client("bedrock-runtime", region_name="us-west-2"); model = "us.${HAIKU}"` } }, []],
  ['says nothing', { Code: { ZipFile: 'exports.handler = async () => "haiku";' } }, []],
])('code in the template that %s', (_, more, expected) => {
  expect(found(REGION, { Role: OPEN, Fn: fn({}, more) })).toEqual(expected);
});

test.each<[string, Record<string, unknown>, Record<string, Record<string, unknown>>, string[]]>([
  ['by its URL', {}, { Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Fn', 'Arn'] }, InvokeMode: 'RESPONSE_STREAM' } } }, ['missing-streaming at Role']],
  ['not by a URL that buffers', {}, { Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } }, []],
  ['by a method of API Gateway', {}, {
    Method: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { ResponseTransferMode: 'STREAM', Uri: sub('arn:aws:apigateway:${AWS::Region}:lambda:path/2021-11-15/functions/${Fn.Arn}/response-streaming-invocations') } } },
  }, ['missing-streaming at Role']],
  ['by its code', { Code: { ZipFile: 'client.converse_stream(modelId=m)' } }, {}, ['missing-streaming at Role']],
  ['by the web adapter', { Environment: { Variables: { MODEL: `eu.${HAIKU}`, AWS_LWA_INVOKE_MODE: 'RESPONSE_STREAM' } } }, {}, ['missing-streaming at Role']],
])('a function that streams, %s', (_, more, others, expected) => {
  expect(found(REGION, { Role: role(documented('eu', REGION)), Fn: fn({ MODEL: `eu.${HAIKU}` }, more), ...others })).toEqual(expected);
  expect(found(REGION, { Role: role(documented('eu', REGION, [INVOKE, STREAM])), Fn: fn({ MODEL: `eu.${HAIKU}` }, more), ...others })).toEqual([]);
});

const task = (parameters: object, more: object = {}) => ({ Type: 'Task', Resource: 'arn:aws:states:::bedrock:invokeModel', Parameters: parameters, End: true, ...more });
const machine = (definition: object, more: object = {}) => ({
  Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: JSON.stringify({ States: definition }), ...more },
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['a task', machine({ Ask: task({ ModelId: `apac.${HAIKU}` }) }), ['unknown-profile at Flow']],
  ['a task inside a branch and a map', machine({ All: { Branches: [{ States: { Each: { ItemProcessor: { States: { Ask: task({ ModelId: HAIKU }) } } } } }] } }), ['bare-model-id at Flow']],
  ['the SDK integration', machine({ Ask: task({ ModelId: `us.${HAIKU}` }, { Resource: 'arn:aws:states:::aws-sdk:bedrockruntime:converse' }) }), ['wrong-source-region at Flow']],
  ['arguments in JSONata', machine({ Ask: { ...task({}), Parameters: undefined, Arguments: { ModelId: `apac.${HAIKU}` } } }), ['unknown-profile at Flow']],
  ['a model from its input', machine({ Ask: task({ 'ModelId.$': '$.model' }) }), []],
  ['a tier', machine({ Ask: task({ ModelId: `eu.${HAIKU}`, ServiceTier: 'flex' }) }), ['unsupported-tier at Flow']],
  ['substitutions', machine({ Ask: task({ ModelId: '${Model}' }) }, { DefinitionSubstitutions: { Model: `apac.${HAIKU}` } }), ['unknown-profile at Flow']],
  ['a definition as an object', machine({}, { DefinitionString: undefined, Definition: { States: { Ask: task({ ModelId: `apac.${HAIKU}` }) } } }), ['unknown-profile at Flow']],
  ['gaps elsewhere in the definition', machine({}, { DefinitionString: sub(`{"States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::bedrock:invokeModel","Parameters":{"ModelId":"apac.${HAIKU}","Bucket":"\${Bucket.Arn}"}}}}`) }), ['unknown-profile at Flow']],
  ['a model that cannot be known', machine({ Ask: task({ ModelId: `\${Prefix}.${HAIKU}` }) }, { DefinitionSubstitutions: { Prefix: { Ref: 'Open' } } }), ['could-not-check at Flow']],
  ['the text of another service', machine({ Say: task({ Message: HAIKU }, { Resource: 'arn:aws:states:::sns:publish' }) }), []],
  ['no JSON', machine({}, { DefinitionString: '{' }), []],
])('a state machine with %s', (_, flow, expected) => {
  expect(found(REGION, { Role: OPEN, Flow: flow }, { template: { Parameters: { Open: { Type: 'String' } } } })).toEqual(expected);
});

test('a task that acts as another role is judged by its policies', () => {
  const flow = machine({ Ask: task({ ModelId: `eu.${HAIKU}` }, { Credentials: { RoleArn: 'arn:aws:iam::111122223333:role/other' } }) });
  const none = { Type: 'AWS::IAM::Role', Properties: {} };
  const other = (statements: Parameters<typeof role>[0]) => role(statements, { RoleName: 'other' });
  expect(found(REGION, { Role: none, Other: other(documented('eu', REGION)), Flow: flow })).toEqual([]);
  expect(found(REGION, { Role: OPEN, Other: other([{ Action: 's3:*', Resource: '*' }]), Flow: flow }, { input: { account: '111122223333' } })).toEqual(['role-cannot-use-profile at Flow']);
});

test.each<[string, Record<string, Record<string, unknown>>, string[]]>([
  ['an agent', { X: { Type: 'AWS::Bedrock::Agent', Properties: { FoundationModel: HAIKU, AgentResourceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } } }, ['bare-model-id at X']],
  ['a flow', { X: { Type: 'AWS::Bedrock::Flow', Properties: { ExecutionRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Definition: { Nodes: [{ Configuration: { Prompt: { SourceConfiguration: { Inline: { ModelId: `apac.${HAIKU}` } } } } }] } } } }, ['unknown-profile at X']],
  ['a flow as text', { X: { Type: 'AWS::Bedrock::Flow', Properties: { DefinitionString: JSON.stringify({ nodes: [{ modelId: `apac.${HAIKU}` }] }) } } }, ['unknown-profile at X']],
  ['a prompt', { X: { Type: 'AWS::Bedrock::Prompt', Properties: { Variants: [{ ModelId: `us.${HAIKU}` }] } } }, ['wrong-source-region at X']],
  ['a memory', { X: { Type: 'AWS::BedrockAgentCore::Memory', Properties: { MemoryStrategies: [{ CustomMemoryStrategy: { Configuration: { SemanticOverride: { Extraction: { ModelId: HAIKU } } } } }] } } }, ['bare-model-id at X']],
  ['a runtime', { X: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { RoleArn: { 'Fn::GetAtt': ['None', 'Arn'] }, EnvironmentVariables: { MODEL: `eu.${HAIKU}` } } }, None: { Type: 'AWS::IAM::Role', Properties: {} } }, ['role-cannot-use-profile at X']],
  ['a data source, by the role of its knowledge base', {
    Base: { Type: 'AWS::Bedrock::KnowledgeBase', Properties: { RoleArn: { 'Fn::GetAtt': ['None', 'Arn'] } } },
    X: { Type: 'AWS::Bedrock::DataSource', Properties: { KnowledgeBaseId: { Ref: 'Base' }, VectorIngestionConfiguration: { ParsingConfiguration: { BedrockFoundationModelConfiguration: { ModelArn: profileArn('eu', REGION) } } } } },
    None: { Type: 'AWS::IAM::Role', Properties: {} },
  }, ['role-cannot-use-profile at X']],
  ['a task of ECS', { X: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ContainerDefinitions: [{ Environment: [{ Name: 'MODEL', Value: `apac.${HAIKU}` }] }] } } }, ['unknown-profile at X']],
  ['a build', { X: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: { Ref: 'Role' }, Environment: { EnvironmentVariables: [{ Name: 'MODEL', Value: `apac.${HAIKU}` }] } } } }, ['unknown-profile at X']],
  ['a parameter', { X: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/model', Value: `apac.${HAIKU}` } } }, ['unknown-profile at X']],
  ['a parameter for the base model', { X: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/base-model', Value: HAIKU } } }, []],
  ['a resolver', {
    Source: { Type: 'AWS::AppSync::DataSource', Properties: { Name: 'bedrock', Type: 'HTTP', ServiceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, HttpConfig: { Endpoint: 'https://bedrock-runtime.us-east-1.amazonaws.com' } } },
    X: { Type: 'AWS::AppSync::Resolver', Properties: { DataSourceName: { 'Fn::GetAtt': ['Source', 'Name'] }, Code: `export const request = () => ({ resourcePath: '/model/eu.${encodeURIComponent(HAIKU)}/invoke' });` } },
  }, ['wrong-source-region at X']],
  ['a resolver that uses the module for models', {
    Source: { Type: 'AWS::AppSync::DataSource', Properties: { Name: 'bedrock', Type: 'AMAZON_BEDROCK_RUNTIME', ServiceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    X: { Type: 'AWS::AppSync::Resolver', Properties: { DataSourceName: 'bedrock', Code: `export const request = () => invokeModel({ modelId: 'apac.${HAIKU}', body: {} });` } },
  }, ['unknown-profile at X']],
  ['a method of API Gateway', { X: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] }, Uri: sub(`arn:aws:apigateway:\${AWS::Region}:bedrock-runtime:path/model/${HAIKU}/invoke`) } } } }, ['bare-model-id at X']],
  ['what only speaks of it', {
    A: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: JSON.stringify({ ModelId: `apac.${HAIKU}` }) } },
    B: { Type: 'AWS::Organizations::Policy', Properties: { Content: policyDocument([{ Action: INVOKE, Resource: modelArn('*') }]) } },
    C: { Type: 'AWS::EC2::VPCEndpoint', Properties: { PolicyDocument: policyDocument([{ Principal: '*', Action: INVOKE, Resource: modelArn('*') }]) } },
  }, []],
])('%s', (_, resources, expected) => {
  expect(found(REGION, { Role: OPEN, ...resources })).toEqual(expected);
});

describe('an application inference profile', () => {
  const profile = (copied: unknown, more: object = {}) => ({ Type: 'AWS::Bedrock::ApplicationInferenceProfile', Properties: { InferenceProfileName: 'a', ModelSource: { CopyFrom: copied }, ...more } });
  const arn = { 'Fn::GetAtt': ['Team', 'InferenceProfileArn'] };
  const models = (key: unknown) => ({ ...documented('eu', REGION)[1], Condition: { ArnLike: { 'bedrock:InferenceProfileArn': key } } });

  test.each<[string, unknown, string[]]>([
    ['of this Region', profileArn('eu', REGION), []],
    ['of another Region', profileArn('eu', 'eu-west-3'), ['bad-application-profile at Team']],
    ['that does not serve this Region', profileArn('us', REGION), ['bad-application-profile at Team']],
    ['that AWS does not publish', profileArn('apac', REGION), ['bad-application-profile at Team']],
    ['by its ID, where an ARN is wanted', `eu.${HAIKU}`, ['bad-application-profile at Team']],
    ['that is a foundation model', modelArn(REGION), ['bad-application-profile at Team']],
    ['of another model', 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0', []],
    ['that cannot be known', { Ref: 'Open' }, []],
  ])('copies a profile %s', (__, copied, expected) => {
    expect(found(REGION, { Team: profile(copied) }, { template: { Parameters: { Open: { Type: 'String' } } } })).toEqual(expected);
  });

  test.each<[string, object[], string[]]>([
    ['itself and the models through it', [{ Action: INVOKE, Resource: arn }, models(arn)], []],
    ['itself and the models through what it copies', [{ Action: INVOKE, Resource: arn }, models(profileArn('eu', REGION))], []],
    ['all such profiles', [{ Action: INVOKE, Resource: 'arn:aws:bedrock:*:*:application-inference-profile/*' }, models('arn:aws:bedrock:*:*:application-inference-profile/*')], []],
    ['its tag', [{ Action: INVOKE, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }, models('arn:aws:bedrock:*:*:*')], []],
    ['another tag', [{ Action: INVOKE, Resource: 'arn:aws:bedrock:*:*:application-inference-profile/*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'b' } } }, models('arn:aws:bedrock:*:*:*')], ['role-cannot-use-profile at Fn']],
    ['only what it copies', documented('eu', REGION), ['role-cannot-use-profile at Fn']],
    ['itself and no model', [{ Action: INVOKE, Resource: arn }], ['missing-destination at Role']],
  ])('is called with a policy for %s', (__, statements, expected) => {
    const resources = { Team: profile(profileArn('eu', REGION), { Tags: [{ Key: 'team', Value: 'a' }] }), Role: role(statements as never), Fn: fn({ PROFILE: arn }) };
    expect(found(REGION, resources)).toEqual(expected);
  });
});

test('an ID that both endpoints take is of the one that the policies allow', () => {
  const id = 'anthropic.claude-haiku-5-5';
  const mantle = role([{ Action: 'bedrock-mantle:CreateInference', Resource: '*' }]);
  expect(found(REGION, { Role: mantle, Fn: fn({ MODEL: id }) })).toEqual([]);
  expect(found(REGION, { Role: OPEN, Fn: fn({ MODEL: id }) })).toEqual(['bare-model-id at Fn']);
});

test('a variable may be there to be handed on, if somebody beside calls the model', () => {
  const plain = { Type: 'AWS::IAM::Role', Properties: {} };
  const other = { ...fn({ MODEL: `eu.${HAIKU}` }) };
  const starter = fn({ MODEL: `eu.${HAIKU}` }, { Role: { 'Fn::GetAtt': ['Plain', 'Arn'] } });
  expect(found(REGION, { Role: OPEN, Plain: plain, Fn: other, Starter: starter })).toEqual([]);
  expect(found(REGION, { Plain: plain, Starter: starter })).toEqual(['role-cannot-use-profile at Starter']);
  const wrong = role([{ Action: INVOKE, Resource: 'arn:aws:bedrock:*::foundation-model/amazon.*' }]);
  expect(found(REGION, { Role: OPEN, Plain: wrong, Fn: other, Starter: starter })).toEqual(['role-cannot-use-profile at Starter']);
});

describe('whoever acts', () => {
  test.each<[string, unknown, string[]]>([
    ['is a role of a parameter', { Ref: 'Open' }, ['could-not-check at Fn']],
    ['is a role by its ARN elsewhere', 'arn:aws:iam::111122223333:role/elsewhere', ['could-not-check at Fn']],
    ['is imported', { 'Fn::ImportValue': 'role' }, ['could-not-check at Fn']],
    ['is nobody here', undefined, []],
  ])('%s', (_, given, expected) => {
    expect(found(REGION, { Fn: fn({ MODEL: `eu.${HAIKU}` }, { Role: given }) }, { template: { Parameters: { Open: { Type: 'String' } } } })).toEqual(expected);
  });

  test('may be a role elsewhere that a policy of the template completes', () => {
    const policy = (statements: Parameters<typeof role>[0]) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policyDocument(statements), Roles: ['elsewhere'] } });
    const caller = fn({ MODEL: `eu.${HAIKU}` }, { Role: 'arn:aws:iam::111122223333:role/elsewhere' });
    expect(found(REGION, { Grant: policy(documented('eu', REGION)), Fn: caller })).toEqual([]);
    expect(found(REGION, { Grant: policy(documented('eu', REGION).slice(1)), Fn: caller })).toEqual(['could-not-check at Fn']);
  });

  test('may be a role that the function assumes', () => {
    const none = { Type: 'AWS::IAM::Role', Properties: {} };
    const central = (statements: Parameters<typeof role>[0]) => role(statements, { RoleName: 'central' });
    const caller = fn({ MODEL: `eu.${HAIKU}`, ASSUMED_ROLE_ARN: 'arn:aws:iam::111122223333:role/central' });
    const input = { account: '111122223333' };
    expect(found(REGION, { Role: none, Central: central(documented('eu', REGION)), Fn: caller }, { input })).toEqual([]);
    expect(found(REGION, { Role: none, Fn: caller }, { input })).toEqual(['could-not-check at Fn']);
  });
});

test('what nobody calls is judged by the grants alone', () => {
  const unattached = (statements: Parameters<typeof role>[0]) => ({ Grant: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyDocument(statements) } } });
  expect(found(REGION, unattached(documented('eu', REGION)))).toEqual([]);
  expect(found(REGION, unattached(documented('eu', REGION).slice(1)))).toEqual(['could-not-check at Grant']);
  expect(found(REGION, unattached(documented('eu', REGION).slice(0, 1)))).toEqual(['could-not-check at Grant']);
  expect(found(REGION, unattached(documented('global', REGION).slice(0, 2)))).toEqual(['missing-global-arn at Grant']);
  expect(found(REGION, { Role: role(documented('eu', REGION).slice(0, 1)) })).toEqual(['missing-destination at Role']);
  expect(found(REGION, { Role: role([{ Action: INVOKE, Resource: profileArn('apac', REGION) }]) })).toEqual(['unknown-profile at Role']);
  expect(found(REGION, { Role: role([{ Action: INVOKE, Resource: profileArn('us', REGION) }]) })).toEqual(['wrong-source-region at Role']);
  expect(found(REGION, { Role: role([...documented('eu', REGION), { Action: INVOKE, Resource: ['us', 'apac'].map((prefix) => profileArn(prefix, REGION)) }]) })).toEqual([]);
});

test('a use says who, through which profile, and where it may run', () => {
  expect(scanned(calling('eu', documented('eu', 'eu-west-2')), { region: 'eu-west-2' }).uses).toMatchObject([{
    template: 'app.template.json',
    resource: 'Fn',
    path: 'Resources/Fn/Properties/Environment/Variables/MODEL_ID',
    principal: 'Role',
    geography: 'eu',
    inferenceProfileId: `eu.${HAIKU}`,
    sourceRegion: 'eu-west-2',
    destinationRegions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    access: 'complete',
    called: true,
  }]);
});

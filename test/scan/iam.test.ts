import { calling, documented, fn, found, HAIKU, INVOKE, modelArn, policyDocument, profileArn, role, Statement, STREAM } from './templates';
import { GEO_ROUTES, GLOBAL_SOURCES } from '../fixtures/documented-regions';

const REGION = 'us-east-1';
const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const [PROFILE, MODELS] = documented('us', REGION) as [Statement, Statement];
const through = (operator: string, value: unknown, key = 'bedrock:InferenceProfileArn') => ({ ...MODELS, Condition: { [operator]: { [key]: value } } });

test.each(GEO_ROUTES.map(({ prefix, source }) => [prefix, source]))('the documented policy for %s from %s is in order', (prefix, source) => {
  expect(found(source, calling(prefix, documented(prefix, source)))).toEqual([]);
});

test.each(GLOBAL_SOURCES)('the documented policy for global inference from %s is in order', (source) => {
  expect(found(source, calling('global', documented('global', source)))).toEqual([]);
});

test.each<[string, Statement[], string[]]>([
  ['the shorter documented policy for a condition', [PROFILE, through('StringLike', 'arn:aws:bedrock:*:*:inference-profile/us.*')], []],
  ['a key in another case', [PROFILE, through('ArnEquals', profileArn('us', REGION), 'BEDROCK:inferenceprofilearn')], []],
  ['a condition that a direct call meets too', [PROFILE, through('StringEqualsIfExists', profileArn('us', REGION))], ['unconditioned-model at Role']],
  ['ForAllValues, which a direct call meets too', [PROFILE, through('ForAllValues:StringEquals', profileArn('us', REGION))], ['unconditioned-model at Role']],
  ['Null, which asks only for some profile', [PROFILE, through('Null', 'false')], []],
  ['Null, which asks for no profile', [PROFILE, through('Null', 'true')], ['missing-destination at Role', 'unconditioned-model at Role']],
  ['a key that AWS does not have', [PROFILE, through('StringEquals', profileArn('us', REGION), 'bedrock:InferenceProfile')], ['missing-destination at Role']],
  ['the ARN of the profile in another Region', [PROFILE, through('StringEquals', profileArn('us', 'us-west-2'))], ['missing-destination at Role']],
  ['no condition, and a Deny of direct calls', [PROFILE, { ...MODELS, Condition: undefined }, { Effect: 'Deny', Action: INVOKE, Resource: '*', Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } }],
    ['role-cannot-use-profile at Fn']],
  ['the source Region for every destination', [PROFILE, { ...MODELS, Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } }], ['missing-destination at Role', 'unconditioned-model at Role']],
  ['any Region, through the profile', [PROFILE, { ...through('StringEquals', profileArn('us', REGION)), Resource: modelArn('*') }], []],
  ['any Region and no condition', [PROFILE, { Action: INVOKE, Resource: modelArn('*') }], ['region-wildcard at Role']],
  ['any Region, held by the requested Region', [PROFILE, { Action: INVOKE, Resource: modelArn('*'), Condition: { StringEquals: { 'aws:RequestedRegion': US } } }], []],
  ['any Region, held by a Deny', [PROFILE, { Action: INVOKE, Resource: modelArn('*') }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': US } } }], []],
  ['any version of the model in any Region', [PROFILE, { Action: INVOKE, Resource: 'arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-4-5*' }], ['region-wildcard at Role']],
  ['every model of every Region', [PROFILE, { Action: INVOKE, Resource: 'arn:aws:bedrock:*::foundation-model/*' }], []],
  ['an account in the ARN of the model', [PROFILE, { ...MODELS, Resource: US.map((one) => `arn:aws:bedrock:${one}:111122223333:foundation-model/${HAIKU}`) }], ['missing-destination at Role']],
  ['no account in the ARN of the profile', [{ ...PROFILE, Resource: profileArn('us', REGION, '') }, MODELS], ['role-cannot-use-profile at Fn']],
  ['the profile as a foundation model', [{ ...PROFILE, Resource: `arn:aws:bedrock:${REGION}::foundation-model/us.${HAIKU}` }, MODELS], ['missing-profile-grant at Role']],
  ['the model as a profile', [{ Action: INVOKE, Resource: `arn:aws:bedrock:${REGION}:111122223333:inference-profile/${HAIKU}` }], ['role-cannot-use-profile at Fn']],
  ['one destination less', [PROFILE, { ...MODELS, Resource: US.slice(1).map(modelArn) }], ['missing-destination at Role']],
  ['no model at all', [PROFILE], ['missing-destination at Role']],
  ['one Region more', [PROFILE, { ...MODELS, Resource: [...US, 'eu-west-1'].map(modelArn) }], ['outside-destination at Role']],
  ['only the model', [MODELS], ['missing-profile-grant at Role']],
  ['only the model in its Region, as older samples have it', [{ Action: INVOKE, Resource: modelArn(REGION) }], ['missing-profile-grant at Role']],
  ['another profile of the model', documented('global', REGION), ['role-cannot-use-profile at Fn']],
  ['nothing of Bedrock', [{ Action: 's3:GetObject', Resource: '*' }], ['role-cannot-use-profile at Fn']],
  ['everything but other services', [{ NotAction: 'iam:*', Resource: '*' }], []],
  ['everything but other models', [{ Action: 'bedrock:*', NotResource: 'arn:aws:bedrock:*::foundation-model/amazon.*' }], []],
  ['everything but this model', [{ Action: 'bedrock:*', NotResource: modelArn('*') }], ['missing-destination at Role']],
  ['pseudo-actions of Converse alone', [{ ...PROFILE, Action: 'bedrock:Converse' }, { ...MODELS, Action: 'bedrock:Converse' }], ['role-cannot-use-profile at Fn']],
  ['a Region that only the Parameter Store tells', [{ ...PROFILE, Resource: profileArn('us', '{{resolve:ssm:/region}}') }, MODELS], ['could-not-check at Fn']],
  ['every Region of a continent and no condition', [PROFILE, { Action: INVOKE, Resource: modelArn('us-*') }], ['unconditioned-model at Role']],
  ['every Region of a continent, through the profile', [PROFILE, { ...through('StringEquals', profileArn('us', REGION)), Resource: modelArn('us-*') }], []],
  ['every Region of a continent, none of which is a destination', [PROFILE, MODELS, { Action: INVOKE, Resource: modelArn('sa-*') }], ['unconditioned-model at Role']],
  ['a pattern of actions', [{ ...PROFILE, Action: 'bedrock:Invoke*' }, { ...MODELS, Action: 'bedrock:Invoke*' }], []],
  ['only streamed answers', documented('us', REGION, STREAM), []],
  ['streamed answers of the profile alone', [{ ...PROFILE, Action: [INVOKE, STREAM] }, MODELS], ['missing-streaming at Role']],
  ['streamed answers of the models alone', [PROFILE, { ...MODELS, Action: [INVOKE, STREAM] }], ['missing-streaming at Role']],
  ['a Deny that names the Regions', [PROFILE, MODELS, { Effect: 'Deny', Action: 'bedrock:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': [REGION] } } }], ['missing-destination at Role']],
  ['a Deny of direct calls', [PROFILE, MODELS, { Effect: 'Deny', Action: INVOKE, Resource: 'arn:aws:bedrock:*::foundation-model/*', Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } }], []],
  ['a Deny of other profiles', [PROFILE, MODELS, { Effect: 'Deny', Action: INVOKE, NotResource: [profileArn('us', '*', '*'), 'arn:aws:bedrock:*::foundation-model/*'] }], []],
  ['a Deny of every profile', [PROFILE, MODELS, { Effect: 'Deny', Action: INVOKE, Resource: 'arn:aws:bedrock:*:*:inference-profile/*' }], ['role-cannot-use-profile at Fn']],
  ['a Deny by the network, which no template tells', [PROFILE, MODELS, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }], []],
  ['an Allow by the network', [{ ...PROFILE, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }, MODELS], ['could-not-check at Fn']],
  ['an organization, which owns no foundation model', [PROFILE, { ...MODELS, Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-1' } } }], ['missing-destination at Role']],
  ['a guardrail that calls must name', [PROFILE, { ...MODELS, Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn('us', REGION), 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a:1' } } },
    { Effect: 'Deny', Action: INVOKE, Resource: modelArn('*'), Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a:1' } } }], []],
  ['a Deny of calls without any guardrail', [PROFILE, MODELS, { Effect: 'Deny', Action: INVOKE, Resource: modelArn('*'), Condition: { Null: { 'bedrock:GuardrailIdentifier': 'true' } } }], []],
  ['a Deny of roles by a name that AWS has yet to generate', [PROFILE, MODELS, { Effect: 'Deny', Action: INVOKE, Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app-*' } } }], []],
  ['two guardrails, one for the Allow and another for the Deny', [PROFILE, { ...MODELS, Condition: { StringEquals: { 'bedrock:GuardrailIdentifier': 'arn:a' } } },
    { Effect: 'Deny', Action: INVOKE, Resource: modelArn('*'), Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': 'arn:b' } } }], ['missing-destination at Role']],
  ['a service tier that the model does not have', [{ ...PROFILE, Condition: { StringEquals: { 'bedrock:ServiceTier': 'flex' } } }, MODELS], ['unsupported-tier at Role']],
])('%s', (_, statements, expected) => {
  expect(found(REGION, calling('us', statements))).toEqual(expected);
});

test.each<[string, Statement[], string[]]>([
  ['nothing without a Region', documented('global', REGION).slice(0, 2), ['missing-global-arn at Role']],
  ['nothing but the profile', documented('global', REGION).slice(0, 1), ['missing-global-arn at Role']],
  ['nothing in the source Region', [documented('global', REGION)[0], documented('global', REGION)[2]], ['missing-destination at Role']],
  ['an asterisk, which no Region matches too', [{ Action: INVOKE, Resource: [profileArn('global', REGION), modelArn('*')] }], ['region-wildcard at Role']],
  ['a Deny of what has no Region', [...documented('global', REGION), { Effect: 'Deny', Action: INVOKE, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } } }], ['missing-global-arn at Role']],
  ['a Region deny without "unspecified"', [...documented('global', REGION), { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': [REGION] } } }], ['missing-global-arn at Role']],
  ['a Region deny with it', [...documented('global', REGION), { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': [REGION, 'unspecified'] } } }], []],
])('global inference with %s', (_, statements, expected) => {
  expect(found(REGION, calling('global', statements))).toEqual(expected);
});

test('a template that names no account belongs to whichever it is deployed to', () => {
  const here = { 'Fn::Sub': `arn:\${AWS::Partition}:bedrock:\${AWS::Region}:\${AWS::AccountId}:inference-profile/us.${HAIKU}` };
  expect(found(REGION, calling('us', [{ ...PROFILE, Resource: here }, { ...MODELS, Condition: { StringEquals: { 'bedrock:InferenceProfileArn': here } } }]))).toEqual([]);
});

describe('policies of a principal count together', () => {
  const policy = (type: string, document: object, more: object) => ({ Type: type, Properties: { PolicyDocument: document, ...more } });
  const bare = { Type: 'AWS::IAM::Role', Properties: {} };
  const caller = fn({ MODEL_ID: `us.${HAIKU}` });

  test.each<[string, Record<string, Record<string, unknown>>, string[]]>([
    ['a policy each', {
      Role: bare,
      A: policy('AWS::IAM::Policy', policyDocument([PROFILE]), { Roles: [{ Ref: 'Role' }] }),
      B: policy('AWS::IAM::RolePolicy', policyDocument([MODELS]), { RoleName: { Ref: 'Role' } }),
    }, []],
    ['managed policies, attached both ways', {
      Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'A' }] } },
      A: policy('AWS::IAM::ManagedPolicy', policyDocument([PROFILE]), {}),
      B: policy('AWS::IAM::ManagedPolicy', policyDocument([MODELS]), { Roles: [{ Ref: 'Role' }] }),
    }, []],
    ['by the names that they write', {
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'caller', ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/models'] } },
      A: policy('AWS::IAM::Policy', policyDocument([PROFILE]), { Roles: ['caller'] }),
      B: policy('AWS::IAM::ManagedPolicy', policyDocument([MODELS]), { ManagedPolicyName: 'models' }),
    }, []],
    ['a Deny in another one', {
      Role: role([PROFILE, MODELS]),
      No: policy('AWS::IAM::Policy', policyDocument([{ Effect: 'Deny', Action: 'bedrock:*', Resource: modelArn('us-west-2') }]), { Roles: [{ Ref: 'Role' }] }),
    }, ['missing-destination at No']],
    ['a boundary that allows it too', {
      Role: role([PROFILE, MODELS], { PermissionsBoundary: { Ref: 'Edge' } }),
      Edge: policy('AWS::IAM::ManagedPolicy', policyDocument([{ Action: 'bedrock:*', Resource: '*' }]), {}),
    }, []],
    ['a boundary that allows only models', {
      Role: role([PROFILE, MODELS], { PermissionsBoundary: { Ref: 'Edge' } }),
      Edge: policy('AWS::IAM::ManagedPolicy', policyDocument([{ Action: 'bedrock:*', Resource: 'arn:aws:bedrock:*::foundation-model/*' }]), {}),
    }, ['role-cannot-use-profile at Fn']],
    ['a boundary that allows one Region', {
      Role: role([PROFILE, MODELS], { PermissionsBoundary: { Ref: 'Edge' } }),
      Edge: policy('AWS::IAM::ManagedPolicy', policyDocument([{ Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': REGION } } }]), {}),
    }, ['missing-destination at Edge']],
    ['a boundary of AWS', { Role: role([PROFILE, MODELS], { PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }) }, []],
    ['a boundary elsewhere', { Role: role([PROFILE, MODELS], { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/edge' }) }, ['could-not-check at Fn']],
    ['a policy of AWS that allows it', { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess'] } } }, []],
    ['a policy of AWS that does not', { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockReadOnly'] } } }, ['role-cannot-use-profile at Fn']],
    ['a policy elsewhere that may allow it', { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/models'] } } }, ['could-not-check at Fn']],
    ['a policy elsewhere beside a complete grant', { Role: role([PROFILE, MODELS], { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/more'] }) }, []],
    ['a policy that a condition leaves out', {
      Role: role([PROFILE]), Models: { ...policy('AWS::IAM::Policy', policyDocument([MODELS]), { Roles: [{ Ref: 'Role' }] }), Condition: 'Never' },
    }, ['missing-destination at Role']],
    ['a policy that a condition may leave out', {
      Role: role([PROFILE]), Models: { ...policy('AWS::IAM::Policy', policyDocument([MODELS]), { Roles: [{ Ref: 'Role' }] }), Condition: 'Perhaps' },
    }, ['could-not-check at Fn']],
  ])('%s', (_, resources, expected) => {
    const template = { Parameters: { Open: { Type: 'String' } }, Conditions: { Never: { 'Fn::Equals': ['a', 'b'] }, Perhaps: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } } };
    expect(found(REGION, { ...resources, Fn: caller }, { template })).toEqual(expected);
  });
});

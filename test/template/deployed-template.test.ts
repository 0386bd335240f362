import { Unknown } from '../../src/private/unknown';
import { DeployedTemplate, Deployment } from '../../src/template/deployed-template';
import { TemplateJson } from '../../src/template/template-json';

const REGION = { Ref: 'AWS::Region' };
const TEMPLATE: TemplateJson = {
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Count: { Type: 'Number', Default: 3 },
    Models: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>' },
    Latest: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/models/latest' },
    Open: { Type: 'String' },
  },
  Mappings: { Table: { 'eu-west-2': { id: 'eu.x', list: ['a', 'b'] }, 'test': { id: 'of test' } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsThree: { 'Fn::Equals': [{ Ref: 'Count' }, 3] },
    IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] },
    IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] },
    Never: { 'Fn::And': [{ Condition: 'IsOpen' }, { Condition: 'IsLive' }] },
    Always: { 'Fn::Or': [{ Condition: 'IsOpen' }, { Condition: 'IsTest' }] },
    Perhaps: { 'Fn::And': [{ Condition: 'IsOpen' }, { Condition: 'IsTest' }] },
    Itself: { 'Fn::Not': [{ Condition: 'Itself' }] },
    Odd: { 'Fn::Equals': ['a', 'a'], 'Fn::Not': [] },
  },
};
const DEPLOYMENT: Deployment = { region: 'eu-west-2', account: '111122223333' };

function worked(value: unknown, deployment: Deployment = DEPLOYMENT): unknown {
  return new DeployedTemplate(TEMPLATE, deployment).value(value);
}

test.each<[string, unknown, unknown]>([
  ['plain values', { a: ['b', 1, null, true, ['c']] }, { a: ['b', 1, null, true, ['c']] }],
  ['what only looks like a function', { Ref: 'a', Other: 'b' }, { Ref: 'a', Other: 'b' }],
  ['a property that is called Ref', { Ref: { Stage: 1 } }, { Ref: { Stage: 1 } }],
  ['pseudo parameters', ['Region', 'AccountId', 'Partition', 'URLSuffix'].map((name) => ({ Ref: `AWS::${name}` })), ['eu-west-2', '111122223333', 'aws', 'amazonaws.com']],
  ['parameters, as texts and as lists', ['Stage', 'Count', 'Models'].map((Ref) => ({ Ref })), ['test', '3', ['a', 'b']]],
  ['Join', { 'Fn::Join': ['', ['arn:', REGION, ':', { 'Fn::FindInMap': ['Table', REGION, 'id'] }, 1, true]] }, 'arn:eu-west-2:eu.x1true'],
  ['Join of a list', { 'Fn::Join': ['-', { Ref: 'Models' }] }, 'a-b'],
  ['Split and Select', { 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::Sub': 'x/${Stage}' }] }] }, 'test'],
  ['Select by a parameter', { 'Fn::Select': [{ Ref: 'Count' }, ['a', 'b', 'c', 'd']] }, 'd'],
  ['FindInMap of a list', { Resource: { 'Fn::FindInMap': ['Table', REGION, 'list'] } }, { Resource: ['a', 'b'] }],
  ['FindInMap by functions', { 'Fn::FindInMap': ['Table', { Ref: 'Stage' }, { 'Fn::Join': ['', ['i', 'd']] }] }, 'of test'],
  ['FindInMap with a default that it does not need', { 'Fn::FindInMap': ['Table', REGION, 'id', { DefaultValue: 'x' }] }, 'eu.x'],
  ['FindInMap with a default', { 'Fn::FindInMap': ['Table', 'mars', 'id', { DefaultValue: { Ref: 'Stage' } }] }, 'test'],
  ['Sub', { 'Fn::Sub': '${AWS::Region}/${Stage}/${!Stage}/$${}{${' }, 'eu-west-2/test/${Stage}/$${}{${'],
  ['Sub with names of its own', { 'Fn::Sub': ['${Stage}-${Own}-${Open}', { Own: { Ref: 'Count' }, Open: 'o' }] }, 'test-3-o'],
  ['ToJsonString', { 'Fn::ToJsonString': { a: REGION } }, '{"a":"eu-west-2"}'],
  ['If', [['IsTest', 'IsThree', 'IsLive', 'Never', 'Always'].map((name) => ({ 'Fn::If': [name, 'yes', 'no'] }))], [['yes', 'yes', 'no', 'no', 'yes']]],
  ['If whose condition is not known, with one outcome', { 'Fn::If': ['IsOpen', 'test', { Ref: 'Stage' }] }, 'test'],
  ['NoValue in a list, in an object and alone in either', { a: ['b', { Ref: 'AWS::NoValue' }], c: { 'Fn::If': ['IsLive', 1, { Ref: 'AWS::NoValue' }] } }, { a: ['b'] }],
  ['NoValue', { Ref: 'AWS::NoValue' }, undefined],
])('%s is worked out', (_, written, expected) => {
  expect(worked(written)).toEqual(expected);
});

const GET_ATT = { 'Fn::GetAtt': ['Profile', 'Arn'] };

// Shown as the text with gaps that it is.
test.each<[unknown, string, string[]]>([
  [{ Ref: 'Bucket' }, '${Bucket}', ['Bucket']],
  [{ Ref: 'Open' }, '${Open}', ['Open']],
  [{ Ref: 'Zones' }, '${Zones}', ['Zones']],
  [{ Ref: 'Latest' }, '${Latest}', ['Latest']],
  [{ Ref: 'AWS::StackName' }, '${AWS::StackName}', ['AWS::StackName']],
  [GET_ATT, '${Profile.Arn}', ['Profile.Arn']],
  [{ 'Fn::GetAtt': 'Nested.Outputs.Arn' }, '${Nested.Outputs.Arn}', ['Nested.Outputs.Arn']],
  [{ 'Fn::Join': ['/', ['a', GET_ATT, 'b', { Ref: 'Open' }]] }, 'a/${Profile.Arn}/b/${Open}', ['Profile.Arn', 'Open']],
  [{ 'Fn::Sub': '${AWS::Region}:${Profile.Arn}/*' }, 'eu-west-2:${Profile.Arn}/*', ['Profile.Arn']],
  [{ 'Fn::ImportValue': { 'Fn::Sub': '${Stage}-arn' } }, '${ImportValue "test-arn"}', ['ImportValue "test-arn"']],
  [{ 'Fn::GetAZs': '' }, '${GetAZs ""}', ['GetAZs ""']],
  [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, '${Select [0,{"Fn::GetAZs":""}]}', ['Select [0,{"Fn::GetAZs":""}]']],
  [{ 'Fn::Select': [2, ['a']] }, '${Select [2,["a"]]}', ['Select [2,["a"]]']],
  [{ 'Fn::Split': [':', GET_ATT] }, '${Split [":",{"Fn::GetAtt":["Profile","Arn"]}]}', [expect.any(String) as string]],
  [{ 'Fn::FindInMap': ['Table', 'mars', 'id'] }, '${FindInMap ["Table","mars","id"]}', ['FindInMap ["Table","mars","id"]']],
  [{ 'Fn::FindInMap': ['Table', 'constructor', 'name'] }, '${FindInMap ["Table","constructor","name"]}', [expect.any(String) as string]],
  [{ 'Fn::FindInMap': ['Table', { Ref: 'Open' }, 'id'] }, '${FindInMap ["Table",{"Ref":"Open"},"id"]}', [expect.any(String) as string]],
  [{ 'Fn::If': ['Perhaps', 'a', 'b'] }, '${If ["Perhaps","a","b"]}', ['If ["Perhaps","a","b"]']],
  [{ 'Fn::If': ['Itself', 'a', { Ref: 'AWS::NoValue' }] }, '${If ["Itself","a",{"Ref":"AWS::NoValue"}]}', [expect.any(String) as string]],
  [{ 'Fn::If': ['Odd', 'a', 'b'] }, '${If ["Odd","a","b"]}', [expect.any(String) as string]],
  [{ 'Fn::If': ['Missing', 'a', 'b'] }, '${If ["Missing","a","b"]}', [expect.any(String) as string]],
  [{ 'Fn::ToJsonString': { a: GET_ATT } }, '${ToJsonString {"a":{"Fn::GetAtt":["Profile","Arn"]}}}', [expect.any(String) as string]],
  [{ 'Fn::Invented': 1 }, '${Invented 1}', ['Invented 1']],
  [{ 'Fn::Join': 'a' }, '${Join "a"}', ['Join "a"']],
  [{ 'Fn::Sub': 7 }, '${Sub 7}', ['Sub 7']],
  [{ 'Fn::toString': 7 }, '${toString 7}', ['toString 7']],
])('%j is not known, and says what would have to be', (written, shown, sources) => {
  const value = worked(written) as Unknown;
  expect([Unknown.isUnknown(value), String(value), value.sources]).toEqual([true, shown, sources]);
  expect(JSON.parse(JSON.stringify({ value }))).toEqual({ value: shown });
});

test('an unknown value stands where it is, and the rest is known', () => {
  const value = worked({ Resource: ['a', GET_ATT], Other: { 'Fn::Join': ['', ['x', { Ref: 'Open' }]] }, Known: REGION });
  expect(value).toMatchObject({ Resource: ['a', expect.any(Unknown)], Known: 'eu-west-2' });
  expect(Unknown.in(value).map(String)).toEqual(['${Profile.Arn}', 'x${Open}']);
});

test('without a Region and an account, neither is guessed', () => {
  expect(String(worked({ 'Fn::Sub': 'arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}' }, {}))).toBe(
    'arn:${AWS::Partition}:x:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}');
});

test.each([['cn-north-1', 'aws-cn', 'amazonaws.com.cn'], ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com']])('in %s the partition is %s', (region, partition, suffix) => {
  expect(worked([{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }], { region })).toEqual([partition, suffix]);
});

test('a deployment gives parameters their values', () => {
  const parameters = { 'Stage': 'live', 'Zones': 'a,b', 'Latest': 'x', 'AWS::StackName': 'Mine', 'Open': '' };
  const refs = ['Stage', 'Zones', 'Latest', 'AWS::StackName', 'Open'].map((Ref) => ({ Ref }));
  expect(worked([...refs, { 'Fn::If': ['IsLive', 'live', 'not'] }], { parameters })).toEqual(['live', ['a', 'b'], 'x', 'Mine', '', 'live']);
});

test('a deployment supplies what no template tells, and is told what it is', () => {
  const asked: unknown[] = [];
  const supply = (name: string, argument: unknown): unknown => {
    asked.push([name, argument]);
    return name === 'Fn::GetAtt' ? 'arn:a:b' : undefined;
  };
  const written = [{ 'Fn::Sub': '${Profile.Arn}' }, { 'Fn::Select': [1, { 'Fn::Split': [':', GET_ATT] }] }, { Ref: 'Bucket' }, { 'Fn::Select': [9, []] }];
  expect((worked(written, { supply }) as unknown[]).map(String)).toEqual(['arn:a:b', 'a', '${Bucket}', '${Select [9,[]]}']);
  expect(asked).toEqual([['Fn::GetAtt', ['Profile', 'Arn']], ['Fn::GetAtt', ['Profile', 'Arn']], ['Ref', 'Bucket'], ['Fn::Select', [9, []]]]);
});

test.each([
  ['IsTest', true], ['IsLive', false], ['IsOpen', undefined], ['Never', false], ['Always', true], ['Perhaps', undefined], ['Itself', undefined], ['Missing', undefined],
])('the condition %s: %s', (condition, holds) => {
  expect(new DeployedTemplate(TEMPLATE, DEPLOYMENT).holds(condition)).toBe(holds);
});

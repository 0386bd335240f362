import { deployed } from './synthesized-policies';

const TEMPLATE = { Mappings: { Table: { 'eu-west-2': { id: 'eu.x', list: ['a', 'b'] } } } };
const DEPLOYMENT = { region: 'eu-west-2', account: '111122223333', attributes: { 'Profile.Arn': 'arn:profile' } };
const REGION = { Ref: 'AWS::Region' };

test.each([
  ['plain values', { a: ['b', 1, null, true] }, { a: ['b', 1, null, true] }],
  ['pseudo parameters', [REGION, { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }], ['eu-west-2', '111122223333', 'aws']],
  ['joined texts', { 'Fn::Join': ['', ['arn:', REGION, ':', { 'Fn::FindInMap': ['Table', REGION, 'id'] }]] }, 'arn:eu-west-2:eu.x'],
  ['a looked up list, in the place of its element', { Resource: ['c', { 'Fn::FindInMap': ['Table', REGION, 'list'] }] }, { Resource: ['c', 'a', 'b'] }],
  ['a looked up list, alone', { Resource: { 'Fn::FindInMap': ['Table', REGION, 'list'] } }, { Resource: ['a', 'b'] }],
  ['an attribute', { 'Fn::GetAtt': ['Profile', 'Arn'] }, 'arn:profile'],
])('%s are worked out', (_, value, expected) => {
  expect(deployed(TEMPLATE, value, DEPLOYMENT)).toEqual(expected);
});

test.each([
  [{ Ref: 'Bucket' }, 'Ref is not a pseudo parameter: Bucket'],
  [{ 'Fn::GetAtt': ['Other', 'Arn'] }, 'No value was given for the attribute Other.Arn'],
  [{ 'Fn::Sub': '${AWS::Region}' }, 'Intrinsic function is not worked out here: Fn::Sub'],
  [{ 'Fn::FindInMap': ['Table', 'mars-north-1', 'id'] }, 'Template error: Unable to get mapping for Table::mars-north-1::id'],
])('%j is refused', (value, message) => {
  expect(() => deployed(TEMPLATE, value, DEPLOYMENT)).toThrow(new Error(message));
});

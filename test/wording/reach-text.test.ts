import { Geography } from '../../src/catalog/geography';
import { ModelCard } from '../../src/catalog/model-card';
import { anyCaller, callerOf } from '../../src/organization/caller';
import { readOrganization } from '../../src/organization/organization';
import { reachOf } from '../../src/organization/reach';
import { decide } from '../../src/routing/decision';
import { InferenceRouting } from '../../src/routing/inference-routing';
import { barriersOf, barrierText, reachNotes } from '../../src/wording/reach-text';
import { ACCOUNT } from '../kit/stack';
import { withRule } from '../organization/organizations';

const NAME_CALLER = 'Name the caller with --principal.';
const DENY = { Sid: 'S', Effect: 'Deny', Action: 'bedrock:*', Resource: '*' };

function said(file: object, principal?: string) {
  const decision = decide(ModelCard.CLAUDE_HAIKU_4_5, InferenceRouting.geo(Geography.US), 'us-east-1');
  if ('finding' in decision) throw new Error(decision.finding.code);
  const organization = readOrganization(JSON.stringify(file), 'org.json');
  const caller = principal === undefined ? anyCaller(ACCOUNT, 'aws') : callerOf(principal, ACCOUNT);
  const reach = reachOf(organization, { kind: 'invoke', route: decision.route, account: ACCOUNT, caller });
  return { texts: barriersOf(reach).map((shared) => barrierText(shared, NAME_CALLER)), notes: reachNotes(organization, reach, caller) };
}

test.each<[string, object, string[]]>([
  ['Regions that are missing', withRule({ ...DENY, Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } } }), [
    'Statement "S" of "rule" at "OU" denies bedrock:InvokeModel on the model in "us-east-2", "us-west-2": it asks for StringNotEquals aws:RequestedRegion "us-east-1". '
    + 'Add "us-east-2", "us-west-2" to its aws:RequestedRegion, or take bedrock:InvokeModel out of its Action.',
  ]],
  ['Regions and profiles', withRule({
    Effect: 'Deny',
    NotAction: 'iam:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] }, ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/eu.*' } },
  }), [
    'Statement 0 of "rule" at "OU" denies bedrock:InvokeModel on the model in "us-west-2": it asks for StringNotEquals aws:RequestedRegion ["us-east-1","us-east-2"] '
    + 'and ArnNotLike bedrock:InferenceProfileArn "arn:aws:bedrock:*:*:inference-profile/eu.*". Add "us-west-2" to its aws:RequestedRegion, '
    + 'or add the inference profile to its bedrock:InferenceProfileArn, or add bedrock:InvokeModel to its NotAction.',
  ]],
  ['everything', withRule(DENY), [
    'Statement "S" of "rule" at "OU" denies bedrock:InvokeModel on the inference profile in "us-east-1" and on the model in "us-east-1", "us-east-2", "us-west-2". '
    + 'Take bedrock:InvokeModel out of its Action.',
  ]],
  ['who calls', withRule({ ...DENY, Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/Admin' } } }), [
    'Statement "S" of "rule" at "OU" may deny bedrock:InvokeModel on the model in "us-west-2", which depends on aws:PrincipalARN: '
    + 'it asks for ArnNotLike aws:PrincipalARN "arn:aws:iam::*:role/Admin". Name the caller with --principal.',
  ]],
  ['what nobody knows', withRule({ ...DENY, Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }), [
    'Statement "S" of "rule" at "OU" may deny bedrock:InvokeModel on the model in "us-west-2", which depends on aws:SourceVpc: it asks for StringEquals aws:SourceVpc "vpc-1".',
  ]],
  ['no Allow', { levels: [{ name: 'Root', policies: [{ name: 'P', document: { Version: '2012-10-17', Statement: { ...DENY, Effect: 'Allow', Resource: 'arn:aws:bedrock:*::foundation-model/*' } } }] }] }, [
    'No policy at "Root" allows bedrock:InvokeModel on the inference profile in "us-east-1", and each level must. Attach one there that does, such as FullAWSAccess.',
  ]],
])('%s', (_, file, texts) => expect(said(file)).toEqual({ texts, notes: [] }));

test('what a reader must know besides is said', () => {
  const long = withRule({ ...DENY, Resource: Array.from({ length: 500 }, (_, index) => `arn:aws:s3:::bucket-${index}`) });
  expect(said(long, 'arn:aws:sts::111122223333:assumed-role/app/session').notes).toEqual([
    'The ARN of a session does not tell the path of its role: "app" is taken to have none. Name the role itself if it has one.',
    expect.stringMatching(/^Policy "rule" at "OU" is longer than a service control policy may be, got 1\d{4} characters; expected at most 10240\. It is judged as it stands\.$/),
  ]);
  expect(said(withRule(DENY), 'arn:aws:iam::111122223333:role/aws-service-role/x/y')).toEqual(
    { texts: [], notes: ['Service control policies do not bind a service-linked role.'] });
  expect(said({ ...withRule(DENY), managementAccount: ACCOUNT }).notes).toEqual(['Service control policies do not bind a management account.']);
});

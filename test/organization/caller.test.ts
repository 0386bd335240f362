import { callerOf } from '../../src/organization/caller';

const ACCOUNT = '111122223333';

test.each([
  ['arn:aws:iam::111122223333:role/team/app', 'arn:aws:iam::111122223333:role/team/app', 'AssumedRole', 'absent'],
  ['arn:aws:sts::111122223333:assumed-role/app/session', 'arn:aws:iam::111122223333:role/app', 'AssumedRole', 'absent'],
  ['arn:aws:iam::111122223333:user/ci/deployer', 'arn:aws:iam::111122223333:user/ci/deployer', 'User', ['deployer']],
  ['arn:aws:sts::111122223333:federated-user/me', 'arn:aws:sts::111122223333:federated-user/me', 'FederatedUser', 'absent'],
  ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root', 'Account', 'absent'],
  ['arn:aws-us-gov:sts::111122223333:assumed-role/app/s', 'arn:aws-us-gov:iam::111122223333:role/app', 'AssumedRole', 'absent'],
])('%s calls as %s, a principal of type %s', (arn, principal, type, username) => {
  expect(callerOf(arn, ACCOUNT).keys).toMatchObject({
    'aws:PrincipalArn': [principal], 'aws:PrincipalType': [type], 'aws:PrincipalAccount': [ACCOUNT], 'aws:username': username, 'aws:PrincipalIsAWSService': ['false'],
  });
});

test('a service-linked role is told by its path, and a session keeps its role', () => {
  expect(callerOf('arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R', ACCOUNT).serviceLinked).toBe(true);
  expect(callerOf('arn:aws:iam::111122223333:role/x/aws-service-role', ACCOUNT).serviceLinked).toBe(false);
  expect(callerOf('arn:aws:sts::111122223333:assumed-role/app/session', ACCOUNT).roleOfSession).toBe('app');
});

test.each([
  'app', 'arn:aws:iam::111122223333:role/', 'arn:aws:iam::111122223333:role', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:group/g', 'arn:aws:iam::111122223333:root/x',
  'arn:aws:sts::111122223333:assumed-role/app', 'arn:aws:sts::111122223333:role/app', 'arn:aws:iam::11112222333:role/app', 'bedrock.amazonaws.com', '',
])('%j calls nothing', (arn) => {
  expect(() => callerOf(arn, ACCOUNT)).toThrow(`Principal is not one that can call, got ${JSON.stringify(arn)}; expected the ARN of a role, a user, a session, a federated user or the root user, `
    + 'such as "arn:aws:iam::111122223333:role/app". Name the one who calls.');
});

test('a principal of another account is refused', () => {
  expect(() => callerOf('arn:aws:iam::444455556666:role/app', ACCOUNT)).toThrow(
    'Principal is of another account, got "arn:aws:iam::444455556666:role/app"; expected one of "111122223333", whose policies are asked. Change one of the two.');
});

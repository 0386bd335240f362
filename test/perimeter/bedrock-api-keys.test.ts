import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { BedrockApiKeys } from '../../src';
import { PolicyDocument as Json, PolicySimulator } from '../iam/policy-simulator';
import { thrown } from '../kit/three-ways';

const ALLOW_ALL: Json = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const USER = 'arn:aws:iam::111122223333:user/ann';

/** What a limit leaves of each use of a key, and of making one. */
function left(statements: ReturnType<typeof BedrockApiKeys.denyAll>): Record<string, boolean> {
  const iam = new PolicySimulator(ALLOW_ALL, new PolicyDocument({ statements }).toJSON() as Json);
  const uses = ['bedrock', 'bedrock-mantle'].flatMap((service) => ['SHORT_TERM', 'LONG_TERM'].map((kind) => [
    `${service} ${kind}`, iam.allows({ action: `${service}:CallWithBearerToken`, resource: '*', context: { [`${service}:bearerTokenType`]: kind } }),
  ]));
  const make = (service: string, days?: number) => iam.allows({
    action: 'iam:CreateServiceSpecificCredential',
    resource: USER,
    context: { 'iam:ServiceSpecificCredentialServiceName': service, ...days && { 'iam:ServiceSpecificCredentialAgeDays': String(days) } },
  });
  return {
    ...Object.fromEntries(uses) as Record<string, boolean>,
    'make 30': make('bedrock.amazonaws.com', 30),
    'make 31': make('bedrock.amazonaws.com', 31),
    'make endless': make('bedrock.amazonaws.com'),
    'make for git': make('codecommit.amazonaws.com'),
    'call': iam.allows({ action: 'bedrock:InvokeModel', resource: 'arn:aws:bedrock:eu-west-1::foundation-model/x' }),
  };
}

const ALL = {
  'bedrock SHORT_TERM': true,
  'bedrock LONG_TERM': true,
  'bedrock-mantle SHORT_TERM': true,
  'bedrock-mantle LONG_TERM': true,
  'make 30': true,
  'make 31': true,
  'make endless': true,
  'make for git': true,
  'call': true,
};

test('what each limit denies is what its name says, at both services', () => {
  const none = { 'make 30': false, 'make 31': false, 'make endless': false };
  expect(left(BedrockApiKeys.denyAll())).toEqual({
    ...ALL, ...none, 'bedrock SHORT_TERM': false, 'bedrock LONG_TERM': false, 'bedrock-mantle SHORT_TERM': false, 'bedrock-mantle LONG_TERM': false,
  });
  expect(left(BedrockApiKeys.denyLongTerm())).toEqual({ ...ALL, ...none, 'bedrock LONG_TERM': false, 'bedrock-mantle LONG_TERM': false });
  expect(left(BedrockApiKeys.denyOlderThan(Duration.days(30)))).toEqual({ ...ALL, 'make 31': false, 'make endless': false });
});

test('every statement has a name of its own', () => {
  const all = [...BedrockApiKeys.denyAll(), ...BedrockApiKeys.denyOlderThan(Duration.days(90))].map(({ sid }) => sid);
  expect(all).toEqual(['DenyMakingApiKeys', 'DenyApiKeys', 'DenyApiKeysThatLastLonger', 'DenyApiKeysThatNeverExpire']);
  expect(BedrockApiKeys.denyLongTerm().map(({ sid }) => sid)).toEqual(['DenyMakingApiKeys', 'DenyLongTermApiKeys', 'DenyLongTermApiKeysOnMantle']);
});

test('a longer age than a key can have', () => {
  expect(thrown(() => BedrockApiKeys.denyOlderThan(Duration.days(40_000)))).toBe(
    'maxAge is not an age that a key can have, got "Duration.days(40000)"; expected whole days, from 1 to 36,600. Pass, for example, Duration.days(30).');
  expect(thrown(() => BedrockApiKeys.denyOlderThan(30 as unknown as Duration))).toBe('maxAge is not a Duration, got 30; expected a Duration such as Duration.seconds(30). It cannot be left out.');
});

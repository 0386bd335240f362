import { availabilityChecks } from '../../src/live/access-check';
import { failureOf } from '../../src/live/failure';
import { remedyFor } from '../../src/live/remedy';
import { accessDenied } from '../stand-ins/bedrock-control';

const ACTION = 'bedrock:ListInferenceProfiles';
const USER = `User: arn:aws:iam::111122223333:user/tester is not authorized to perform: ${ACTION}`;
const ORGANIZATION = `A policy of the organization does not let ${ACTION} through: its administrators must allow it there. A policy of this account cannot.`;

/** The forms of IAM's messages, by https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
test.each([
  [`${USER} because no identity-based policy allows the ${ACTION} action`, `Allow ${ACTION} to this principal, then ask again.`],
  [`${USER} with an explicit deny in an identity-based policy`, `A policy of this principal denies ${ACTION}: narrow that statement, then ask again.`],
  [`${USER} because no service control policy allows the ${ACTION} action`, ORGANIZATION],
  [`${USER} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-a1/service_control_policy/p-b2`, ORGANIZATION],
  [`${USER} with an explicit deny in a resource control policy`, ORGANIZATION],
  [`${USER} because no permissions boundary allows the ${ACTION} action`,
    `The permissions boundary of this principal does not let ${ACTION} through: allow it in the boundary as well, then ask again.`],
  [`${USER} with an explicit deny in a permissions boundary`,
    `The permissions boundary of this principal does not let ${ACTION} through: allow it in the boundary as well, then ask again.`],
  [`${USER} because no session policy allows the ${ACTION} action`,
    `The session policy of these credentials does not let ${ACTION} through: start a session whose policy allows it, then ask again.`],
  [`${USER} because no VPC endpoint policy allows the ${ACTION} action`, `The policy of the VPC endpoint does not let ${ACTION} through: allow it there, then ask again.`],
  [`${USER} with an explicit deny in a VPC endpoint policy`, `The policy of the VPC endpoint does not let ${ACTION} through: allow it there, then ask again.`],
  [`${USER} with an explicit deny in a resource-based policy`, `The policy of the resource does not let ${ACTION} through: its owner must allow it there.`],
  ['User: x is not authorized to perform: aws-marketplace:Subscribe on resource: * with an explicit deny in a service control policy',
    'A policy of the organization does not let aws-marketplace:Subscribe through: its administrators must allow it there. A policy of this account cannot.'],
  ['User: x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-2:111122223333:key/k', 'Allow kms:Decrypt to this principal, then ask again.'],
  ['Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided.',
    'Give the account a valid payment method in the Billing console, and ask again some minutes later: the model is sold through AWS Marketplace.'],
  ['Model use case details have not been submitted for this account.',
    'Submit the use-case form once for the account: PutUseCaseForModelAccess, or the model catalog in the console.'],
  ['Operation not allowed', 'AWS has not opened Amazon Bedrock to this account: ask AWS Support.'],
  ['This model version has reached the end of its life.', 'This model version has reached its end of life: call its successor.'],
  ['User: x is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action',
    'The trust policy of the role does not let sts:AssumeRole through: let it trust this principal, with the external ID if it asks for one.'],
  ['User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r',
    'Allow sts:AssumeRole on that role to this principal, and let the trust policy of the role trust this principal, with the external ID if it asks for one; then ask again.'],
  [USER, undefined],
  ['You are not welcome.', undefined],
])('%s', (message, remedy) => {
  expect(remedyFor(message, ACTION)).toBe(remedy);
});

test('a denied question is advised by what denied it', () => {
  const denied = (text: string) => failureOf(
    Object.assign(new Error(text), { name: 'AccessDeniedException' }), ACTION, { region: 'eu-west-2', credentialsWork: true }).advice;
  expect(denied(`${USER} with an explicit deny in a service control policy`)).toBe(ORGANIZATION);
  expect(denied(accessDenied(ACTION).message)).toBe(`Allow ${ACTION} to this principal, then ask again.`);
});

test('an agreement that lacks a payment method is advised so', () => {
  const access = { agreement: 'ERROR', agreementError: 'No payment method', authorization: 'AUTHORIZED', entitlement: 'AVAILABLE', region: 'AVAILABLE' };
  expect(availabilityChecks({ value: access }, 'prod-1')[1]).toMatchObject({
    answer: 'ERROR: No payment method',
    advice: 'Give the account a valid payment method in the Billing console, and ask again some minutes later: the model is sold through AWS Marketplace.',
  });
});

test('what is no answer of AWS is told apart by its status, and the SDK\'s remarks are not passed on', () => {
  const page = (statusCode: number) => Object.assign(new SyntaxError('Unexpected token \'<\' Deserialization error: to see the raw response, inspect {error}.$response'), { $response: { statusCode } });
  const failed = (error: unknown) => failureOf(error, ACTION, { region: 'eu-west-2', credentialsWork: true });
  expect(failed(page(502))).toEqual({
    kind: 'service-error',
    action: ACTION,
    region: 'eu-west-2',
    message: `${ACTION} in eu-west-2: HTTP 502 with something that is not an answer of AWS`,
    advice: 'The service, or a proxy before it, failed: ask again later, and check proxy and VPC endpoints if this persists.',
  });
  expect(failed(page(200))).toMatchObject({
    kind: 'unknown-error',
    message: `${ACTION} in eu-west-2: HTTP 200 with something that is not an answer of AWS`,
    advice: 'Something else answered in place of AWS: check proxy, firewall, sign-in page of the network and AWS_ENDPOINT_URL, then ask again.',
  });
  expect(failed(Object.assign(new Error('UnknownError'), { name: 'Unknown', $metadata: { httpStatusCode: 302 } })).message).toContain('HTTP 302 with something');
  expect(failed(Object.assign(new Error('no'), { name: 'NewFault', $metadata: { httpStatusCode: 503 } })).kind).toBe('service-error');
});

test('a message of any length is passed on in part', () => {
  const { message } = failureOf(new Error('x'.repeat(1_000_000)), ACTION, { region: 'eu-west-2', credentialsWork: true });
  expect(message.length).toBeLessThan(600);
});

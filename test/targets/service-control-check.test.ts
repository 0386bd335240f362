import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting, ServiceControlPolicies } from '../../src';
import { ACCOUNT, stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';
import { Statement, withRule } from '../organization/organizations';

let folder: string;
beforeAll(() => folder = mkdtempSync(join(tmpdir(), 'scp-')));
afterAll(() => rmSync(folder, { recursive: true }));

const DENY = { Sid: 'S', Effect: 'Deny', Action: 'bedrock:*', Resource: '*' };
const regions = (...allowed: string[]): Statement => ({ ...DENY, Condition: { StringNotEquals: { 'aws:RequestedRegion': allowed } } });
const ADMIN = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } };

function policies(statement: Statement, principalArn?: string): ServiceControlPolicies {
  const file = join(folder, 'org.json');
  writeFileSync(file, JSON.stringify(withRule(statement)));
  return ServiceControlPolicies.fromFile(file, { principalArn });
}

function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

test('a profile that they block stops synthesis, with the statement and what to change', () => {
  const serviceControlPolicies = policies(regions('us-east-1', 'us-east-2'));
  expect(thrown(() => new CrossRegionInferenceProfile(stackIn('us-east-1'), 'Haiku', { serviceControlPolicies }))).toBe(
    `The service control policies of ${join(folder, 'org.json')} block Claude Haiku 4.5 from "us-east-1". Statement "S" of "rule" at "OU" denies bedrock:InvokeModel `
    + 'on the model in "us-west-2": it asks for StringNotEquals aws:RequestedRegion ["us-east-1","us-east-2"]. Add "us-west-2" to its aws:RequestedRegion, or take bedrock:InvokeModel out of its Action.');
});

test('a profile that they let through is made without a word', () => {
  const stack = stackIn('us-east-1');
  new CrossRegionInferenceProfile(stack, 'Haiku', { serviceControlPolicies: policies(regions('us-east-1', 'us-east-2', 'us-west-2')) });
  expect(warnings(stack)).toEqual([]);
});

test('by an inference profile ID it is asked as well', () => {
  const options = { serviceControlPolicies: policies(regions('us-east-1')) };
  expect(thrown(() => CrossRegionInferenceProfile.fromInferenceProfileId(stackIn('us-east-1'), 'H', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', options)))
    .toContain('on the model in "unspecified"');
});

test('who calls decides, and unless it is named the answer is a warning', () => {
  const spared: Statement = { ...regions('us-east-1'), Condition: { ...regions('us-east-1').Condition as object, ...ADMIN } };
  const make = (principalArn?: string) => {
    const stack = stackIn('us-east-1');
    new CrossRegionInferenceProfile(stack, 'Haiku', { serviceControlPolicies: policies(spared, principalArn) });
    return warnings(stack);
  };
  expect(make(`arn:aws:iam::${ACCOUNT}:role/Admin`)).toEqual([]);
  expect(thrown(() => make(`arn:aws:iam::${ACCOUNT}:role/app`))).toContain('denies bedrock:InvokeModel on the model in "us-east-2", "us-west-2"');
  expect(make()).toEqual([
    `It is not known whether the service control policies of ${join(folder, 'org.json')} block Claude Haiku 4.5 from "us-east-1". Statement "S" of "rule" at "OU" may deny bedrock:InvokeModel `
    + 'on the model in "us-east-2", "us-west-2", which depends on aws:PrincipalArn: it asks for StringNotEquals aws:RequestedRegion "us-east-1" and ArnNotLike aws:PrincipalArn "arn:aws:iam::*:role/Admin". '
    + 'Name the caller: pass its ARN as principalArn to ServiceControlPolicies.fromFile(...). [ack: cdk-bedrock-haiku:CrossRegionInferenceProfile.serviceControlPoliciesUnknown]',
  ]);
});

test('streaming that alone is blocked is a warning: not every app streams', () => {
  const stack = stackIn('us-east-1');
  new CrossRegionInferenceProfile(stack, 'Haiku', { serviceControlPolicies: policies({ ...DENY, Action: 'bedrock:InvokeModelWithResponseStream', Resource: 'arn:aws:bedrock:us-west-2::foundation-model/*' }) });
  expect(warnings(stack)).toEqual([
    `The service control policies of ${join(folder, 'org.json')} block streaming of Claude Haiku 4.5 from "us-east-1". Statement "S" of "rule" at "OU" denies bedrock:InvokeModelWithResponseStream `
    + 'on the model in "us-west-2". Take bedrock:InvokeModelWithResponseStream out of its Action. [ack: cdk-bedrock-haiku:CrossRegionInferenceProfile.serviceControlPoliciesBlock]',
  ]);
});

test('where the Region is known only at deploy time, the Regions that are blocked are named, and all of them stop synthesis', () => {
  const agnostic = (statement: Statement, allowedRegions?: string[]) => {
    const stack = new Stack(new App(), 'Stack');
    new CrossRegionInferenceProfile(stack, 'Haiku', { serviceControlPolicies: policies(statement), allowedRegions });
    return warnings(stack);
  };
  const us = ['us-east-1', 'us-east-2', 'us-west-2'];
  expect(agnostic({ ...DENY, Resource: 'arn:aws:bedrock:ca-central-1::foundation-model/*' })).toEqual([expect.stringContaining('block Claude Haiku 4.5 from "ca-central-1". Statement "S"')]);
  expect(agnostic({ ...DENY, Resource: 'arn:aws:bedrock:ca-central-1::foundation-model/*' }, us)).toEqual([]);
  expect(thrown(() => agnostic(regions('us-east-1'), us))).toContain('block Claude Haiku 4.5 from "us-east-1", "us-east-2", "us-west-2". Statement "S"');
  // The account is not known either.
  expect(agnostic({ ...DENY, Resource: 'arn:aws:bedrock:us-east-1:444455556666:inference-profile/*' }, us)).toEqual([expect.stringContaining('which depends on AWS::AccountId')]);
});

test('an application inference profile is judged by its own ARN', () => {
  const make = (statement: Statement) => {
    const stack = stackIn('us-east-1');
    const copyFrom = new CrossRegionInferenceProfile(stack, 'Haiku');
    new ApplicationInferenceProfile(stack, 'Team', { copyFrom, serviceControlPolicies: policies(statement) });
    return warnings(stack);
  };
  // The system-defined one is not called.
  expect(make({ ...DENY, Resource: 'arn:aws:bedrock:*:*:inference-profile/*' })).toEqual([]);
  expect(thrown(() => make({ ...DENY, Resource: 'arn:aws:bedrock:*:*:application-inference-profile/*' }))).toContain('denies bedrock:InvokeModel on the inference profile in "us-east-1"');
  expect(make({ ...DENY, Resource: `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/a1` })).toEqual([expect.stringContaining('which depends on the ID of the application inference profile')]);
  // AWS does not say whose ARN the key holds.
  expect(make({ ...DENY, Resource: 'arn:aws:bedrock:*::foundation-model/*', Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:application-inference-profile/*' } } }))
    .toEqual([expect.stringContaining('which depends on bedrock:InferenceProfileArn')]);
});

test('global inference asks for the check without a Region', () => {
  const routing = InferenceRouting.globalCrossRegion();
  const make = (...allowed: string[]) => new CrossRegionInferenceProfile(stackIn('us-east-1'), 'Haiku', { routing, serviceControlPolicies: policies(regions(...allowed)) });
  expect(thrown(() => make('us-east-1', 'us-east-2'))).toContain('Add "unspecified" to its aws:RequestedRegion');
  expect(make('us-east-1', 'unspecified').modelId).toBe('global.anthropic.claude-haiku-4-5-20251001-v1:0');
});

test('what is no set of policies is refused', () => {
  expect(thrown(() => new CrossRegionInferenceProfile(stackIn('us-east-1'), 'Haiku', { serviceControlPolicies: 'org.json' as never }))).toBe(
    'serviceControlPolicies are not ServiceControlPolicies, got "org.json"; expected ServiceControlPolicies.fromFile(...). Change it, or leave serviceControlPolicies out.');
  expect(thrown(() => policies(DENY, 'me'))).toContain('Principal is not one that can call, got "me"');
  expect(thrown(() => new CrossRegionInferenceProfile(stackIn('us-east-1'), 'Haiku', { serviceControlPolicies: policies(DENY, 'arn:aws:iam::444455556666:role/app') })))
    .toContain('Principal is of another account, got "arn:aws:iam::444455556666:role/app"');
});

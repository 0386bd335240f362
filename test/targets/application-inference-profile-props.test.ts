import { Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ApplicationInferenceProfile, ApplicationInferenceProfileProps, CrossRegionInferenceProfile } from '../../src';
import { ACCOUNT } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const env = { account: ACCOUNT, region: 'eu-west-2' };

function profile(scope: Construct, props: Partial<ApplicationInferenceProfileProps>): ApplicationInferenceProfile {
  return new ApplicationInferenceProfile(scope, 'Team', { copyFrom: new CrossRegionInferenceProfile(scope, 'Haiku'), ...props });
}

function properties(props: Partial<ApplicationInferenceProfileProps>): Record<string, unknown> {
  const stack = new Stack(new App(), 'Stack', { env });
  profile(stack, props);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::ApplicationInferenceProfile'));
  return resource.Properties as Record<string, unknown>;
}

test.each(['a', 'a'.repeat(64), 'Team Search', 'team_search-1', 'a-'])('the name "%s" is accepted', (inferenceProfileName) => {
  expect(properties({ inferenceProfileName }).InferenceProfileName).toBe(inferenceProfileName);
});

test.each([
  ['65 characters', 'a'.repeat(65), 65], ['a slash', 'team/search', 11], ['two specials in a row', 'team--search', 12], ['two different specials', 'team _search', 12],
  ['a special first', '-team', 5], ['nothing in it', '', 0], ['a letter of another script', 'équipe', 6], ['a line break at its end', 'team\n', 5],
])('a name with %s is an error', (_, inferenceProfileName, characters) => {
  expect(failures((scope) => profile(scope, { inferenceProfileName }), env)).toEqual(everywhere(
    `inferenceProfileName is not valid, got ${JSON.stringify(inferenceProfileName)} (${characters} characters); expected 1 to 64 letters, digits, spaces, "_" and "-", `
    + 'starting with a letter or digit and with no two of the last three in a row. Shorten or respell it, or leave it out for a generated name.'));
});

test('a name and a description that are tokens are accepted unmeasured', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const text = new CfnParameter(stack, 'Text').valueAsString;
  profile(stack, { inferenceProfileName: text, description: text });
  Template.fromStack(stack).hasResourceProperties('AWS::Bedrock::ApplicationInferenceProfile', { InferenceProfileName: { Ref: 'Text' }, Description: { Ref: 'Text' } });
});

test.each([1, 200])('a description of %i characters is accepted', (length) => {
  expect(properties({ description: 'd'.repeat(length) }).Description).toBe('d'.repeat(length));
});

test.each(['', 'd'.repeat(201), 'Haiku (search)', 'two  spaces', ' leading'])('the description %p is an error', (description) => {
  expect(failures((scope) => profile(scope, { description }), env)).toEqual(everywhere(
    `description is not valid, got "${description}" (${description.length} characters); expected 1 to 200 letters, digits, ":", ".", spaces, "_" and "-", `
    + 'with no two of the last three in a row. Shorten or respell it, or leave it out.'));
});

test.each([
  [undefined, 'eu-west-2', '"eu-west-2"', 'the Region of an environment-agnostic stack'],
  ['eu-west-2', 'eu-west-1', '"eu-west-1"', '"eu-west-2"'],
])('a stack in %s cannot copy a profile of %s', (region, sourceRegion, got, expected) => {
  const define = (scope: Construct) => profile(scope, { copyFrom: new CrossRegionInferenceProfile(scope, 'Other', { sourceRegion }) });
  expect(failures(define, { account: env.account, region })).toEqual(everywhere(
    `copyFrom serves another Region than the stack, got ${got}; expected ${expected}, in which the application inference profile is made. `
    + 'Copy a CrossRegionInferenceProfile whose source Region is that of this stack.'));
});

test('a stack of a known Region cannot copy the profile of an environment-agnostic stack', () => {
  const define = (scope: Construct) => profile(scope, { copyFrom: new CrossRegionInferenceProfile(new Stack(scope, 'Agnostic', { env: {} }), 'Haiku') });
  expect(failures(define, env).new).toBe(
    'copyFrom serves another Region than the stack, got the Region of an environment-agnostic stack; expected "eu-west-2", in which the application '
    + 'inference profile is made. Copy a CrossRegionInferenceProfile whose source Region is that of this stack.');
});

test('what is copied must be a cross-Region profile', () => {
  expect(failures((scope) => profile(scope, { copyFrom: 'eu.anthropic.claude' as unknown as CrossRegionInferenceProfile }), env)).toEqual(everywhere(
    'copyFrom is not a CrossRegionInferenceProfile, got "eu.anthropic.claude"; expected the profile to copy. '
    + 'Make a CrossRegionInferenceProfile first, and pass it.'));
});

test.each([
  'arn:aws:bedrock:eu-west-2:111122223333:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  'arn:aws:bedrock:eu-west-2::application-inference-profile/abc', 'abc123', '',
])('"%s" is not the ARN of an application profile', (inferenceProfileArn) => {
  const define = (scope: Construct) => ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(
    scope, 'Imported', { inferenceProfileArn, copyFrom: new CrossRegionInferenceProfile(scope, 'Haiku') });
  expect(failures(define, env)).toEqual(everywhere(
    `inferenceProfileArn is not that of an application inference profile, got "${inferenceProfileArn}"; `
    + 'expected "arn:aws:bedrock:<Region>:<account>:application-inference-profile/<ID>". '
    + 'For a profile that AWS made, use CrossRegionInferenceProfile.fromInferenceProfileId(...).'));
});

test('an imported profile of another Region than the copied one is an error', () => {
  const inferenceProfileArn = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc';
  const define = (scope: Construct) => ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(
    scope, 'Imported', { inferenceProfileArn, copyFrom: new CrossRegionInferenceProfile(scope, 'Haiku') });
  expect(failures(define, env)).toEqual(everywhere(
    `copyFrom serves another Region than the application inference profile, got "eu-west-2"; expected "eu-west-1" as in "${inferenceProfileArn}". `
    + 'Pass the CrossRegionInferenceProfile that was copied: its sourceRegion is the Region of the ARN.'));
});

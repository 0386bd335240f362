import { Template } from 'aws-cdk-lib/assertions';
import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting } from '../../src';
import { everywhere, failures } from '../kit/three-ways';

const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const RULE = {
  Assertions: [{
    Assert: { 'Fn::Contains': [US, { Ref: 'AWS::Region' }] },
    AssertDescription: 'From this Region Claude Haiku 4.5 can run outside us-east-1, us-east-2, us-west-2. '
      + 'Deploy to one of us-east-1, us-east-2, us-west-2, or allow more Regions.',
  }],
};

function rules(stack: Stack): Record<string, unknown> {
  return Template.fromStack(stack).toJSON().Rules as Record<string, unknown>;
}

test.each([undefined, InferenceRouting.geo(Geography.US)])('allowedRegions in an environment-agnostic stack become a rule (routing: %s)', (routing) => {
  const stack = new Stack(new App(), 'Stack');
  new CrossRegionInferenceProfile(stack, 'Haiku', { routing, allowedRegions: US });
  expect(rules(stack)).toMatchObject({ HaikuAllowedRegions61B71361: RULE });
});

test('the rule holds in every other stack that uses the profile, once in each', () => {
  const app = new App();
  const haiku = new CrossRegionInferenceProfile(new Stack(app, 'Owner'), 'Haiku', { allowedRegions: US });
  const other = new Stack(app, 'User');
  new CfnOutput(other, 'Id', { value: haiku.inferenceProfileId });
  new CfnOutput(other, 'Models', { value: Fn.join(',', haiku.foundationModelArns) });
  const unrelated = new Stack(app, 'Unrelated');
  expect(Object.values(rules(other)).filter((rule) => JSON.stringify(rule) === JSON.stringify(RULE))).toHaveLength(1);
  expect(JSON.stringify(Template.fromStack(unrelated).toJSON())).not.toContain('Claude');
});

test('Regions that hold no source Region\'s destinations are an error', () => {
  expect(failures((scope) => new CrossRegionInferenceProfile(scope, 'Haiku', { allowedRegions: ['eu-west-2'] }))).toEqual(everywhere(
    'allowedRegions hold the destinations of no source Region, got ["eu-west-2"]; expected all destinations of at least one source Region '
    + 'of Claude Haiku 4.5 (as of 2026-10). Allow more Regions, or leave allowedRegions out.'));
});

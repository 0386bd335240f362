import { Stack } from 'aws-cdk-lib/core';
import { functionOf, optionsOf } from './stack-with-invoker';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, IInvocableModel, InferenceRouting, InRegionInference, ModelCard } from '../../src';
import { stackIn } from '../kit/stack';

const IN = 'the "in" inference profile of Claude Haiku 4.5 has none. Ask for JSON in the prompt, or with a tool that is not strict.';

function stackWith(region: string | undefined, target: (stack: Stack) => IInvocableModel | undefined): Stack {
  const stack = stackIn(region);
  new HaikuInvoker(stack, 'Invoker', { target: target(stack) });
  return stack;
}

test('in the geography of India the handler is told that there are none', () => {
  expect(optionsOf(stackWith('ap-south-1', () => undefined))).toMatchObject({ structuredOutputsUnsupported: IN });
});

test('an application profile is as its copied profile is', () => {
  const application = (stack: Stack) => new ApplicationInferenceProfile(stack, 'Target', { copyFrom: new CrossRegionInferenceProfile(stack, 'Copied') });
  expect(optionsOf(stackWith('ap-south-1', application))).toMatchObject({ structuredOutputsUnsupported: IN });
  expect(JSON.stringify(optionsOf(stackWith('eu-west-2', application)))).not.toContain('structuredOutputs');
});

test('an imported application profile is as its copied profile is', () => {
  const imported = (stack: Stack) => ApplicationInferenceProfile.fromApplicationInferenceProfileAttributes(stack, 'Target', {
    inferenceProfileArn: `arn:aws:bedrock:${stack.region}:111122223333:application-inference-profile/a1b2c3d4e5f6`,
    copyFrom: new CrossRegionInferenceProfile(stack, 'Copied'),
  });
  expect(optionsOf(stackWith('ap-south-1', imported))).toMatchObject({ structuredOutputsUnsupported: IN });
  expect(JSON.stringify(optionsOf(stackWith('eu-west-2', imported)))).not.toContain('structuredOutputs');
});

test('on bedrock-mantle there are none', () => {
  expect(optionsOf(stackWith('us-east-1', (stack) => new InRegionInference(stack, 'Target')))).toMatchObject({
    structuredOutputsUnsupported: 'bedrock-mantle has none. Call the model through a CrossRegionInferenceProfile.',
  });
});

test.each(['us-east-1', 'eu-west-2', 'ap-northeast-1', 'ap-southeast-2'])('from %s they are there', (region) => {
  expect(JSON.stringify(optionsOf(stackWith(region, () => undefined)))).not.toContain('structuredOutputs');
});

test('through the global profile they are there, from India too', () => {
  const target = (stack: Stack) => new CrossRegionInferenceProfile(stack, 'Target', { routing: InferenceRouting.globalCrossRegion() });
  expect(JSON.stringify(optionsOf(stackWith('ap-south-1', target)))).not.toContain('structuredOutputs');
});

test.each<[boolean | undefined, object]>([
  [false, { structuredOutputsUnsupported: 'Next has none. Ask for JSON in the prompt, or with a tool that is not strict.' }], [true, {}], [undefined, {}],
])('a card that says %p of structured outputs on bedrock-runtime is believed', (structuredOutputs, told) => {
  const { geoRoutes, modelId, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5;
  const limits = { sourceUrl, asOf, contextTokens: 1_000_000, maxOutputTokens: 128_000, structuredOutputs };
  const model = ModelCard.of({ sourceUrl, asOf, name: 'Next', modelId, geoRoutes, limits });
  for (const region of ['eu-west-2', undefined]) {
    const options = optionsOf(stackWith(region, (stack) => new CrossRegionInferenceProfile(stack, 'Target', { model })));
    expect(Object.fromEntries(Object.entries(options as object).filter(([name]) => name.startsWith('structuredOutputs')))).toEqual(told);
  }
});

test.each<[string, (stack: Stack) => IInvocableModel | undefined, string]>([
  ['the default target', () => undefined, 'ClaudeHaiku45SourceGeography'],
  ['India', (stack) => new CrossRegionInferenceProfile(stack, 'Target', { routing: InferenceRouting.geo(Geography.IN) }), 'ClaudeHaiku45GeoIn'],
  [
    'an application profile',
    (stack) => new ApplicationInferenceProfile(stack, 'Target', { copyFrom: new CrossRegionInferenceProfile(stack, 'Copied') }),
    'ClaudeHaiku45SourceGeography',
  ],
])('where the Region is known only at deploy time, the handler is told the profile of %s', (_, target, table) => {
  const { INVOKER_OPTIONS: written, ...variables } = functionOf(stackWith(undefined, target)).Environment.Variables;
  const name = 'INVOKER_OPTION_STRUCTURED_OUTPUTS_UNSUPPORTED_IN_INFERENCE_PROFILE_ID';
  expect(JSON.parse(written as string)).toMatchObject({
    structuredOutputsUnsupportedIn: { geographies: ['in'] },
    variables: [{ path: ['structuredOutputsUnsupportedIn', 'inferenceProfileId'], name }],
  });
  expect(variables[name]).toEqual({ 'Fn::FindInMap': [table, { Ref: 'AWS::Region' }, 'inferenceProfileId'] });
});

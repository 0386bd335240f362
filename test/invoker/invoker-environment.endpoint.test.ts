import { Stack } from 'aws-cdk-lib/core';
import { functionOf, invokerWith } from './stack-with-invoker';
import { HaikuInvoker, HaikuInvokerProps, InRegionInference, InferenceRouting, CrossRegionInferenceProfile } from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

const FIPS = ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1'];
const variablesOf = (props: HaikuInvokerProps, region?: string) => functionOf(Stack.of(invokerWith(props, region))).Environment.Variables;

test('the endpoint settings are the variables that the AWS SDKs read too', () => {
  expect(variablesOf({ fipsEndpoint: true, dualStackEndpoint: true })).toMatchObject({ AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true' });
});

test.each([{}, { fipsEndpoint: false, dualStackEndpoint: false }])('%j leaves the variables out', (props) => {
  expect(Object.keys(variablesOf(props))).not.toEqual(expect.arrayContaining([expect.stringMatching(/^AWS_/)]));
});

test.each(FIPS)('%s has a FIPS endpoint', (region) => {
  expect(variablesOf({ fipsEndpoint: true }, region)).toMatchObject({ MODEL_REGION: region, AWS_USE_FIPS_ENDPOINT: 'true' });
});

test.each(['eu-west-2', 'us-west-1', 'ap-southeast-2'])('%s has none, which is said before anything is deployed', (region) => {
  expect(thrown(() => invokerWith({ fipsEndpoint: true }, region))).toBe(
    `fipsEndpoint is not available in "${region}"; bedrock-runtime has a FIPS endpoint in "us-east-1", "us-east-2", "us-west-2", "ca-central-1", "us-gov-east-1", "us-gov-west-1". `
    + 'Leave fipsEndpoint out, or deploy the stack to one of these Regions.');
});

test('bedrock-mantle has no FIPS endpoint, and is on a dual-stack name already', () => {
  const stack = stackIn('eu-west-1');
  const target = new InRegionInference(stack, 'Target');
  expect(thrown(() => new HaikuInvoker(stack, 'Fips', { target, fipsEndpoint: true }))).toBe(
    'fipsEndpoint is not available on bedrock-mantle, which has no FIPS endpoint. Leave fipsEndpoint out, or call the model through a CrossRegionInferenceProfile.');
  expect(() => new HaikuInvoker(stack, 'DualStack', { target, dualStackEndpoint: true })).not.toThrow();
});

test('in a stack without a Region the function has the setting, and decides when it starts', () => {
  const stack = new Stack();
  new HaikuInvoker(stack, 'Invoker', { target: new CrossRegionInferenceProfile(stack, 'Target', { routing: InferenceRouting.globalCrossRegion() }), fipsEndpoint: true });
  expect(functionOf(stack).Environment.Variables).toMatchObject({ AWS_USE_FIPS_ENDPOINT: 'true' });
});

test.each(['fipsEndpoint', 'dualStackEndpoint'])('%s that is no boolean is refused', (prop) => {
  expect(thrown(() => invokerWith({ [prop]: 'true' }))).toBe(`${prop} is not a boolean, got "true"; expected true or false. Change it, or leave ${prop} out.`);
});

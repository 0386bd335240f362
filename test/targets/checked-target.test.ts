import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, HaikuPreflight, ICrossRegionInferenceProfile, IInvocableModel,
  InferenceEndpoint, InferenceOption, InRegionInference, ModelCard,
} from '../../src';
import { ACCOUNT } from '../kit/stack';
import { everywhere, failures } from '../kit/three-ways';

const env = { account: ACCOUNT, region: 'us-east-1' };
const MODELS = 'expected a CrossRegionInferenceProfile, an ApplicationInferenceProfile or an InRegionInference. ';

function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env });
}

/** What a user might write for the interface, with all that it asks of them. */
class Mine extends Construct implements ICrossRegionInferenceProfile {
  public readonly model = ModelCard.CLAUDE_HAIKU_4_5;
  public readonly inferenceProfileId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
  public readonly inferenceProfileArn = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${this.inferenceProfileId}`;
  public readonly foundationModelArns = [];
  public readonly modelId = this.inferenceProfileId;
  public readonly modelArn = this.inferenceProfileArn;
  public readonly inferenceOption = InferenceOption.GEO;
  public readonly endpoint = InferenceEndpoint.BEDROCK_RUNTIME;
  public readonly sourceRegion = 'us-east-1';
  public readonly grants = new CrossRegionInferenceProfile(this, 'Profile').grants;
}

/** An object with the mark of a class, as a copy of a release that this one cannot read would hand over. */
function marked(name: string, members: object): unknown {
  const type = { [name]: class {} }[name];
  Object.defineProperty(type.prototype, Symbol.for(`cdk-bedrock-haiku.${name}`), { value: true });
  return Object.assign(new type(), members);
}

test.each<[unknown, string]>([
  ['anthropic.claude-haiku-4-5-20251001-v1:0', '"anthropic.claude-haiku-4-5-20251001-v1:0"'],
  [42, '42'],
  [null, 'null'],
  [[], '[]'],
  [{ modelId: 'mine' }, '{"modelId":"mine"}'],
  [CrossRegionInferenceProfile, 'the class CrossRegionInferenceProfile'],
  [ModelCard.CLAUDE_HAIKU_4_5, 'a ModelCard'],
  [marked('InRegionInference', { modelId: 'x', sourceRegion: 'x', grants: {} }),
    'an InRegionInference of another copy of cdk-bedrock-haiku, which this one cannot read (npm ls cdk-bedrock-haiku shows both)'],
])('%p is not a target', (target, shown) => {
  expect(failures((scope) => new HaikuInvoker(scope, 'Invoker', { target: target as IInvocableModel }), env)).toEqual(everywhere(
    `target is not a model that can be called, got ${shown}; ${MODELS}`
    + 'For the ID of an inference profile, use CrossRegionInferenceProfile.fromInferenceProfileId(...).'));
});

test('a model that a user wrote is refused, and told that the interface is not for that', () => {
  expect(failures((scope) => new HaikuInvoker(scope, 'Invoker', { target: new Mine(scope, 'Mine') }), env)).toEqual(everywhere(
    `target is not a model that can be called, got Mine at Stack/Mine; ${MODELS}`
    + 'IInvocableModel is not for implementing, since any release may add to it: make one of these three.'));
});

test.each<[string, string, (scope: Construct) => unknown]>([
  ['copyFrom', 'the profile to copy', (scope) => new ApplicationInferenceProfile(scope, 'Team', { copyFrom: new Mine(scope, 'Mine') })],
  ['target', 'the profile to ask about', (scope) => new HaikuPreflight(scope, 'Preflight', { target: new Mine(scope, 'Mine') })],
])('so is a profile as %s', (prop, expected, define) => {
  expect(failures(define, env)).toEqual(everywhere(
    `${prop} is not a CrossRegionInferenceProfile, got Mine at Stack/Mine; expected ${expected}. `
    + 'ICrossRegionInferenceProfile is not for implementing, since any release may add to it. '
    + 'Make a CrossRegionInferenceProfile first, and pass it.'));
});

test('a class of the user that extends one of ours is taken', () => {
  class Ours extends CrossRegionInferenceProfile {}
  class Ireland extends InRegionInference {}
  const stack = newStack();
  const ours = new Ours(stack, 'Ours');
  expect(new HaikuInvoker(stack, 'Invoker', { target: ours }).target).toBe(ours);
  expect(new HaikuPreflight(stack, 'Preflight', { target: ours }).target).toBe(ours);
  expect(new ApplicationInferenceProfile(stack, 'Team', { copyFrom: ours }).copyFrom).toBe(ours);
  expect(() => new HaikuInvoker(stack, 'Another', { target: new Ireland(stack, 'Ireland', { region: 'us-east-1' }) })).not.toThrow();
});

test('each model says its inference option and its endpoint', () => {
  const stack = newStack();
  const geo = new CrossRegionInferenceProfile(stack, 'Geo');
  const facts = [geo, new ApplicationInferenceProfile(stack, 'Team', { copyFrom: geo }), new InRegionInference(stack, 'InRegion')]
    .map(({ inferenceOption, endpoint }: IInvocableModel) => [inferenceOption, endpoint]);
  expect(facts).toEqual([
    [InferenceOption.GEO, InferenceEndpoint.BEDROCK_RUNTIME], [InferenceOption.GEO, InferenceEndpoint.BEDROCK_RUNTIME],
    [InferenceOption.IN_REGION, InferenceEndpoint.BEDROCK_MANTLE],
  ]);
});

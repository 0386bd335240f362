import { Geography, InferenceOption, InferenceRouter, InferenceRouting, ModelCard } from '../../src';
import { foundationModelArn, inferenceProfileArn, mantleProjectArn } from '../../src/routing/arn';

test('a routing says in words where requests run', () => {
  expect(`${InferenceRouting.geo(Geography.EU)}`).toBe('Geo EU');
  expect(`${InferenceRouting.globalCrossRegion()}`).toBe('Global');
  expect(`${InferenceRouting.sourceGeography()}`).toBe('Geo of the source Region');
});

test('a routing says its inference option: without a geography that is named it is Geo, too', () => {
  expect(InferenceRouting.geo(Geography.EU).inferenceOption).toBe(InferenceOption.GEO);
  const [source, global] = [InferenceRouting.sourceGeography(), InferenceRouting.globalCrossRegion()];
  expect([source.inferenceOption, source.geography]).toEqual([InferenceOption.GEO, undefined]);
  expect([global.inferenceOption, global.geography]).toEqual([InferenceOption.GLOBAL, undefined]);
});

test('an option of another release is not guessed', () => {
  const foreign = Object.defineProperty({ inferenceOption: 'PLANET' }, Symbol.for('cdk-bedrock-haiku.InferenceRouting'), { value: true });
  expect(() => InferenceRouter.route({ model: ModelCard.CLAUDE_HAIKU_4_5, sourceRegion: 'eu-west-2', routing: foreign as unknown as InferenceRouting }))
    .toThrow('routing is not an InferenceRouting, got {"inferenceOption":"PLANET"}; expected InferenceRouting.geo(...)');
});

test.each([['eu', '"eu"'], [undefined, 'undefined'], ['${Token[TOKEN.4]}', '"${Token[TOKEN.4]}"']])('%p is not a Geography', (given, shown) => {
  expect(() => InferenceRouting.geo(given as unknown as Geography)).toThrow(new Error(
    `Geography is not a Geography, got ${shown}; expected Geography.US, EU, AU, JP or IN. `
    + 'A geography decides where data may go, so it must be known at synth time: pass Geography.of(prefix) with a literal prefix.'));
});

test('a routing cannot be changed', () => {
  const routing = InferenceRouting.geo(Geography.EU);
  expect(() => { (routing as unknown as { geography: Geography }).geography = Geography.US; }).toThrow(TypeError);
  expect(routing.geography).toBe(Geography.EU);
});

test.each([['eu-west-2', 'aws'], ['', 'aws'], ['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn'], ['eusc-de-east-1', 'aws-eusc']])(
  'the ARNs of %p are in the partition %s', (region, partition) => {
    expect(foundationModelArn(region, 'm')).toBe(`arn:${partition}:bedrock:${region}::foundation-model/m`);
    expect(inferenceProfileArn(region, '1', 'p')).toBe(`arn:${partition}:bedrock:${region}:1:inference-profile/p`);
    expect(mantleProjectArn(region, '1', 'default')).toBe(`arn:${partition}:bedrock-mantle:${region}:1:project/default`);
  });

import { Geography, InferenceRouting, ModelCard, ModelCatalog } from '../../src';
import { bareModelStatements, routeStatements } from '../../src/policy/invoke-statements';
import { policyDocument } from '../../src/policy/statement';
import { foundationModelArn } from '../../src/routing/arn';
import { decide, decideInRegion } from '../../src/routing/decision';
import { DOCUMENTED_MODELS, DocumentedModel } from '../fixtures/documented-models';
import { INVOKE_ACTIONS } from '../iam/inference-call';
import { AuthorizationRequest, PolicySimulator } from '../iam/policy-simulator';
import { ACCOUNT } from '../kit/stack';

/** A way to call a model through a profile, written out from the documents. */
interface Documented { readonly prefix: string; readonly source: string; readonly destinations: string[]; readonly partition: string }

function waysOf({ profiles, govCloud, globalSources }: DocumentedModel): Documented[] {
  return [
    ...profiles.flatMap(({ prefix, routes }) => routes.map((route) => ({ prefix, ...route, partition: 'aws' }))),
    ...(govCloud?.routes ?? []).map((route) => ({ prefix: 'us-gov', ...route, partition: 'aws-us-gov' })),
    ...globalSources.map((source) => ({ prefix: 'global', source, destinations: [source, ''], partition: 'aws' })),
  ];
}

function simulate(card: ModelCard, { prefix, source }: Documented): PolicySimulator {
  const routing = prefix === 'global' ? InferenceRouting.globalCrossRegion() : InferenceRouting.geo(Geography.of(prefix));
  const decision = decide(card, routing, source);
  if ('finding' in decision) throw new Error(decision.finding.code);
  return new PolicySimulator(policyDocument(routeStatements(decision.route, ACCOUNT)));
}

const modelIn = (region: string, { ids: { runtime } }: DocumentedModel, partition: string) => `arn:${partition}:bedrock:${region}::foundation-model/${runtime}`;

describe.each(DOCUMENTED_MODELS)('%s', (_, documented) => {
  const card = ModelCatalog.require(documented.name);
  const ways = waysOf(documented);

  test('from each source Region the documented calls are allowed, and no others', () => {
    const regions = [...new Set(ways.flatMap(({ source, destinations }) => [source, ...destinations]))];
    for (const way of ways) {
      const { prefix, source, destinations, partition } = way;
      const iam = simulate(card, way);
      const named = `arn:${partition}:bedrock:${source}:${ACCOUNT}:inference-profile/${prefix}.${documented.ids.runtime}`;
      const through = (region: string, key?: string): AuthorizationRequest => ({
        action: INVOKE_ACTIONS[0],
        resource: modelIn(region, documented, partition),
        context: { 'aws:RequestedRegion': region === '' ? 'unspecified' : region, 'bedrock:InferenceProfileArn': key },
      });
      const needed = INVOKE_ACTIONS.flatMap((action) => [
        { action, resource: named, context: { 'aws:RequestedRegion': source } }, ...destinations.map((region) => ({ ...through(region, named), action })),
      ]);
      expect(needed.filter((request) => !iam.allows(request))).toEqual([]);
      const others = [
        ...regions.filter((region) => !destinations.includes(region)).map((region) => through(region, named)),
        ...destinations.flatMap((region) => [through(region), through(region, named.replace(prefix, 'apac'))]),
        { action: INVOKE_ACTIONS[0], resource: named.replace(prefix, 'apac'), context: { 'aws:RequestedRegion': source } },
        { ...through(source, named), resource: modelIn(source, { ...documented, ids: { ...documented.ids, runtime: 'anthropic.other' } }, partition) },
      ];
      expect(others.filter((request) => iam.allows(request))).toEqual([]);
    }
  });

  test('by its own ID the model is called on bedrock-runtime where that is documented, directly and in that Region alone', () => {
    const regions = [...documented.globalSources, 'us-gov-west-1'];
    const served = regions.filter((region) => !('finding' in decideInRegion(card, region, 'bedrock-runtime')));
    expect(served.sort()).toEqual([...documented.inRegion.runtime].sort());
    const onMantle = regions.filter((region) => !('finding' in decideInRegion(card, region, 'bedrock-mantle')));
    expect(onMantle.sort()).toEqual([...documented.inRegion.mantle].sort());
    for (const region of served) {
      const iam = new PolicySimulator(policyDocument(bareModelStatements(foundationModelArn(region, card.modelId))));
      const call = (place: string, key?: string) => INVOKE_ACTIONS.map((action) =>
        iam.allows({ action, resource: modelIn(place, documented, 'aws'), context: { 'aws:RequestedRegion': place, 'bedrock:InferenceProfileArn': key } }));
      const through = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/global.${documented.ids.runtime}`;
      expect([call(region), call(region, through), call('us-east-2')]).toEqual([[true, true], [false, false], [false, false]]);
    }
  });
});

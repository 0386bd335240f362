import { Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from '../../src';
import { endpointStatements } from '../../src/policy/endpoint-statements';
import { routeStatements } from '../../src/policy/invoke-statements';
import { scpStatements } from '../../src/policy/scp-statements';
import { policyDocument, Statement } from '../../src/policy/statement';
import { modelArnsOf, Route } from '../../src/routing/route';
import { GEO_ROUTES, GEOGRAPHIES, GLOBAL_SOURCES } from '../fixtures/documented-regions';
import { allChecksOf } from '../iam/inference-call';
import { PolicyDocument, PolicySimulator } from '../iam/policy-simulator';
import { deployed } from '../kit/deployed';
import { ACCOUNT, stackIn } from '../kit/stack';

const routings: Record<string, [InferenceRouting, string[]]> = {
  default: [InferenceRouting.sourceGeography(), GEO_ROUTES.map(({ source }) => source)],
  global: [InferenceRouting.globalCrossRegion(), GLOBAL_SOURCES],
  ...Object.fromEntries(GEOGRAPHIES.map((prefix) =>
    [prefix, [InferenceRouting.geo(Geography.of(prefix)), GEO_ROUTES.filter((row) => row.prefix === prefix).map(({ source }) => source)]])),
};
const CALLS = [...GEO_ROUTES, ...GLOBAL_SOURCES.map((source) => ({ prefix: 'global', source }))].map(({ prefix, source }) => ({ prefix, sourceRegion: source }));

/** The template of a stack that holds what is made of a route, and the route. */
function stackWith(routing: InferenceRouting, made: (route: Route) => unknown, region?: string): { template: Record<string, never>; route: Route } {
  const stack = stackIn(region);
  const { _route: route } = new CrossRegionInferenceProfile(stack, 'Haiku', { routing });
  new CfnPolicy(stack, 'Scp', { name: 'haiku', type: 'SERVICE_CONTROL_POLICY', content: policyDocument(scpStatements(route)) });
  new CfnResource(stack, 'Other', { type: 'AWS::Test::Other', properties: { Made: made(route) } });
  return { template: Template.fromStack(stack).toJSON() as Record<string, never>, route };
}

/** What a property is in a deployment to a Region. */
function inRegion(
  template: Record<string, Record<string, { Properties: Record<string, unknown> }>>, id: string, property: string, region: string): unknown {
  return deployed(template, template.Resources[id].Properties[property], { region, account: ACCOUNT });
}

const everything = (route: Route): unknown => ({
  Id: route.inferenceProfileId,
  Arn: route.inferenceProfileArn(ACCOUNT),
  OwnArn: route.inferenceProfileArn('444455556666'),
  Destinations: route.destinationRegions,
  Models: modelArnsOf(route._reach),
  Requested: route._requestedRegions,
  Others: route._otherProfileArns,
  Endpoint: endpointStatements(routeStatements(route, ACCOUNT)),
});

test.each(Object.entries(routings))('%s: what is made of the route of a deployment is what is made of the route from its Region', (_, [routing, sources]) => {
  const { template } = stackWith(routing, everything);
  for (const source of sources) {
    const known = stackWith(routing, everything, source);
    expect(inRegion(template, 'Other', 'Made', source)).toEqual(inRegion(known.template, 'Other', 'Made', source));
  }
});

test.each(Object.entries(routings))('%s: the service control policy of an environment-agnostic stack decides in each Region as that of a stack in it', (_, [routing, sources]) => {
  const { template } = stackWith(routing, () => 'nothing');
  for (const source of sources) {
    const document = inRegion(template, 'Scp', 'Content', source) as { Statement: Statement[] };
    const known = scpStatements(stackWith(routing, () => 'nothing', source).route);
    expect(document).toEqual(policyDocument(known));
    const [one, other] = [document.Statement, known].map((statements) =>
      new PolicySimulator({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, ...statements] } as PolicyDocument));
    const decisions = (iam: PolicySimulator) => CALLS.map((call) => allChecksOf(call).every((check) => iam.allows(check)));
    expect(decisions(one)).toEqual(decisions(other));
    expect(decisions(one)).toContain(true);
  }
});

test('a stack without a service control policy has no table for one', () => {
  const stack = new Stack(new App(), 'Stack');
  const { _route: route } = new CrossRegionInferenceProfile(stack, 'Haiku');
  new CfnResource(stack, 'Other', { type: 'AWS::Test::Other', properties: { Id: route.inferenceProfileId } });
  const { Mappings, Rules } = Template.fromStack(stack).toJSON();
  expect([Object.keys(Mappings), Object.keys(Rules)]).toEqual([['ClaudeHaiku45SourceGeography'], ['ClaudeHaiku45SourceGeographyRule', 'CheckBootstrapVersion']]);
});

test('the allowed Regions hold where the service control policy alone is', () => {
  const app = new App();
  const profile = new CrossRegionInferenceProfile(new Stack(app, 'Owner'), 'Haiku', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
  const stack = new Stack(app, 'Limits');
  new CfnPolicy(stack, 'Scp', { name: 'haiku', type: 'SERVICE_CONTROL_POLICY', content: policyDocument(scpStatements(profile._route)) });
  const { Rules } = Template.fromStack(stack).toJSON();
  expect(Object.keys(Rules).sort()).toEqual(['CheckBootstrapVersion', 'ClaudeHaiku45SourceGeographyLimitsRule', expect.stringMatching(/^OwnerHaiku\w+AllowedRegions$/)]);
});

test('a card with one profile and without bedrock-mantle needs one statement, in an environment-agnostic stack too', () => {
  const { modelId, geoRoutes, name, sourceUrl, asOf } = ModelCard.CLAUDE_HAIKU_4_5._toProps();
  const model = ModelCard.of({ modelId, name, sourceUrl, asOf, geoRoutes: geoRoutes!.filter(({ geography }) => geography.prefix === 'in') });
  const stack = new Stack(new App(), 'Stack');
  const statements = scpStatements(new CrossRegionInferenceProfile(stack, 'Haiku', { model })._route);
  expect(statements.map(({ Sid }) => Sid)).toEqual(['DenyModelInOtherRegions']);
  new CfnPolicy(stack, 'Scp', { name: 'haiku', type: 'SERVICE_CONTROL_POLICY', content: policyDocument(statements) });
  expect(Object.keys(Template.fromStack(stack).toJSON().Mappings.ClaudeHaiku45SourceGeographyLimits['ap-south-1'])).toEqual(['requestedRegions']);
});

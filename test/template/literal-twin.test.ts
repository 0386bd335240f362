import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, HaikuInvoker, HaikuPreflight, InferenceRouting, InvokerGuardrail } from '../../src';
import { GEO_ROUTES } from '../fixtures/documented-regions';
import { deployed, templateOf } from '../kit/deployed';
import { everyConstruct } from '../kit/every-construct';
import { ACCOUNT, stackIn } from '../kit/stack';
import '../property-seed';

/**
 * What a Region gets of a stack. The ID of a preflight follows what it asks, so that of a token is another one; and the handler is told
 * in another way what the Region does not serve.
 */
function gets(stack: Stack, region: string): unknown {
  const template = templateOf(stack);
  const { Resources, Outputs } = deployed(template, { Resources: template.Resources, Outputs: template.Outputs }, { region }) as typeof template;
  const named = Object.entries({ ...Resources }).map(([id, resource]) => [resource.Type === 'Custom::HaikuPreflight' ? 'Preflight' : id, resource]);
  return JSON.parse(JSON.stringify({ Outputs, Resources: Object.fromEntries(named) as unknown }), (key, value: unknown) => key.startsWith('INVOKER_OPTION') ? undefined : value);
}

test.each(['us-east-1', 'us-east-2', 'us-west-2'])('an environment-agnostic stack with every construct is in %s what a stack of that Region is', (region) => {
  expect(gets(everyConstruct(new App(), 'Stack'), region)).toEqual(gets(everyConstruct(new App(), 'Stack', { account: ACCOUNT, region }), region));
});

const USES: Record<string, (stack: Stack, target: CrossRegionInferenceProfile) => void> = {
  output: (stack, target) => new CfnOutput(stack, 'Arn', { value: target.inferenceProfileArn }),
  grant: (stack, target) => target.grants.invoke(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })),
  counted: (stack, copyFrom) => new ApplicationInferenceProfile(stack, 'Team', { copyFrom }).grants.invoke(new Role(stack, 'Counted', { assumedBy: new ServicePrincipal('ecs.amazonaws.com') })),
  invoker: (stack, target) => new HaikuInvoker(stack, 'Invoker', { target, guardrail: InvokerGuardrail.fromGuardrailId('a1b2', { guardrailVersion: '3', enforce: true }) }),
  preflight: (stack, target) => new HaikuPreflight(stack, 'Preflight', { target }),
};

test('so is one with any uses of a profile, in any Region', () => {
  const region = fc.constantFrom(...GEO_ROUTES.map(({ source }) => source));
  const routing = fc.constantFrom(undefined, InferenceRouting.globalCrossRegion());
  fc.assert(fc.property(region, routing, fc.subarray(Object.keys(USES), { minLength: 1 }), (source, chosen, uses) => {
    const [agnostic, literal] = [undefined, source].map((own) => {
      const stack = stackIn(own);
      const profile = new CrossRegionInferenceProfile(stack, 'Haiku', { routing: chosen });
      for (const use of uses) USES[use](stack, profile);
      return gets(stack, source);
    });
    expect(agnostic).toEqual(literal);
  }), { numRuns: 20 });
});

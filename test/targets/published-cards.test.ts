import { Annotations as Found, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, Geography, HaikuInvoker, HaikuPreflight, InferenceEndpoint, InferenceRouting,
  InRegionInference, InvokerApi, InvokerGuardrail, ModelCatalog, PromptCaching, Sampling, ServiceTier,
} from '../../src';
import { statementsOf } from '../kit/policies';
import { stackIn } from '../kit/stack';

const CARDS = ModelCatalog.cards.map((card) => [card.name, card] as const);
const role = (stack: Stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const warnings = (stack: Stack) => Found.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));

describe.each(CARDS)('%s', (_, model) => {
  test('from each source Region an invoker, an application profile and a preflight are made, in its partition', () => {
    for (const { geography, sourceRegion } of model.geoRoutes) {
      const stack = stackIn(sourceRegion);
      const target = new CrossRegionInferenceProfile(stack, 'Model', { model });
      const application = new ApplicationInferenceProfile(stack, 'Team', { copyFrom: target });
      new HaikuInvoker(stack, 'Invoker', { target });
      new HaikuInvoker(stack, 'Counted', { target: application, api: InvokerApi.CONVERSE });
      new HaikuPreflight(stack, 'Preflight', { target });
      const text = JSON.stringify(Template.fromStack(stack).toJSON());
      expect(target.inferenceProfileId).toBe(`${geography.prefix}.${model.modelId}`);
      expect(text.includes('arn:aws:bedrock:')).toBe(geography.prefix !== 'us-gov');
    }
  });

  test('a stack without a Region has the statements of each that its deployment may be in', () => {
    for (const routing of [InferenceRouting.sourceGeography(), InferenceRouting.globalCrossRegion()]) {
      const made = (region?: string) => {
        const stack = stackIn(region);
        new CrossRegionInferenceProfile(stack, 'Model', { model, routing }).grants.invoke(role(stack));
        return stack;
      };
      const agnostic = made();
      const option = routing.inferenceOption;
      for (const region of model.sourceRegionsOf(option)) expect(statementsOf(agnostic, { region })).toEqual(statementsOf(made(region), { region }));
    }
  });

  test('within a Region it is called where its card has it, at the endpoint that it has there', () => {
    const tables = { [InferenceEndpoint.BEDROCK_MANTLE]: model.inRegionOnMantle, [InferenceEndpoint.BEDROCK_RUNTIME]: model.inRegionOnRuntime };
    for (const endpoint of Object.values(InferenceEndpoint)) {
      for (const region of tables[endpoint]?.regions ?? []) {
        const stack = stackIn(region);
        const target = new InRegionInference(stack, 'Model', { model, endpoint });
        new HaikuInvoker(stack, 'Invoker', { target });
        expect([target.endpoint, Template.fromStack(stack).findResources('AWS::Lambda::Function')]).toEqual([endpoint, expect.anything()]);
      }
    }
  });

  test('what is refused or warned of speaks of this model and of no other', () => {
    const others = ModelCatalog.cards.filter(({ name }) => name !== model.name && !model.name.startsWith(name));
    const texts: string[] = [];
    const refused = (act: (stack: Stack) => unknown, region = 'eu-west-1') => {
      const stack = stackIn(region);
      try {
        act(stack);
      } catch (error) {
        texts.push((error as Error).message);
      }
      texts.push(...warnings(stack));
    };
    const profile = (stack: Stack) => new CrossRegionInferenceProfile(stack, 'Model', { model });
    refused(profile, 'eu-north-9');
    refused(profile, 'sa-east-1');
    refused(profile, 'us-gov-east-1');
    refused((stack) => new CrossRegionInferenceProfile(stack, 'Model', { model, routing: InferenceRouting.geo(Geography.of('apac')) }));
    refused((stack) => new CrossRegionInferenceProfile(stack, 'Model', { model, allowedRegions: ['eu-west-1'] }));
    refused((stack) => CrossRegionInferenceProfile.fromInferenceProfileId(stack, 'Model', model.modelId, { model }));
    refused((stack) => new InRegionInference(stack, 'Model', { model }), 'eu-west-3');
    refused((stack) => new HaikuInvoker(stack, 'I', { target: profile(stack), sampling: Sampling.topP(0.5) }));
    refused((stack) => new HaikuInvoker(stack, 'I', { target: profile(stack), thinkingBudgetTokens: 2_000 }));
    refused((stack) => new HaikuInvoker(stack, 'I', { target: profile(stack), serviceTier: ServiceTier.FLEX }));
    refused((stack) => new HaikuInvoker(stack, 'I', { target: profile(stack), maxTokens: 500_000 }));
    refused((stack) => new HaikuInvoker(stack, 'I', { target: profile(stack), promptCaching: PromptCaching.systemPrompt(), systemPrompt: 'Be brief.' }));
    refused((stack) => new HaikuInvoker(stack, 'I', {
      target: new InRegionInference(stack, 'Model', { model }), guardrail: InvokerGuardrail.fromGuardrailId('abc', { guardrailVersion: '1' }),
    }), model.inRegionOnMantle?.regions[0] ?? 'eu-west-3');
    expect(texts.length).toBeGreaterThan(9);
    // A successor is named on purpose, and the constants of cards in expressions to paste.
    const said = texts.filter((text) => !text.includes(':ModelCard.legacy'));
    for (const { name } of others) expect(said.filter((text) => text.includes(name))).toEqual([]);
  });
});


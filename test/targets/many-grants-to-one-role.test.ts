import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CrossRegionInferenceProfile, Geography, InferenceRouting, ModelCard } from 'cdk-bedrock-haiku';
import { stackIn } from '../kit/stack';

/** IAM's limits, in characters without white space: all inline policies of a role together, and one managed policy. */
const INLINE = 10_240;
const MANAGED = 6_144;

interface Document { readonly Statement: object[] }

/** The documents of the template, and what it declares of each. */
function documents(stack: Stack, type: string): Document[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties.PolicyDocument);
}

function size(document: Document): number {
  return JSON.stringify(document).length;
}

/** A role with one grant for each of so many models. */
function roleOfManyModels(models: number): { stack: Stack; statements: number } {
  const stack = stackIn('us-east-1');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const { sourceUrl, asOf, geoRoutes } = ModelCard.CLAUDE_HAIKU_4_5;
  for (let i = 10; i < 10 + models; i++) {
    const model = ModelCard.of({ name: `Model ${i}`, modelId: `anthropic.model-${i}-v1:0`, sourceUrl, asOf, geoRoutes });
    new CrossRegionInferenceProfile(stack, `Model${i}`, { model, routing: InferenceRouting.geo(Geography.US) }).grants.invoke(role);
  }
  return { stack, statements: 2 * models };
}

/** The most models whose grants fit into the policy of one role. */
function mostInline(): number {
  let models = 1;
  while (documents(roleOfManyModels(models + 1).stack, 'AWS::IAM::ManagedPolicy').length === 0) models++;
  return models;
}

test('a hundred grants of one profile to one role are the two statements of one grant', () => {
  const stack = stackIn('us-east-1');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  for (let i = 0; i < 100; i++) haiku.grants.invoke(role);
  const [document] = documents(stack, 'AWS::IAM::Policy');
  expect(document.Statement).toHaveLength(2);
  expect(size(document)).toBeLessThanOrEqual(1.1 * 1091);
});

test('a hundred profiles of one Region in an environment-agnostic stack repeat no statement and no mapping', () => {
  const stack = new Stack(new App(), 'Stack');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  for (let i = 0; i < 100; i++) new CrossRegionInferenceProfile(stack, `Haiku${i}`).grants.invoke(role);
  expect(documents(stack, 'AWS::IAM::Policy')[0].Statement).toHaveLength(2);
  expect(Object.keys(Template.fromStack(stack).toJSON().Mappings)).toEqual(['ClaudeHaiku45SourceGeography']);
});

test('the last grant that fits stays in the inline policy, within its limit', () => {
  const { stack, statements } = roleOfManyModels(mostInline());
  const inline = documents(stack, 'AWS::IAM::Policy');
  expect(inline.map(size).reduce((sum, next) => sum + next)).toBeLessThanOrEqual(INLINE);
  expect(inline.flatMap(({ Statement }) => Statement)).toHaveLength(statements);
});

test('one grant more splits the policy: each part within its limit, every statement once', () => {
  const { stack, statements } = roleOfManyModels(mostInline() + 1);
  const inline = documents(stack, 'AWS::IAM::Policy');
  const managed = documents(stack, 'AWS::IAM::ManagedPolicy');
  expect(managed.length).toBeGreaterThan(0);
  expect(inline.map(size).reduce((sum, next) => sum + next)).toBeLessThanOrEqual(INLINE);
  expect(Math.max(...managed.map(size))).toBeLessThanOrEqual(MANAGED);
  const all = [...inline, ...managed].flatMap(({ Statement }) => Statement).map((statement) => JSON.stringify(statement));
  expect(all).toHaveLength(statements);
  expect(new Set(all).size).toBe(statements);
});

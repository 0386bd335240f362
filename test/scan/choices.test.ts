import { policyDocument } from './templates';
import { readPolicyDocument } from '../../src/iam/policy-document';
import { choicesOf } from '../../src/scan/choices';

const names = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
const choices = (conditions: Record<string, string[]>) => choicesOf([
  readPolicyDocument(policyDocument([{ Action: 'bedrock:*', Resource: '*', Condition: { StringEquals: conditions } }])),
]);

test('a caller may set all that the policies speak of, and nothing', () => {
  const found = choices({ 'bedrock:GuardrailIdentifier': names('guardrail', 60), 'bedrock:ServiceTier': ['default', 'reserved'] });
  expect(found).toHaveLength(61 * 3);
  expect(found[0]).toEqual({ 'bedrock:guardrailidentifier': 'absent', 'bedrock:servicetier': 'absent', 'bedrock:projectarn': 'absent' });
});

test('of lists that would be put together in far too many ways the first values stand for the others', () => {
  const found = choices({ 'bedrock:GuardrailIdentifier': names('guardrail', 60), 'bedrock:ServiceTier': names('tier', 60), 'bedrock:ProjectArn': names('project', 60) });
  expect(found).toHaveLength(1000);
  expect(found).toContainEqual({ 'bedrock:guardrailidentifier': ['guardrail-8'], 'bedrock:servicetier': ['tier-8'], 'bedrock:projectarn': ['project-8'] });
});

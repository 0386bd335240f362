import { App, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { OpsItemSeverity, SsmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CrossRegionInferenceProfile, Escalation, EscalationTrigger, HaikuInvoker, ModelCard } from 'cdk-bedrock-haiku';

/** What a receipt comes to: the answer's text must be JSON that fits this. */
const RECEIPT = {
  type: 'object',
  properties: {
    merchant: { type: 'string', minLength: 1 },
    date: { type: 'string', format: 'date' },
    currency: { enum: ['EUR', 'GBP', 'CHF'] },
    total: { type: 'number', minimum: 0 },
    confidence: { type: 'number', minimum: 0, maximum: 1 },
  },
  required: ['merchant', 'date', 'currency', 'total', 'confidence'],
  additionalProperties: false,
};

export const app = new App();
const stack = new Stack(app, 'Escalation', { env: { account: '111122223333', region: 'eu-west-1' } });

// In the same geography as the function's own target: synthesis fails for a rung that may run elsewhere.
const sonnet = new CrossRegionInferenceProfile(stack, 'Sonnet', { model: ModelCard.CLAUDE_SONNET_4_6 });

// Haiku reads the receipt. Where its answer does not fit, was cut off or is not sure, Sonnet reads it, for 5 cents at most in all.
const receipts = new HaikuInvoker(stack, 'Receipts', {
  systemPrompt: `Answer with JSON alone, which fits this schema: ${JSON.stringify(RECEIPT)}`,
  maxTokens: 512,
  escalation: Escalation.to(sonnet, {
    when: [EscalationTrigger.schemaViolation(RECEIPT), EscalationTrigger.confidenceBelow('confidence', 0.8), EscalationTrigger.maxTokens()],
    maxTokens: 2048,
    maxCost: 0.05,
  }),
});

// One in five is many: the prompt, or the schema, is not what Haiku is good at.
receipts.metricEscalationShare().createAlarm(stack, 'ManyEscalations', {
  threshold: 20,
  evaluationPeriods: 3,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
}).addAlarmAction(new SsmAction(OpsItemSeverity.MEDIUM));

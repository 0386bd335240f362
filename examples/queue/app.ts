import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { BulkRate, HaikuQueue, QueueOutput } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'Tickets', { env: { account: '111122223333', region: 'eu-west-1' } });

// Tickets in, summaries out, at half of the account's quota. A team that sends a million of them does not hold up the others.
new HaikuQueue(stack, 'Summaries', {
  systemPrompt: 'Summarise the ticket in two sentences.',
  maxTokens: 200,
  rate: BulkRate.ofCard(0.5),
  tenantAttribute: 'team',
  output: QueueOutput.eventBus(new EventBus(stack, 'Bus')),
});

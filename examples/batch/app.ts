import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { HaikuBatch } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'Documents', { env: { account: '111122223333', region: 'eu-west-1' } });

// Documents in, summaries out, at half the price of calls. The run starts when the object documents/_COMPLETE is written.
const documents = Bucket.fromBucketName(stack, 'Bucket', 'documents-111122223333');
new HaikuBatch(stack, 'Summaries', {
  input: documents,
  inputPrefix: 'documents/',
  output: documents,
  outputPrefix: 'summaries/',
  maxTokens: 500,
  startWhenComplete: true,
});

import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { HaikuMap } from 'cdk-bedrock-haiku';

export const app = new App();
const stack = new Stack(app, 'Reviews', { env: { account: '111122223333', region: 'eu-west-1' } });

// A million reviews, each a row of CSV with an id and a text: every one of them gets a label, within the account's quotas.
const reviews = Bucket.fromBucketName(stack, 'Bucket', 'reviews-111122223333');
new HaikuMap(stack, 'Labels', {
  input: reviews,
  inputPrefix: 'reviews/',
  output: reviews,
  outputPrefix: 'labels/',
  promptTemplate: 'Is this review good, bad or mixed? Answer with one word.\n\n{{text}}',
  recordIdField: 'id',
  maxTokens: 10,
});

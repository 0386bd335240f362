import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';

/** The runtime of our handlers, by name: the constant came to CDK after the oldest release that this library supports. */
export function nodejs24(): Runtime {
  return new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });
}

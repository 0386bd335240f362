/** The rules of cdk-nag that our resources break with their defaults, each with the reason. There is no other list. */
export const SUPPRESSIONS: Record<string, string> = {
  CloudWatchLogGroupEncrypted: 'CloudWatch Logs encrypts every log group; a key of one\'s own costs money and is the user\'s choice (logEncryption). Prompts are not logged unless logContent says so.',
  IAMNoInlinePolicy: 'grant methods add to a role\'s default policy, as in all of CDK. The statements belong to this one role, and are deleted with it.',
  LambdaConcurrency: 'reserving concurrency takes it away from the account\'s other functions. HaikuInvoker takes reservedConcurrentExecutions.',
  LambdaDLQ: 'a caller that waits gets the error itself. HaikuInvoker takes deadLetterQueue for asynchronous calls.',
  LambdaInsideVPC: 'the function calls public AWS endpoints with signed TLS requests and opens no port. HaikuInvoker takes a vpc.',
  LambdaTracing: 'X-Ray bills per trace. HaikuInvoker takes tracing.',
};

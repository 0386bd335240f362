/** Why a finding stands. */
export interface Suppression {
  readonly reason: string;
  /** Where it stands; anywhere else it is a finding. @default - everywhere */
  readonly only?: RegExp;
}

/** The roles of the functions behind custom resources, and the role that one of them assumes in the example of a central account. */
const CUSTOM_RESOURCES = /\/Handler\/Role\/Resource$|^ModelAccess\/Access\/DefaultPolicy\/Resource$/;

const NO_RESOURCE = 'what the handlers of custom resources ask and set belongs to the account in the Region, and so do traces and log deliveries of state machines: IAM has no resource to name for these actions.';

/** The roles of the state machines over sets, which CDK lets write logs and traces. */
const STATE_MACHINES = /\/Set\/Role\/DefaultPolicy\/Resource$/;

/** The role of the state machine that writes the monthly report. */
const REPORT = /\/Report\/Role\/DefaultPolicy\/Resource$/;

/** What an example brings itself, in place of what its user has. */
const OWN_BUCKET = { reason: 'how the bucket of the reports is kept is for its owner to say: the construct takes any bucket.', only: /^Monitoring\/Reports\/Resource$/ };
const OWN_VPC = { reason: 'the network is the user\'s own: the constructs take any VPC.', only: /^PrivateNetwork\/Vpc\/Resource$/ };

/** The rules of cdk-nag that our resources break with their defaults, each with the reason. There is no other list. */
export const SUPPRESSIONS: Record<string, Suppression> = {
  'CloudWatchAlarmAction': {
    reason: 'who is told of an alarm is for the user to say: ageAlarm and deadLetterAlarm of a HaikuQueue take actions.',
  },
  'CloudWatchLogGroupEncrypted': {
    reason: 'CloudWatch Logs encrypts every log group; a key of one\'s own costs money and is the user\'s choice (logGroupEncryptionKey). Prompts are not logged unless logContent says so.',
  },
  'DynamoDBInBackupPlan': {
    reason: 'the table holds a rate and the answers of one day. It can be restored to any point in time, and nothing in it is worth a backup.',
  },
  'EventBusDLQ': {
    reason: 'an event that is lost costs one poll of a job, or the manifest of a run that was stopped, which a new run writes.',
  },
  'IAMNoInlinePolicy': {
    reason: 'grant methods add to a role\'s default policy, as in all of CDK. The statements belong to this one role, and are deleted with it.',
  },
  'IAM5[Action::s3:Abort*]': { reason: 'CDK\'s grantPut has it, to give up an upload in parts.', only: REPORT },
  'IAM5[Resource::*]': {
    reason: `${NO_RESOURCE} So have the results of a query, the network interfaces of a function in a VPC (CDK's statement) and the use of an API key.`,
    only: new RegExp([CUSTOM_RESOURCES, STATE_MACHINES, REPORT, /^PrivateNetwork\/(?:Invoker\/Role|Developers)\/DefaultPolicy\/Resource$/].map(({ source }) => source).join('|')),
  },
  'IAM5[Resource::arn]': {
    reason: 'the objects below a prefix, the executions of one state machine, the jobs of the account and the network interfaces of a VPC: their names are not known before they are made.',
    only: /\/(?:Set|Resume|JobRole|Report)\/|^PrivateNetwork\/Invoker\/Role\//,
  },
  'LambdaAsyncFailureDestination': {
    reason: 'a call of a shadow that fails is in its log and its metrics, and nobody waits for it.',
    only: /\/Shadow\/Function\//,
  },
  'LambdaConcurrency': {
    reason: 'reserving concurrency takes it away from the account\'s other functions. HaikuInvoker takes reservedConcurrentExecutions.',
  },
  'LambdaDLQ': {
    reason: 'a caller that waits gets the error itself. HaikuInvoker takes deadLetterQueue for asynchronous calls.',
  },
  'LambdaEventSourceMappingDestination': {
    reason: 'a mapping of a queue has no destination: what fails stays in the queue, which has a dead-letter queue.',
  },
  'LambdaInsideVPC': {
    reason: 'the function calls public AWS endpoints with signed TLS requests and opens no port. HaikuInvoker takes a vpc.',
  },
  'LambdaStarPermissions': { reason: NO_RESOURCE, only: CUSTOM_RESOURCES },
  'LambdaTracing': {
    reason: 'X-Ray bills per trace. HaikuInvoker takes tracing.',
  },
  'S1': OWN_BUCKET,
  'S3BucketLoggingEnabled': OWN_BUCKET,
  'S3BucketReplicationEnabled': OWN_BUCKET,
  'S3BucketVersioningEnabled': OWN_BUCKET,
  'S3DefaultEncryptionKMS': OWN_BUCKET,
  'SF1': {
    reason: 'the report runs once a month, and Step Functions keeps the history of a run for 90 days.',
    only: /\/Report\/StateMachine\/Resource$/,
  },
  'SNSEncryptedKMS': { reason: 'the topic is the user\'s own: the alarms take any.', only: /^Monitoring\/Alarms\/Resource$/ },
  'SQSRedrivePolicy': {
    reason: 'a dead-letter queue needs none of its own.',
    only: /\/DeadLetterQueue\/Resource$/,
  },
  'VPC7': OWN_VPC,
  'VPCDefaultSecurityGroupClosed': OWN_VPC,
  'VPCFlowLogsEnabled': OWN_VPC,
};

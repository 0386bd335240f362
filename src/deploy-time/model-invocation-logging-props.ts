import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkKinds, FLAG, listOf, objectWith, oneOf, PropKinds, TEXT as STRING } from '../private/prop-kind';

/**
 * A kind of data that model invocation logs can hold. It is chosen for every model of the account in the Region.
 */
export enum ModelInvocationData {
  /** Text of prompts and answers. */
  TEXT = 'TEXT',
  /** Images. */
  IMAGE = 'IMAGE',
  /** Embeddings. */
  EMBEDDING = 'EMBEDDING',
  /** Video. */
  VIDEO = 'VIDEO',
  /** Audio. */
  AUDIO = 'AUDIO',
}

/**
 * Where model invocation logs go.
 */
export interface ModelInvocationLoggingProps {
  /**
   * The log group that the logs go to, in the account and Region of the stack.
   *
   * @default - a new one, unless `bucket` is given
   */
  readonly logGroup?: ILogGroup;

  /**
   * The bucket that the logs go to, in the account and Region of the stack. Data above 100 KB and images are kept only in a bucket.
   *
   * @default - none
   */
  readonly bucket?: IBucket;

  /**
   * The folder in the bucket, without a slash at the end.
   *
   * @default - none: `AWSLogs/` stands at the top
   */
  readonly keyPrefix?: string;

  /**
   * The key that encrypts the new log group. An alias is one only if the app knows its key.
   *
   * @default - CloudWatch Logs encrypts with a key of its own
   */
  readonly encryptionKey?: IKey;

  /**
   * How long the new log group keeps log events.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * What the logs hold. It counts for every model of the account in the Region.
   *
   * @default [ModelInvocationData.TEXT, ModelInvocationData.IMAGE]
   */
  readonly data?: ModelInvocationData[];

  /**
   * Replace a configuration that is there already, and bring it back when this construct is deleted.
   *
   * @default false - the deployment fails if there is one
   */
  readonly replaceExisting?: boolean;

  /**
   * The role of the configuration that is replaced, if it writes to a log group. It is needed to bring the configuration back.
   *
   * @default - none: a configuration with a role is not replaced
   */
  readonly replacedRole?: IRole;
}

const LOGGING: PropKinds<ModelInvocationLoggingProps> = {
  logGroup: objectWith('a log group', 'a logs.LogGroup', ['logGroupName', 'logGroupArn']),
  bucket: objectWith('a bucket', 'an s3.Bucket', ['bucketName', 'arnForObjects', 'addToResourcePolicy']),
  keyPrefix: STRING,
  encryptionKey: objectWith('a key', 'a kms.Key', ['keyArn', 'addToResourcePolicy']),
  logRetention: oneOf('RetentionDays', RetentionDays, 'a value such as RetentionDays.ONE_MONTH'),
  data: listOf(
    oneOf('ModelInvocationData', ModelInvocationData), 'a list of ModelInvocationData', 'a list such as [ModelInvocationData.TEXT]'),
  replaceExisting: FLAG,
  replacedRole: objectWith('a role', 'an iam.Role', ['roleArn', 'grantPrincipal']),
};

/** Throws if the props contradict each other, or could never be deployed. */
export function checkLoggingProps(props: ModelInvocationLoggingProps): void {
  checkKinds('ModelInvocationLogging', props, LOGGING);
  const { logGroup, bucket, keyPrefix, encryptionKey, logRetention, data, replacedRole, replaceExisting } = props;
  if (data && !Token.isUnresolved(data) && data.length === 0) {
    throw new HaikuError('data is empty, got []; expected at least one ModelInvocationData. Name what the logs should hold, or leave data out.');
  }
  if (keyPrefix !== undefined && !bucket) {
    throw new HaikuError(`keyPrefix is given without bucket, got ${shown(keyPrefix)}; expected both. Pass bucket as well, or leave keyPrefix out.`);
  }
  if (keyPrefix !== undefined && !Token.isUnresolved(keyPrefix) && /^\/|\/$|^$/.test(keyPrefix)) {
    throw new HaikuError(`keyPrefix is not a folder, got ${shown(keyPrefix)}; expected a folder such as "bedrock/logs", without a slash at either end. Leave the slash out.`);
  }
  // What follows goes into policies: the bucket's, and those of the roles that this construct makes.
  if (keyPrefix !== undefined) checkExactArn('keyPrefix', keyPrefix, 'a folder such as "bedrock/logs"');
  if (logGroup) checkExactArn('logGroup', logGroup.logGroupName, 'a log group of one name');
  if (replacedRole) checkExactArn('replacedRole', replacedRole.roleArn, 'the ARN of one role');
  if ((encryptionKey || logRetention !== undefined) && (logGroup || bucket)) {
    throw new HaikuError('encryptionKey and logRetention are for the log group that this construct makes, got a logGroup or bucket as well; '
      + 'expected one or the other. Set the key and the retention where the log group or the bucket is made.');
  }
  if (replacedRole && !replaceExisting) {
    throw new HaikuError('replacedRole is given without replaceExisting; expected both. Set replaceExisting to true, or leave replacedRole out.');
  }
}

const KEPT_AT = Symbol.for('cdk-bedrock-haiku.ModelInvocationLogging');

/** Throws if the app has the configuration of this account and Region already: the second deployment would fail, or replace the first one. */
export function checkOnlyLogging(logging: IConstruct): void {
  Object.defineProperty(logging, KEPT_AT, { value: true });
  const other = logging.node.root.node.findAll()
    .find((construct) => construct !== logging && KEPT_AT in construct && sameEnvironment(construct, logging));
  if (!other) return;
  const { account, region } = Stack.of(logging);
  const where = isKnown(Stack.of(logging)) ? `for account ${account} in ${region}` : 'for the account and Region of one stack';
  throw new HaikuError(
    `There are two ModelInvocationLogging constructs ${where}, got ${shown(other.node.path)} and ${shown(logging.node.path)}; expected one, since an account has one `
    + 'configuration in a Region, which counts for every model. Keep one of the two, with both destinations if both are wanted.');
}

/** Stacks of the same account and Region, or one stack with its nested ones, wherever it goes. */
function sameEnvironment(one: IConstruct, other: IConstruct): boolean {
  const [first, second] = [deployedStack(one), deployedStack(other)];
  return first === second || isKnown(first) && first.account === second.account && first.region === second.region;
}

function isKnown({ account, region }: Stack): boolean {
  return !Token.isUnresolved(account) && !Token.isUnresolved(region);
}

function deployedStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}

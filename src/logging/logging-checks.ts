import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Token } from 'aws-cdk-lib/core';
import { ModelInvocationData } from './model-invocation-data';
import type { ModelInvocationLoggingProps } from './model-invocation-logging';
import { HaikuError, shown } from '../private/errors';
import { checkKinds, FLAG, listOf, objectWith, oneOf, PropKinds, TEXT } from '../private/prop-kind';

const LOGGING: PropKinds<ModelInvocationLoggingProps> = {
  logGroup: objectWith('a log group', 'a logs.LogGroup', ['logGroupName', 'logGroupArn']),
  bucket: objectWith('a bucket', 'an s3.Bucket', ['bucketName', 'arnForObjects', 'addToResourcePolicy']),
  keyPrefix: TEXT,
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
    throw new HaikuError(`keyPrefix has no bucket, got ${shown(keyPrefix)}; expected a bucket beside it. Pass bucket, or leave keyPrefix out.`);
  }
  if (keyPrefix !== undefined && !Token.isUnresolved(keyPrefix) && /^\/|\/$|^$/.test(keyPrefix)) {
    throw new HaikuError(`keyPrefix is not a folder, got ${shown(keyPrefix)}; expected such as "bedrock/logs", without a slash at either end. Leave the slash out.`);
  }
  if ((encryptionKey || logRetention !== undefined) && (logGroup || bucket)) {
    throw new HaikuError('encryptionKey and logRetention are for the log group that this construct makes, got a logGroup or bucket as well; '
      + 'expected one or the other. Set the key and the retention where the log group or the bucket is made.');
  }
  if (replacedRole && !replaceExisting) {
    throw new HaikuError('replacedRole is given without replaceExisting; expected both. Set replaceExisting: true, or leave replacedRole out.');
  }
}

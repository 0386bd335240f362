import { Token } from 'aws-cdk-lib/core';
import type { ModelInvocationLoggingProps } from './model-invocation-logging';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';

/** Throws if the props contradict each other, or could never be deployed. */
export function checkLoggingProps(props: ModelInvocationLoggingProps): void {
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
  // What follows goes into policies: the bucket's, and those of the roles that this construct makes.
  if (keyPrefix !== undefined) checkExactArn('keyPrefix', keyPrefix, 'a folder such as "bedrock/logs"');
  if (logGroup) checkExactArn('logGroup', logGroup.logGroupName, 'a log group of one name');
  if (replacedRole) checkExactArn('replacedRole', replacedRole.roleArn, 'the ARN of one role');
  if ((encryptionKey || logRetention !== undefined) && (logGroup || bucket)) {
    throw new HaikuError('encryptionKey and logRetention are for the log group that this construct makes, got a logGroup or bucket as well; '
      + 'expected one or the other. Set the key and the retention where the log group or the bucket is made.');
  }
  if (replacedRole && !replaceExisting) {
    throw new HaikuError('replacedRole is given without replaceExisting; expected both. Set replaceExisting: true, or leave replacedRole out.');
  }
}

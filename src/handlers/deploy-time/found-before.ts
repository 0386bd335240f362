import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';

const PREFIX = 'model-invocation-logging:';
/** CloudFormation takes 1 KB. */
const LONGEST_ID = 1024;

/**
 * The physical ID of the resource, which holds what was found before it: CloudFormation hands it back for Delete, after a
 * rollback too, so nothing has to be stored anywhere else.
 */
export function physicalIdOf(found: LoggingConfig | undefined): string {
  const id = PREFIX + (found ? deflateRawSync(JSON.stringify(found)).toString('base64url') : 'none');
  if (id.length > LONGEST_ID) {
    throw new Error('The model invocation logging configuration that is there is too long to be kept for later. Delete it first, and deploy again.');
  }
  return id;
}

/** What was found before, read back. */
export function foundBefore(physicalId: string): LoggingConfig | undefined {
  const kept = physicalId.slice(PREFIX.length);
  if (!physicalId.startsWith(PREFIX)) throw new Error(`The physical ID is not one of this resource: ${physicalId}`);
  return kept === 'none' ? undefined : JSON.parse(inflateRawSync(Buffer.from(kept, 'base64url')).toString()) as LoggingConfig;
}

import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { BulkRate } from './bulk-rate';
import { knownToDiffer } from '../construct/tokens';
import { HaikuError, shown } from '../private/errors';
import { checkExactArn } from '../private/exact-arn';
import { checkWholeNumber, JUDGED_ELSEWHERE, NUMBER, objectOf, objectWith, oneOf, PropKinds, required, TEXT } from '../private/prop-kind';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * A set of records in a bucket, what is asked of the model, and where the results go.
 */
export interface BulkSetProps {
  /**
   * The model to call.
   *
   * @default - a CrossRegionInferenceProfile in the geography of the stack's own Region
   */
  readonly target?: IInvocableModel;

  /**
   * The bucket with the records, in the Region of the stack.
   */
  readonly input: IBucket;

  /**
   * Where the records are in the bucket: objects below this prefix that end in `.jsonl`, `.json` or `.csv`. It ends with a slash.
   */
  readonly inputPrefix: string;

  /**
   * The bucket for the results, in the Region of the stack. It also holds the records as they are asked, so prompts.
   */
  readonly output: IBucket;

  /**
   * Where results go in the bucket: each run makes a folder of its own there. It ends with a slash, and is not within the input.
   */
  readonly outputPrefix: string;

  /**
   * The prompt of each row, with `{{field}}` wherever a field of the row belongs. The lines of JSONL are then rows as well.
   *
   * @default - each line is a record with its modelInput; a row of CSV has a field `prompt`
   */
  readonly promptTemplate?: string | undefined;

  /**
   * The field of a row that holds its `recordId`. Goes with promptTemplate.
   *
   * @default - the number of the line
   */
  readonly recordIdField?: string | undefined;

  /**
   * The system prompt of records that bring none.
   *
   * @default - none
   */
  readonly systemPrompt?: string | undefined;

  /**
   * The most output tokens of records that do not say.
   *
   * @default 4096
   */
  readonly maxTokens?: number | undefined;

  /**
   * How fast the model is called on demand, by all workers together. Batch jobs have quotas of their own.
   *
   * @default BulkRate.ofCard() - the default quotas of an account, which the card has
   */
  readonly rate?: BulkRate | undefined;

  /**
   * How many workers may run at a time, 1 to 1,000. Each has ten calls open.
   *
   * @default - as many as the rate keeps busy with calls of ten seconds
   */
  readonly maxConcurrency?: number | undefined;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays | undefined;
}

const BUCKET = required(objectWith('a bucket', 'an s3.Bucket', ['bucketArn', 'bucketName', 'arnForObjects']));

export const SET_PROPS: PropKinds<BulkSetProps> = {
  target: JUDGED_ELSEWHERE,
  input: BUCKET,
  inputPrefix: required(TEXT),
  output: BUCKET,
  outputPrefix: required(TEXT),
  promptTemplate: TEXT,
  recordIdField: TEXT,
  systemPrompt: TEXT,
  maxTokens: NUMBER,
  rate: objectOf('BulkRate', 'BulkRate.ofCard(...) or BulkRate.of(...)', ['_part', '_limits']),
  maxConcurrency: NUMBER,
  logRetention: oneOf('RetentionDays', RetentionDays, 'a value such as RetentionDays.ONE_MONTH'),
};

/** Refuses places that data may not go to, or that would be read again as input. */
export function checkSetProps(scope: IConstruct, props: BulkSetProps): void {
  const { input, output, inputPrefix, outputPrefix } = props;
  const { region } = Stack.of(scope);
  for (const [name, bucket, prefix] of [['input', input, inputPrefix], ['output', output, outputPrefix]] as const) {
    if (!/^[\w!.'()/-]{1,400}\/$/.test(prefix) || prefix.startsWith('/')) {
      throw new HaikuError(`${name}Prefix is not one of objects, got ${shown(prefix)}; expected text that ends with a slash, such as "${name}/". Choose such a prefix.`);
    }
    checkExactArn(name, bucket.bucketArn, 'one bucket');
    if (knownToDiffer(bucket.env.region, region)) {
      throw new HaikuError(
        `${name} is a bucket in another Region, got ${shown(bucket.env.region)}; expected ${shown(region)}, the Region of the stack: records and results would leave the Region that the model is called from. `
        + 'Choose a bucket there, or put this construct into a stack of that Region.');
    }
  }
  // Of two tokens that differ nobody knows; the same one is the same bucket.
  if (input.bucketName === output.bucketName && (outputPrefix.startsWith(inputPrefix) || inputPrefix.startsWith(outputPrefix))) {
    throw new HaikuError(
      `outputPrefix and inputPrefix lie within one another in one bucket, got ${shown(outputPrefix)} and ${shown(inputPrefix)}; expected two that do not, since results would be read as records. `
      + 'Choose another outputPrefix.');
  }
  if (props.recordIdField !== undefined && props.promptTemplate === undefined) {
    throw new HaikuError(`recordIdField is for rows, got ${shown(props.recordIdField)} without promptTemplate; expected both. Records have their own recordId: leave recordIdField out.`);
  }
  checkWholeNumber('maxConcurrency', props.maxConcurrency, [1, 1000], 'Leave it out to have it follow the rate.');
}

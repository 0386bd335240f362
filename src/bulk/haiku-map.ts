import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BulkSet } from './bulk-set';
import { BulkSetProps, checkSetProps, SET_PROPS } from './set-props';
import { checkedGrantee } from '../construct/checked-props';
import { checkRequestDefaults } from '../invoker/request-checks';
import { brand, isBranded } from '../private/brand';
import { checkKinds, checkWholeNumber, NUMBER, PropKinds } from '../private/prop-kind';
import { checkedTarget } from '../targets/checked-target';
import { CrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * A set of records that is asked on demand, and how much of it may fail.
 */
export interface HaikuMapProps extends BulkSetProps {
  /**
   * How many of a hundred batches of 50 records may fail before the run does, from 0 to 100. A record that the model refuses is no failure: its result
   * is an error. A failed run can be redriven for 14 days, and asks only what failed.
   *
   * @default 0
   */
  readonly toleratedFailurePercentage?: number | undefined;
}

const PROPS: PropKinds<HaikuMapProps> = { ...SET_PROPS, toleratedFailurePercentage: NUMBER };

/** What one worker puts together: 100,000 records, or a gigabyte. */
const PART = { records: 100_000, bytes: 1_000_000_000 };

/**
 * A Step Functions Distributed Map that asks the model every record of a set in a bucket, ten thousand or ten million, within the account's
 * quotas: JSONL or CSV in, results and a manifest out.
 *
 * Start it with `grantStartExecution` and any input; `{"again": true}` asks an input that was asked before, `{"resume": "<run>"}` goes on with a
 * run that ended. All records are checked first: where one is wrong, nothing is asked. Each run makes a folder below `outputPrefix`, named after
 * the execution: `results/*.jsonl` in the order of the records, and `manifest.json` with counts, tokens, cost and failures. Every record has
 * exactly one result, an answer or an error, also where the run was stopped.
 *
 * Creates the state machine, two functions with their log groups, roles, a DynamoDB table in which workers keep the rate, and a rule that
 * writes the manifest of a run that was stopped. Besides the model, Step Functions costs about 1 US dollar for a million records, DynamoDB 2.
 *
 * Throws if a prop is not one that the model takes, a bucket is in another Region, or results would be read as records.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export class HaikuMap extends Construct {
  /** Whether a value is a HaikuMap, also one of another installed copy of this package. */
  public static isHaikuMap(value: unknown): value is HaikuMap {
    return isBranded(value, 'HaikuMap');
  }

  /** The model that is called. */
  public readonly target: IInvocableModel;
  /** The state machine. An execution of it is a run. */
  public readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: HaikuMapProps) {
    super(scope, id);
    checkKinds('HaikuMap', props, PROPS);
    const target = props.target === undefined ? undefined : checkedTarget('target', props.target);
    checkSetProps(this, props);
    checkWholeNumber('toleratedFailurePercentage', props.toleratedFailurePercentage, [0, 100], 'Leave it out to have none.');
    this.target = target ?? new CrossRegionInferenceProfile(this, 'Target');
    checkRequestDefaults(this.target.model, props);
    this.stateMachine = new BulkSet(this, 'Set', props, {
      target: this.target,
      part: PART,
      // One part after another: the workers of one are as many as the rate keeps busy.
      partsAtATime: 1,
      toleratedFailurePercentage: props.toleratedFailurePercentage ?? 0,
      statements: [],
    }).stateMachine;
  }

  /** Lets a principal start runs. */
  public grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(checkedGrantee(grantee));
  }
}

brand(HaikuMap, 'HaikuMap');

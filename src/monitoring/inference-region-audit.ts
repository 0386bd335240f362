import { Alarm, ComparisonOperator, IAlarmAction, Metric, MetricOptions, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueryDefinition, FilterPattern, ILogGroup, LogGroup, MetricFilter, ResourcePolicy, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Duration, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RegionReport } from './region-report';
import { InferenceOption } from '../catalog/inference-option';
import { checkedRegions } from '../construct/checked-props';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';
import { checkKind, checkKinds, JUDGED_ELSEWHERE, listOf, objectWith, oneOf, PropKinds, required, struct, TEXT } from '../private/prop-kind';
import { IApplicationInferenceProfile } from '../targets/application-inference-profile';
import { checkedTarget } from '../targets/checked-target';
import { ICrossRegionInferenceProfile } from '../targets/cross-region-inference-profile';
import { IInvocableModel } from '../targets/invocable-model';

/**
 * Whose requests are followed, and what is done with what is found.
 */
export interface InferenceRegionAuditProps {
  /**
   * The models that are called through inference profiles. Calls of all callers in the account count.
   */
  readonly targets: IInvocableModel[];

  /**
   * The only Regions that may answer: literals.
   *
   * @default - the destination Regions of the targets. AWS publishes none for global inference: name them there.
   */
  readonly allowedRegions?: string[] | undefined;

  /**
   * How long the records of calls are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays | undefined;

  /**
   * What is done when another Region answered.
   *
   * @default - nothing: the alarm only has a state
   */
  readonly actions?: IAlarmAction[] | undefined;

  /**
   * The bucket of the monthly report.
   *
   * @default - there is no report; the saved query shows the same at any time
   */
  readonly reportBucket?: IBucket | undefined;

  /**
   * What the keys of reports begin with. The report of May 2027 is `<prefix>2027-05.json`.
   *
   * @default 'inference-regions/'
   */
  readonly reportPrefix?: string | undefined;
}

const AUDIT: PropKinds<InferenceRegionAuditProps> = {
  targets: required(listOf(JUDGED_ELSEWHERE, 'a list of models', 'a list such as [profile]')),
  allowedRegions: JUDGED_ELSEWHERE,
  logRetention: oneOf('RetentionDays', RetentionDays, 'a value such as RetentionDays.ONE_YEAR'),
  actions: listOf(objectWith('an action', '', ['bind']), 'a list of actions', 'a list such as [new cloudwatch_actions.SnsAction(topic)]'),
  reportBucket: objectWith('a bucket', 'an s3.Bucket', ['bucketName', 'grantPut']),
  reportPrefix: TEXT,
};

/**
 * Where CloudTrail says that a request ran, in the record of a call.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 * @see https://aws.amazon.com/blogs/machine-learning/run-generative-ai-inference-with-amazon-bedrock-in-asia-pacific-new-zealand
 */
const FIELD = 'inferenceRegion';
const RAN_IN = `detail.additionalEventData.${FIELD}`;

/** Three answers: AWS does not say that each record has the field, and one without it proves nothing. */
const QUERY = [
  `fields coalesce(${RAN_IN}, "not said") as region, detail.requestParameters.modelId as model, detail.userIdentity.sessionContext.sessionIssuer.arn as caller`,
  'stats count(*) as calls by region, model, caller',
  'sort calls desc',
];

/**
 * Where requests ran: follows what CloudTrail records of each call, and compares the Regions that answered with those that may. Evidence for who
 * asks where data was processed.
 *
 * Creates two rules of Amazon EventBridge, a log group for what they match, metrics of calls by Region, an alarm for calls that another Region
 * answered, a saved query, and with `reportBucket` a state machine that writes a report on the first of each month.
 *
 * A trail of the account or the organization must record management events in this Region, reads among them: EventBridge has no others of CloudTrail. It is
 * delivered as AWS can ("best effort"): for proof that nothing is missing, keep the trail's own files, with their digests. A record has no text of
 * prompts and answers.
 *
 * For a million calls this costs some 1.50 US dollars, nearly all for about 2.5 GB of log; besides 0.30 a month for each Region that answers, and 0.10 for
 * the alarm.
 *
 * Throws if a target runs in one Region anyway, or its Regions are not known.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export class InferenceRegionAudit extends Construct {
  /** Whether a value is an InferenceRegionAudit, also one of another installed copy of this package. */
  public static isInferenceRegionAudit(value: unknown): value is InferenceRegionAudit {
    return isBranded(value, 'InferenceRegionAudit');
  }

  /** The Regions that may answer. */
  public readonly allowedRegions: string[];
  /** What CloudTrail recorded of each call. */
  public readonly logGroup: ILogGroup;
  /** Raised when a Region answered that may not. */
  public readonly alarm: Alarm;
  /** @internal */
  public readonly _namespace: string;

  constructor(scope: Construct, id: string, props: InferenceRegionAuditProps) {
    super(scope, id);
    checkKinds('InferenceRegionAudit', props, AUDIT);
    const targets = checkedTargets(props.targets);
    this.allowedRegions = checkedRegions('allowedRegions', props.allowedRegions) ?? destinationsOf(targets);
    const name = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    this._namespace = `HaikuInferenceRegions/${name}`;
    const retention = props.logRetention ?? RetentionDays.ONE_YEAR;
    // EventBridge writes only into groups whose names begin so. What an auditor may ask for outlives the stack.
    const group = (groupId: string, suffix: string) =>
      new LogGroup(this, groupId, { logGroupName: `/aws/events/${name}${suffix}`, retention, removalPolicy: RemovalPolicy.RETAIN });
    this.logGroup = group('LogGroup', '');
    const outside = group('OutsideLogGroup', '-outside');
    new ResourcePolicy(this, 'EventBridge', {
      policyStatements: [new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com'), new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn, outside.logGroupArn],
      })],
    });
    this.follow('Calls', targets, this.logGroup);
    const { ref: ruleName } = this.follow('Outside', targets, outside, { additionalEventData: { [FIELD]: [{ 'anything-but': this.allowedRegions }] } });
    this.alarm = this.alarmOf(ruleName, props.actions ?? []);
    new MetricFilter(this, 'ByRegion', {
      logGroup: this.logGroup,
      filterPattern: FilterPattern.exists(`$.${RAN_IN}`),
      metricNamespace: this._namespace,
      metricName: 'Calls',
      dimensions: { InferenceRegion: `$.${RAN_IN}` },
    });
    new CfnQueryDefinition(this, 'Query', { name: `${name}/where-requests-ran`, queryString: QUERY.join('\n| '), logGroupNames: [this.logGroup.logGroupName] });
    const { reportBucket: bucket, reportPrefix: prefix = 'inference-regions/' } = props;
    if (bucket) new RegionReport(this, 'Report', { logGroup: this.logGroup, bucket, prefix, allowedRegions: this.allowedRegions, query: QUERY });
  }

  /** Calls that a Region answered. Sum over 5 minutes. */
  public metricCalls(inferenceRegion: string, props?: MetricOptions): Metric {
    checkKind('inferenceRegion', inferenceRegion, required({ ...TEXT, noun: 'a Region', expected: 'a Region such as "eu-west-1"', holds: (value) => typeof value === 'string' && value !== '' }));
    checkKind('props', props, struct('MetricOptions with, for example, a period'));
    return new Metric({
      namespace: this._namespace, metricName: 'Calls', dimensionsMap: { InferenceRegion: inferenceRegion }, statistic: Stats.SUM, ...props,
    }).attachTo(this);
  }

  /** A rule that writes what it matches into a log group. CloudTrail calls these calls reads, which a rule of the usual kind does not get. */
  private follow(id: string, targets: IInvocableModel[], into: ILogGroup, also: object = {}): CfnRule {
    return new CfnRule(this, id, {
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: {
        'source': ['aws.bedrock'],
        'detail-type': ['AWS API Call via CloudTrail'],
        'detail': {
          eventSource: ['bedrock.amazonaws.com'],
          eventName: [{ prefix: 'InvokeModel' }, { prefix: 'Converse' }],
          requestParameters: { modelId: targets.flatMap(namesOf) },
          // What failed ran nowhere.
          errorCode: [{ exists: false }],
          ...also,
        },
      },
      targets: [{
        id: 'Log', arn: Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: into.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
      }],
    });
  }

  private alarmOf(ruleName: string, actions: IAlarmAction[]): Alarm {
    const alarm = new Alarm(this, 'Alarm', {
      metric: new Metric({
        namespace: 'AWS/Events', metricName: 'TriggeredRules', dimensionsMap: { RuleName: ruleName }, statistic: Stats.SUM, period: Duration.minutes(5),
      }),
      threshold: 0,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: 'Amazon Bedrock answered a request in a Region that was not among those that may. The log group of these calls names the caller: '
        + 'compare the destination Regions of the profile with those of the model\'s card (npx cdk-bedrock-haiku check).',
    });
    alarm.addAlarmAction(...actions);
    return alarm;
  }
}

brand(InferenceRegionAudit, 'InferenceRegionAudit');

function checkedTargets(targets: IInvocableModel[]): IInvocableModel[] {
  if (targets.length === 0) throw new HaikuError('targets is empty. Pass at least one CrossRegionInferenceProfile or ApplicationInferenceProfile.');
  return targets.map((target) => {
    const checked = checkedTarget('targets', target);
    if (checked.inferenceOption !== InferenceOption.IN_REGION) return checked;
    throw new HaikuError(`targets has one that runs in its own Region only, got ${shown(target)}; expected inference profiles. Leave it out: there is nothing to find out.`);
  });
}

/** What a request may name: the ID or the ARN. */
function namesOf(target: IInvocableModel): string[] {
  const { inferenceProfileId, inferenceProfileArn } = target as ICrossRegionInferenceProfile | IApplicationInferenceProfile;
  return [inferenceProfileId, inferenceProfileArn];
}

function destinationsOf(targets: IInvocableModel[]): string[] {
  const lists = targets.map((target) => profileBehind(target).destinationRegions);
  const unknown = targets.find((_, index) => lists[index] === undefined);
  if (unknown) {
    throw new HaikuError(
      `allowedRegions is left out for ${unknown.node.path}, of which no destination Regions are known: AWS publishes none for global inference. `
      + 'Pass allowedRegions, or a geographic profile.');
  }
  const tokens = lists.filter((list) => Token.isUnresolved(list));
  if (tokens.length === 0) return [...new Set(lists.flatMap((list) => list!))].sort();
  if (lists.length === 1) return lists[0]!;
  throw new HaikuError('allowedRegions is left out for several targets whose Region is known only at deploy time. Make an InferenceRegionAudit for each of them, or pass allowedRegions.');
}

function profileBehind(target: IInvocableModel): Partial<ICrossRegionInferenceProfile> {
  return (target as Partial<IApplicationInferenceProfile>).copyFrom ?? target as Partial<ICrossRegionInferenceProfile>;
}

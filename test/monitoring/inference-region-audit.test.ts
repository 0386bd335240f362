import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRegionAudit, InferenceRegionAuditProps, InferenceRouting, InRegionInference,
} from '../../src';
import { stackIn } from '../kit/stack';
import { thrown } from '../kit/three-ways';

type Json = Record<string, unknown>;
/** What is read of a state of Step Functions. */
interface State {
  readonly Arguments?: Json;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: Array<{ Next: string }>;
}
const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

function audit(props: Partial<InferenceRegionAuditProps> = {}, stack = stackIn('eu-west-1')): { template: Template; audited: InferenceRegionAudit } {
  const audited = new InferenceRegionAudit(stack, 'Audit', { targets: props.targets ?? [new CrossRegionInferenceProfile(stack, 'Haiku')], ...props });
  return { template: Template.fromStack(stack), audited };
}

/** A record as AWS's own example has it, in the event that EventBridge makes of it. */
function call(detail: Json, modelId = PROFILE): Json {
  return {
    'source': 'aws.bedrock',
    'detail-type': 'AWS API Call via CloudTrail',
    'detail': { eventSource: 'bedrock.amazonaws.com', eventName: 'InvokeModel', awsRegion: 'eu-west-1', requestParameters: { modelId }, ...detail },
  };
}

/** Whether a pattern of EventBridge's matches, as far as these patterns go. */
function matches(pattern: Json, event: Json): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = event[key];
    if (!Array.isArray(wanted)) return typeof value === 'object' && value !== null && matches(wanted as Json, value as Json);
    return wanted.some((one: unknown) => {
      const { prefix, exists, 'anything-but': others } = one as { 'prefix'?: string; 'exists'?: boolean; 'anything-but'?: unknown[] };
      if (prefix !== undefined) return typeof value === 'string' && value.startsWith(prefix);
      if (exists !== undefined) return (value !== undefined) === exists;
      if (others !== undefined) return value !== undefined && !others.includes(value);
      return value === one;
    });
  });
}

/** The pattern of a rule, by the beginning of its ID. */
function patternOf(template: Template, id: string): Json {
  const [, { Properties: { EventPattern: pattern, State: state } }] = Object.entries(template.findResources('AWS::Events::Rule')).find(([name]) => name.startsWith(`Audit${id}`))!;
  expect(state).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  return pattern as Json;
}

const RAN = (inferenceRegion: string) => ({ additionalEventData: { inferenceRegion } });

test.each<[string, Json, boolean, boolean]>([
  ['a call that a destination Region answered', call(RAN('eu-north-1')), true, false],
  ['one of the Converse API', call({ ...RAN('eu-north-1'), eventName: 'ConverseStream' }), true, false],
  ['a call that another Region answered', call(RAN('us-east-1')), true, true],
  ['a call of which nothing is said', call({}), true, false],
  ['a call that failed', call({ ...RAN('us-east-1'), errorCode: 'ThrottlingException' }), false, false],
  ['another operation', call({ ...RAN('us-east-1'), eventName: 'ListFoundationModels' }), false, false],
  ['another model', call(RAN('us-east-1'), 'us.amazon.nova-pro-v1:0'), false, false],
])('%s', (_, event, counted, outside) => {
  const { template } = audit();
  expect([matches(patternOf(template, 'Calls'), event), matches(patternOf(template, 'Outside'), event)]).toEqual([counted, outside]);
});

test('a profile is known by its ID and by its ARN', () => {
  const { detail } = patternOf(audit().template, 'Calls') as { detail: { requestParameters: { modelId: unknown[] } } };
  expect(detail.requestParameters.modelId).toEqual([PROFILE, `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${PROFILE}`]);
});

test('the Regions that may answer are those of the targets', () => {
  const stack = stackIn('eu-west-2');
  const geo = new CrossRegionInferenceProfile(stack, 'Geo');
  const { audited } = audit({ targets: [geo, new ApplicationInferenceProfile(stack, 'Team', { copyFrom: geo })] }, stack);
  expect(audited.allowedRegions).toEqual([...geo.destinationRegions!].sort());
  expect(audit({ allowedRegions: ['eu-west-1'] }).audited.allowedRegions).toEqual(['eu-west-1']);
});

/** A list of the deployment's own Region. */
const FOUND = { 'Fn::FindInMap': [expect.any(String), { Ref: 'AWS::Region' }, expect.any(String)] };

test('where the Region is known only at deploy time, the Regions are looked up there', () => {
  const stack = stackIn();
  const targets = [new CrossRegionInferenceProfile(stack, 'Haiku', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] })];
  const { template } = audit({ targets }, stack);
  const { detail } = patternOf(template, 'Outside') as { detail: { additionalEventData: { inferenceRegion: Json[] } } };
  expect(detail.additionalEventData.inferenceRegion).toEqual([{ 'anything-but': FOUND }]);
});

test('calls are counted by Region, and kept for a year beyond the stack', () => {
  const { template, audited } = audit();
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: '{ $.detail.additionalEventData.inferenceRegion = "*" }',
    MetricTransformations: [{
      MetricName: 'Calls',
      MetricNamespace: 'HaikuInferenceRegions/Stack-Audit-9CF4CB89',
      MetricValue: '1',
      Dimensions: [{ Key: 'InferenceRegion', Value: '$.detail.additionalEventData.inferenceRegion' }],
    }],
  });
  template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', Properties: { LogGroupName: '/aws/events/Stack-Audit-9CF4CB89', RetentionInDays: 365 } });
  expect(audited.metricCalls('eu-north-1')).toMatchObject({ metricName: 'Calls', dimensions: { InferenceRegion: 'eu-north-1' }, statistic: 'Sum' });
});

test('EventBridge may write into the two log groups, and into no other', () => {
  audit().template.hasResourceProperties('AWS::Logs::ResourcePolicy', {
    PolicyDocument: {
      'Fn::Join': ['', [
        '{"Statement":[{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},"Resource":["',
        { 'Fn::GetAtt': ['AuditLogGroup4CD660E1', 'Arn'] }, '","', { 'Fn::GetAtt': ['AuditOutsideLogGroupC71485A0', 'Arn'] }, '"]}],"Version":"2012-10-17"}',
      ]],
    },
  });
});

test('a Region that may not answer raises the alarm at once', () => {
  const stack = stackIn('eu-west-1');
  const { template } = audit({ actions: [new SnsAction(new Topic(stack, 'Topic'))] }, stack);
  const [outside] = Object.keys(template.findResources('AWS::Events::Rule')).filter((id) => id.startsWith('AuditOutside'));
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Events',
    MetricName: 'TriggeredRules',
    Dimensions: [{ Name: 'RuleName', Value: { Ref: outside } }],
    Threshold: 0,
    EvaluationPeriods: 1,
    Statistic: 'Sum',
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: 'TopicBFC7AF6E' }],
  });
});

test('a report is written on the first of each month, if there is a bucket for it', () => {
  audit().template.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  const stack = stackIn('eu-west-1');
  const { template } = audit({ reportBucket: new Bucket(stack, 'Reports'), reportPrefix: 'audit/', logRetention: RetentionDays.TWO_YEARS }, stack);
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(0 6 1 * ? *)' });
  const [{ Properties: { DefinitionString: text } }] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const written = (text as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].map((part) => typeof part === 'string' ? part : 'REF').join('');
  const { States: states } = JSON.parse(written) as { States: Record<string, State> };
  for (const { Next, Default, Choices = [] } of Object.values(states)) {
    for (const next of [Next, Default, ...Choices.map((choice) => choice.Next)]) expect([undefined, ...Object.keys(states)]).toContain(next);
  }
  expect(states.Write.Arguments).toMatchObject({
    Key: '{% "audit/" & $month & ".json" %}',
    Body: { month: '{% $month %}', allowedRegions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'], calls: '{% $rows %}' },
  });
});

test.each<[string, (stack: ReturnType<typeof stackIn>) => Partial<InferenceRegionAuditProps>, string]>([
  ['nothing', () => ({ targets: [] }), 'targets is empty. Pass at least one CrossRegionInferenceProfile or ApplicationInferenceProfile.'],
  ['In-Region inference', (stack) => ({ targets: [new InRegionInference(stack, 'Mantle')] }),
    'targets has one that runs in its own Region only, got InRegionInference at Stack/Mantle; expected inference profiles. Leave it out: there is nothing to find out.'],
  ['global inference without Regions', (stack) => ({ targets: [new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() })] }),
    'allowedRegions is left out for Stack/Anywhere, of which no destination Regions are known: AWS publishes none for global inference. Pass allowedRegions, or a geographic profile.'],
])('%s is refused', (_, props, message) => {
  const stack = stackIn('eu-west-1');
  expect(thrown(() => audit(props(stack), stack))).toBe(message);
});

import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Where the records of calls are, and where the report goes. */
export interface RegionReportProps {
  readonly logGroup: ILogGroup;
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly allowedRegions: string[];
  /** In the language of CloudWatch Logs Insights. */
  readonly query: string[];
}

/** Milliseconds since 1970 at the beginning of this month and of the last one, in JSONata. */
const THIS_MONTH = '$toMillis($fromMillis($toMillis($states.context.Execution.StartTime), "[Y0001]-[M01]") & "-01T00:00:00.000Z")';
const A_DAY = 86_400_000;

/**
 * Counts the calls of the last month on the first of each, and writes what it finds into a bucket. AWS runs all of it: a state machine that asks
 * CloudWatch Logs Insights.
 */
export class RegionReport extends Construct {
  public readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: RegionReportProps) {
    super(scope, id);
    const { logGroup, bucket, prefix } = props;
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      // The role that CDK would make is trusted in another way by each of its releases.
      role: new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') }),
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition(props))),
      timeout: Duration.hours(1),
      tracingEnabled: true,
    });
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ['logs:StartQuery'], resources: [logGroup.logGroupArn] }));
    // A query is no resource of IAM's: its results can be read by its ID, which only who started it knows.
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ['logs:GetQueryResults'], resources: ['*'] }));
    bucket.grantPut(this.stateMachine, `${prefix}*`);
    new Rule(this, 'Monthly', {
      description: 'Where requests ran last month',
      schedule: Schedule.cron({ minute: '0', hour: '6', day: '1' }),
      targets: [new SfnStateMachine(this.stateMachine, { input: RuleTargetInput.fromObject({}) })],
    });
  }
}

function definition({ logGroup, bucket, prefix, allowedRegions, query }: RegionReportProps): object {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Month',
    States: {
      'Month': {
        Type: 'Pass',
        Assign: {
          until: `{% ${THIS_MONTH} %}`,
          from: `{% $toMillis($fromMillis(${THIS_MONTH} - ${A_DAY}, "[Y0001]-[M01]") & "-01T00:00:00.000Z") %}`,
          month: `{% $fromMillis(${THIS_MONTH} - ${A_DAY}, "[Y0001]-[M01]") %}`,
        },
        Next: 'Ask',
      },
      'Ask': {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:cloudwatchlogs:startQuery',
        Arguments: {
          LogGroupName: logGroup.logGroupName,
          QueryString: query.join(' | '),
          // In seconds; the end is one of the query's own.
          StartTime: '{% $from / 1000 %}',
          EndTime: '{% $until / 1000 - 1 %}',
        },
        Assign: { queryId: '{% $states.result.QueryId %}' },
        Next: 'Wait',
      },
      'Wait': { Type: 'Wait', Seconds: 15, Next: 'Read' },
      'Read': {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:cloudwatchlogs:getQueryResults',
        Arguments: { QueryId: '{% $queryId %}' },
        Assign: { status: '{% $states.result.Status %}', rows: '{% [$states.result.Results.($merge($.{Field:Value}))] %}' },
        Next: 'Read all?',
      },
      'Read all?': {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $status = "Complete" %}', Next: 'Write' },
          { Condition: '{% $status in ["Scheduled", "Running"] %}', Next: 'Wait' },
        ],
        Default: 'Not read',
      },
      'Not read': { Type: 'Fail', Error: 'QueryFailed', Cause: 'CloudWatch Logs Insights did not finish the query: run it by hand, or start this execution again.' },
      'Write': {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
        Arguments: {
          Bucket: bucket.bucketName,
          Key: `{% "${prefix}" & $month & ".json" %}`,
          ContentType: 'application/json',
          Body: {
            month: '{% $month %}',
            allowedRegions,
            // Three answers: a call of which AWS does not say where it ran is neither inside nor outside.
            calls: '{% $rows %}',
          },
        },
        End: true,
      },
    },
  };
}

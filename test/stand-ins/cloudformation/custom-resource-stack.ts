import { randomUUID } from 'node:crypto';
import { AnswerBucket, CustomResourceAnswer } from './answer-bucket';
import { TEST_ACCOUNT } from '../bedrock-runtime';
import { Driver, LambdaProcess } from '../lambda-runtime-api';

type Properties = Record<string, unknown>;

export interface CustomResourceStackOptions {
  readonly handlerDir: string;
  readonly handler: string;
  readonly env: Record<string, string>;
  readonly driver?: Driver;
  /** The function's timeout. @default 60_000 */
  readonly timeoutMs?: number;
}

/** How a deployment of the stack ended. */
export interface Deployment {
  readonly status: 'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE' | 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE' | 'UPDATE_ROLLBACK_FAILED' | 'DELETE_COMPLETE' | 'DELETE_FAILED';
  /** What the stack's events give as the reason. */
  readonly reason?: string;
  readonly data?: Record<string, string>;
}

/** Stands in for a CloudFormation stack with one custom resource: sends its handler, a process of its own, what CloudFormation would. */
export class CustomResourceStack {
  static async start(options: CustomResourceStackOptions): Promise<CustomResourceStack> {
    const bucket = await AnswerBucket.start();
    return new CustomResourceStack(bucket, await LambdaProcess.start({ timeoutMs: 60_000, ...options }));
  }

  /** Every request that was sent, in order. */
  readonly requests: string[] = [];
  /** What the handler's process wrote. */
  readonly log: string[] = [];
  private physicalId?: string;
  private properties?: Properties;

  private constructor(readonly bucket: AnswerBucket, private readonly lambda: LambdaProcess) {}

  /** Creates the stack; a resource that fails is deleted again, as is one of a stack that fails elsewhere. */
  async create(properties: Properties, failsElsewhere = false): Promise<Deployment> {
    const { Status, PhysicalResourceId, Reason, Data } = await this.send('Create', properties);
    this.physicalId = PhysicalResourceId;
    this.properties = properties;
    if (Status === 'SUCCESS' && !failsElsewhere) return { status: 'CREATE_COMPLETE', data: Data };
    const deleted = await this.delete();
    return { status: deleted.status === 'DELETE_COMPLETE' ? 'ROLLBACK_COMPLETE' : 'DELETE_FAILED', reason: Reason };
  }

  /** Updates the resource in place; after a failure it gets its old properties back. */
  async update(properties: Properties, failsElsewhere = false): Promise<Deployment> {
    const old = this.properties!;
    const { Status, PhysicalResourceId, Reason, Data } = await this.send('Update', properties, old);
    if (Status === 'SUCCESS' && !failsElsewhere) {
      const before = this.physicalId;
      this.physicalId = PhysicalResourceId;
      this.properties = properties;
      if (before !== PhysicalResourceId) await this.send('Delete', old, undefined, before);
      return { status: 'UPDATE_COMPLETE', data: Data };
    }
    const back = await this.send('Update', old, properties);
    return { status: back.Status === 'SUCCESS' ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED', reason: Reason };
  }

  async delete(): Promise<Deployment> {
    const { Status, Reason } = await this.send('Delete', this.properties!);
    return { status: Status === 'SUCCESS' ? 'DELETE_COMPLETE' : 'DELETE_FAILED', reason: Reason };
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.bucket.stop();
  }

  private async send(type: string, properties: Properties, old?: Properties, physicalId = this.physicalId): Promise<CustomResourceAnswer> {
    this.requests.push(type);
    const before = this.bucket.answers.length;
    const RequestId = randomUUID();
    const { error, stdout } = await this.lambda.invoke({
      RequestType: type,
      ResponseURL: this.bucket.url,
      StackId: `arn:aws:cloudformation:eu-west-2:${TEST_ACCOUNT}:stack/Stand-in/1`,
      RequestId,
      ResourceType: 'Custom::StandIn',
      LogicalResourceId: 'Resource',
      ...(type !== 'Create' && { PhysicalResourceId: physicalId }),
      ResourceProperties: asText(properties),
      ...(old && { OldResourceProperties: asText(old) }),
    });
    this.log.push(...stdout);
    if (error) throw new Error(`The handler failed: ${error.errorType}: ${error.errorMessage}\n${stdout.join('\n')}`);
    const answers = this.bucket.answers.slice(before);
    if (answers.length !== 1 || answers[0].RequestId !== RequestId) throw new Error(`Expected one answer, got ${JSON.stringify(answers)}`);
    return answers[0];
  }
}

/** CloudFormation makes text of numbers and booleans. */
function asText(properties: unknown): unknown {
  if (Array.isArray(properties)) return properties.map(asText);
  if (typeof properties === 'object' && properties !== null) {
    return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined).map(([name, value]) => [name, asText(value)]));
  }
  return String(properties);
}

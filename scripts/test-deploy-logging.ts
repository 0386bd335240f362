// npm run test:deploy: ModelInvocationLogging, created, updated, deleted and rolled back by the CDK CLI, its real handler calling a stand-in for AWS.
import {
  BedrockClient, DeleteModelInvocationLoggingConfigurationCommand, GetModelInvocationLoggingConfigurationCommand, LoggingConfig,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { ModelInvocationData, ModelInvocationLogging, ModelInvocationLoggingProps } from 'cdk-bedrock-haiku';
import { AwsStandIn } from './deploy/aws-stand-in';
import { eachWithStack } from './deploy/each-with-stack';
import { StackDeployment } from './deploy/stack-deployment';
import { ACCOUNT } from '../test/kit/stack';

const REGION = 'eu-west-1';
const OTHERS: LoggingConfig = { s3Config: { bucketName: 'others-bucket', keyPrefix: 'logs' }, ...delivering('text', 'embedding') };

let aws: AwsStandIn;
let bedrock: BedrockClient;
let stack: StackDeployment;

eachWithStack('Logging', REGION, (started) => ({ aws, stack } = started));

beforeAll(async () => {
  bedrock = new BedrockClient(aws.client(REGION));
  const s3 = new S3Client({ ...aws.client(REGION), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: OTHERS.s3Config!.bucketName, CreateBucketConfiguration: { LocationConstraint: REGION } }));
  s3.destroy();
});

beforeEach(async () => bedrock.send(new DeleteModelInvocationLoggingConfigurationCommand({})));

afterAll(() => bedrock.destroy());

function logging(props: ModelInvocationLoggingProps = {}): (scope: Stack) => ModelInvocationLogging {
  return (scope) => new ModelInvocationLogging(scope, 'Logging', props);
}

/** The same, and after it a resource that AWS refuses: something to roll back from. */
function loggingAndFailure(props: ModelInvocationLoggingProps = {}): (scope: Stack) => void {
  return (scope) => {
    const refused = new CfnApplicationInferenceProfile(scope, 'Refused', { inferenceProfileName: 'refused', modelSource: { copyFrom: 'no-profile' } });
    refused.node.addDependency(logging(props)(scope));
  };
}

async function current(): Promise<LoggingConfig | undefined> {
  return (await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig;
}

/** Which of the five kinds of data are logged. */
function delivering(...data: string[]): Partial<LoggingConfig> {
  return Object.fromEntries(['text', 'image', 'embedding', 'video', 'audio'].map((kind) => [`${kind}DataDeliveryEnabled`, data.includes(kind)]));
}

/** The configuration that the stack asks for, with the log group and the role that it made. */
async function ours(logGroupId: RegExp, ...data: string[]): Promise<LoggingConfig> {
  const nameOf = async (type: string, id: RegExp): Promise<string> =>
    (await stack.deployed.resources(type)).find(({ LogicalResourceId }) => id.test(LogicalResourceId!))!.PhysicalResourceId!;
  const logGroupName = await nameOf('AWS::Logs::LogGroup', logGroupId);
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/${await nameOf('AWS::IAM::Role', /^LoggingRole/)}`;
  return { cloudWatchConfig: { logGroupName, roleArn }, ...delivering(...data) };
}

async function putOthers(): Promise<void> {
  await bedrock.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig: OTHERS }));
}

const REFUSED = { status: 1, output: expect.stringContaining('copyFrom \'no-profile\' is not the ARN of a system-defined profile') as string };
const NOTHING = {};
const requests = (...types: string[]) => types.map((type) => `${type} Custom::BedrockModelInvocationLogging`);

test('it sets the configuration, changes it, moves it to another log group, and takes it away', async () => {
  expect(await stack.deploy(logging())).toMatchObject({ status: 0 });
  expect(await current()).toEqual(await ours(/^LoggingLogGroup/, 'text', 'image'));
  expect(await stack.deploy(logging({ data: [ModelInvocationData.TEXT, ModelInvocationData.VIDEO] }))).toMatchObject({ status: 0 });
  expect(await current()).toEqual(await ours(/^LoggingLogGroup/, 'text', 'video'));
  expect(await stack.deploy((scope) => logging({ logGroup: new LogGroup(scope, 'Mine') })(scope))).toMatchObject({ status: 0 });
  expect(await current()).toEqual(await ours(/^Mine/, 'text', 'image'));
  expect(await stack.destroy()).toMatchObject({ status: 0 });
  expect(await current()).toEqual(NOTHING);
  expect(aws.functions.requests).toEqual(requests('Create', 'Update', 'Update', 'Delete'));
});

test('someone else\'s configuration makes the deployment fail, and is left untouched by rollback and destruction', async () => {
  await putOthers();
  const { status, output } = await stack.deploy(logging());
  expect(status).toBe(1);
  expect(output).toContain('Message returned: This account already logs model invocations in this Region, to bucket others-bucket/logs, and there can be only one '
    + 'configuration. Leave it to its owner, or set replaceExisting: it comes back when this resource is deleted. (RequestId:');
  expect(await stack.deployed.status()).toBe('ROLLBACK_COMPLETE');
  expect(await current()).toEqual(OTHERS);
  expect(await stack.destroy()).toMatchObject({ status: 0 });
  expect(await current()).toEqual(OTHERS);
});

test('told to, it replaces someone else\'s configuration, and brings it back when it is destroyed, after an update too', async () => {
  await putOthers();
  expect(await stack.deploy(logging({ replaceExisting: true }))).toMatchObject({ status: 0 });
  expect(await current()).toEqual(await ours(/^LoggingLogGroup/, 'text', 'image'));
  await stack.deploy(logging({ replaceExisting: true, data: [ModelInvocationData.TEXT] }));
  expect(await current()).toEqual(await ours(/^LoggingLogGroup/, 'text'));
  expect(await stack.destroy()).toMatchObject({ status: 0 });
  expect(await current()).toEqual(OTHERS);
});

test('a stack whose creation fails elsewhere brings back what was there', async () => {
  await putOthers();
  expect(await stack.deploy(loggingAndFailure({ replaceExisting: true }))).toMatchObject(REFUSED);
  expect(await stack.deployed.status()).toBe('ROLLBACK_COMPLETE');
  expect(await current()).toEqual(OTHERS);
  expect(aws.functions.requests).toEqual(requests('Create', 'Delete'));
});

test('an update that fails elsewhere is rolled back to the configuration before it', async () => {
  await stack.deploy(logging());
  const before = await current();
  expect(await stack.deploy(loggingAndFailure({ data: [ModelInvocationData.AUDIO] }))).toMatchObject(REFUSED);
  expect(await stack.deployed.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await current()).toEqual(before);
  expect(aws.functions.requests).toEqual(requests('Create', 'Update', 'Update'));
});

test('an update that adds the construct and fails elsewhere takes it away again', async () => {
  await stack.deploy((scope) => new LogGroup(scope, 'Mine'));
  expect(await stack.deploy((scope) => { new LogGroup(scope, 'Mine'); loggingAndFailure()(scope); })).toMatchObject(REFUSED);
  expect(await stack.deployed.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await current()).toEqual(NOTHING);
  expect((await stack.deployed.resources()).map(({ ResourceType }) => ResourceType)).toEqual(['AWS::Logs::LogGroup']);
});

test('a configuration that someone else has set since is left alone by an update, its rollback and the destruction', async () => {
  await stack.deploy(logging());
  await putOthers();
  expect(await stack.deploy(logging({ data: [ModelInvocationData.TEXT] }))).toMatchObject({ status: 0 });
  expect(await stack.deploy(loggingAndFailure())).toMatchObject(REFUSED);
  expect(await stack.deployed.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await stack.destroy()).toMatchObject({ status: 0 });
  expect(await current()).toEqual(OTHERS);
  expect(aws.functions.log.join('\n')).toContain('Left alone: someone else has since set the configuration, to bucket others-bucket/logs.');
});

import { join } from 'node:path';
import { AwsJsonStandIn } from '../../stand-ins/aws-json';
import { LambdaProcess } from '../../stand-ins/lambda-runtime-api';
import { S3StandIn } from '../../stand-ins/s3';

const REGION = 'eu-west-1';
const SEND = 'AWSStepFunctions.SendTaskSuccess';
const job = (id: string) => ({ jobArn: `arn:aws:bedrock:${REGION}:111122223333:model-invocation-job/${id}` });

let s3: S3StandIn;
let aws: AwsJsonStandIn;
let lambda: LambdaProcess;
beforeAll(async () => {
  [s3, aws] = await Promise.all([S3StandIn.start(), AwsJsonStandIn.start()]);
  lambda = await LambdaProcess.start({
    handlerDir: join(__dirname, '../../../assets/bulk-resume'),
    handler: 'index.handler',
    region: REGION,
    env: { HAIKU_BATCH_BUCKET: 'data', HAIKU_BATCH_PREFIX: 'out/', AWS_ENDPOINT_URL_S3: s3.url, AWS_ENDPOINT_URL_SFN: aws.url },
  });
});
afterAll(async () => {
  await lambda.stop();
  await Promise.all([s3.stop(), aws.stop()]);
});

test('the state that waits for a job is told; who waits for another job is not', async () => {
  s3.put('data/out/tokens/abc123def456', '{"token":"the token"}');
  expect((await lambda.invoke(job('abc123def456'))).error).toBeUndefined();
  expect((await lambda.invoke(job('ofsomebody12'))).error).toBeUndefined();
  expect(aws.inputsOf(SEND)).toEqual([{ taskToken: 'the token', output: '{}' }]);
});

test('a state that waits no more is no failure; one that cannot be told is', async () => {
  aws.answers.set(SEND, [{ status: 400, body: { __type: 'TaskTimedOut' } }, { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }]);
  expect((await lambda.invoke(job('abc123def456'))).error).toBeUndefined();
  expect((await lambda.invoke(job('abc123def456'))).error).toMatchObject({ errorType: 'AccessDeniedException' });
});

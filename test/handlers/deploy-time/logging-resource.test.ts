import { join } from 'node:path';
import { ControlPlane, Refusal, WireLogging, accessDenied } from '../../stand-ins/bedrock-control';
import { CustomResourceStack } from '../../stand-ins/cloudformation';
import { findRic, LOOP } from '../../stand-ins/lambda-runtime-api';

const HANDLERS = join(__dirname, '../../../assets/custom-resources');
/** The loop always; the real runtime client where it is installed. */
const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver ?? [])];
const ROLE = 'arn:aws:iam::111122223333:role/logs';
const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other-logs';
const flags = {
  textDataDeliveryEnabled: true,
  imageDataDeliveryEnabled: true,
  embeddingDataDeliveryEnabled: false,
  videoDataDeliveryEnabled: false,
  audioDataDeliveryEnabled: false,
};
const ours: WireLogging = { cloudWatchConfig: { logGroupName: 'ours', roleArn: ROLE }, ...flags };
const moved: WireLogging = { ...ours, cloudWatchConfig: { logGroupName: 'moved', roleArn: ROLE } };
const others: WireLogging = {
  cloudWatchConfig: { logGroupName: 'others', roleArn: OTHER_ROLE }, s3Config: { bucketName: 'bucket', keyPrefix: 'logs' }, textDataDeliveryEnabled: true,
};
const inBucket: WireLogging = { s3Config: { bucketName: 'others-bucket' }, textDataDeliveryEnabled: true };

function properties(config: WireLogging, more: object = {}): Record<string, unknown> {
  return { LoggingConfig: config, ReplaceExisting: false, PassableRoleArns: [ROLE], ...more };
}

describe.each(DRIVERS)('under $name', (driver) => {
  let plane: ControlPlane;
  let stack: CustomResourceStack;
  const current = () => plane.region('eu-west-2').logging;
  const found = (config: WireLogging | undefined) => { plane.region('eu-west-2').logging = config; };
  beforeEach(async () => {
    plane = await ControlPlane.start();
    stack = await CustomResourceStack.start({ handlerDir: HANDLERS, handler: 'index.modelInvocationLogging', env: plane.environment(), driver });
  });
  afterEach(async () => {
    await stack.stop();
    await plane.stop();
  });

  test('where there is no configuration, it sets one, changes it and takes it away', async () => {
    expect((await stack.create(properties(ours))).status).toBe('CREATE_COMPLETE');
    expect(current()).toEqual(ours);
    expect((await stack.update(properties(moved))).status).toBe('UPDATE_COMPLETE');
    expect(current()).toEqual(moved);
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(current()).toBeUndefined();
  });

  test('another\'s configuration is not overwritten, and stands after the rollback', async () => {
    found(others);
    expect(await stack.create(properties(ours))).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: 'This account already logs model invocations in this Region, to log group others and bucket bucket/logs, and there can be only one configuration. '
        + 'Leave it to its owner, or set replaceExisting: it comes back when this resource is deleted.',
    });
    expect(current()).toEqual(others);
    expect(plane.calls.filter((call) => /Put|Delete/.test(call))).toEqual([]);
  });

  test.each([
    ['a log group', others, [ROLE, OTHER_ROLE]],
    ['a bucket', inBucket, [ROLE]],
  ])('told to, it replaces a configuration for %s and brings it back', async (_, config, PassableRoleArns) => {
    found(config);
    expect((await stack.create(properties(ours, { ReplaceExisting: true, PassableRoleArns }))).status).toBe('CREATE_COMPLETE');
    expect(current()).toEqual(ours);
    await stack.update(properties(moved, { ReplaceExisting: true, PassableRoleArns }));
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(current()).toEqual(config);
  });

  test('a configuration whose role it may not hand on is not replaced', async () => {
    found(others);
    const { status, reason } = await stack.create(properties(ours, { ReplaceExisting: true }));
    expect({ status, reason }).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: `The configuration that is there could not be restored later: it uses ${OTHER_ROLE}. Pass that role as replacedRole, and deploy again.`,
    });
    expect(current()).toEqual(others);
  });

  test('a stack that fails elsewhere brings back what was there', async () => {
    found(inBucket);
    expect((await stack.create(properties(ours, { ReplaceExisting: true }), true)).status).toBe('ROLLBACK_COMPLETE');
    expect(current()).toEqual(inBucket);
  });

  test('an update that fails elsewhere is rolled back', async () => {
    await stack.create(properties(ours));
    expect((await stack.update(properties(moved), true)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(current()).toEqual(ours);
  });

  test('a configuration that someone else has set since is left alone, by update, rollback and deletion', async () => {
    await stack.create(properties(ours));
    found(others);
    expect((await stack.update(properties(moved))).status).toBe('UPDATE_COMPLETE');
    expect((await stack.update(properties(ours), true)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(current()).toEqual(others);
    expect(stack.log.join('\n')).toContain('Left alone: someone else has since set the configuration, to log group others and bucket bucket/logs.');
  });

  test('a configuration that is not there any more is no failure for deletion', async () => {
    await stack.create(properties(ours));
    found(undefined);
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(plane.calls.filter((call) => call.startsWith('bedrock:Delete'))).toEqual([]);
  });

  test('a role that is not known everywhere yet is tried again', async () => {
    plane.faults.push({
      action: 'bedrock:PutModelInvocationLoggingConfiguration',
      times: 1,
      refusal: new Refusal(400, 'ValidationException', 'Failed to validate permissions for log group: ours, with role: logs.'),
    });
    expect((await stack.create(properties(ours))).status).toBe('CREATE_COMPLETE');
    expect(current()).toEqual(ours);
  });

  test('a call that is denied fails creation with the reason, and deletion goes through', async () => {
    plane.faults.push({ action: 'bedrock:PutModelInvocationLoggingConfiguration', refusal: accessDenied('bedrock:PutModelInvocationLoggingConfiguration') });
    expect(await stack.create(properties(ours))).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: 'User: arn:aws:iam::111122223333:user/tester is not authorized to perform: bedrock:PutModelInvocationLoggingConfiguration',
    });
    plane.faults.length = 0;
    await stack.create(properties(ours));
    plane.faults.push({ action: 'bedrock:GetModelInvocationLoggingConfiguration', refusal: accessDenied('bedrock:GetModelInvocationLoggingConfiguration') });
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
  });
});

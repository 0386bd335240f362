import { join } from 'node:path';
import { ControlPlane, KEYS, Refusal, accessDenied, throttled } from '../../stand-ins/bedrock-control';
import { CustomResourceStack } from '../../stand-ins/cloudformation';
import { findRic, LOOP } from '../../stand-ins/lambda-runtime-api';

const HANDLERS = join(__dirname, '../../../assets/custom-resources');
/** The loop always; the real runtime client where it is installed. */
const DRIVERS = [LOOP, ...[findRic()].flatMap((driver) => driver ?? [])];
const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const ready = {
  ModelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  InferenceProfileId: PROFILE,
  SourceRegion: 'eu-west-2',
  DestinationRegions: ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
  Quotas: [{ Code: 'L-CCA5DF70', Name: 'Requests per minute', Adjustable: 'true' }],
  OnDrift: 'FAIL',
  OnMissingAccess: 'FAIL',
  OnUnchecked: 'WARN',
};
const ROLE = 'arn:aws:iam::444455556666:role/model-access';
const DENIED = new Refusal(403, 'AccessDenied', `User: x is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`);
const form = { companyName: 'Say "yes".\n\\', companyWebsite: 'https://example.com', intendedUsers: '0', industryOption: 'Other', useCases: 'Tests' };

describe.each(DRIVERS)('under $name', (driver) => {
  let plane: ControlPlane;
  let stack: CustomResourceStack;
  beforeEach(async () => {
    plane = await ControlPlane.start();
    stack = await CustomResourceStack.start({ handlerDir: HANDLERS, handler: 'index.preflight', env: plane.environment(), driver });
  });
  afterEach(async () => {
    await stack.stop();
    await plane.stop();
  });

  test('an account that may call the model deploys, and deletion asks nothing', async () => {
    expect(await stack.create(ready)).toEqual({ status: 'CREATE_COMPLETE', data: { Report: 'in order' } });
    expect([...plane.calls].sort()).toEqual([
      'bedrock:GetFoundationModelAvailability eu-west-2', 'bedrock:GetInferenceProfile eu-west-2', 'bedrock:GetUseCaseForModelAccess eu-west-2',
      'servicequotas:GetServiceQuota eu-west-2',
    ]);
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
    expect(plane.calls).toHaveLength(4);
  });

  test('missing access fails the deployment with the answer, and the rollback goes through', async () => {
    const state = plane.region('eu-west-2');
    state.availability = { ...state.availability, agreementAvailability: { status: 'NOT_AVAILABLE' } };
    state.quotas['L-CCA5DF70'] = 0;
    expect(await stack.create({ ...ready, MarketplaceProductId: 'prod-1' })).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: `${PROFILE} from eu-west-2 is not ready. `
        + 'Agreement: NOT_AVAILABLE. Call the model once as a principal that may aws-marketplace:Subscribe and ViewSubscriptions (product prod-1), '
        + 'which accepts the agreement; it can take 15 minutes. '
        + 'Quota L-CCA5DF70: 0 (Requests per minute). Ask for an increase in Service Quotas.',
    });
    expect(stack.requests).toEqual(['Create', 'Delete']);
  });

  test('drift fails the deployment, or is reported', async () => {
    const drifted = { ...ready, DestinationRegions: ['eu-west-1', 'eu-west-2'] };
    const drift = `Destinations: ${PROFILE} from eu-west-2 runs in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3; `
      + 'the template has eu-west-1, eu-west-2. Write a new card with npx cdk-bedrock-haiku card --from-account, and pass it as model.';
    expect(await stack.create(drifted)).toEqual({ status: 'ROLLBACK_COMPLETE', reason: `${PROFILE} from eu-west-2 is not ready. ${drift}` });
    expect(await stack.create({ ...drifted, OnDrift: 'WARN' })).toEqual({ status: 'CREATE_COMPLETE', data: { Report: drift } });
    expect(stack.log.join('\n')).toContain(drift);
  });

  test('missing access can be a warning', async () => {
    plane.region('eu-west-2').availability.authorizationStatus = 'NOT_AUTHORIZED';
    const { status, data } = await stack.create({ ...ready, OnMissingAccess: 'WARN' });
    expect(status).toBe('CREATE_COMPLETE');
    expect(data!.Report).toMatch(/^Authorization: NOT_AUTHORIZED\. Submit the use-case form/);
  });

  test('what could not be checked is reported and never in order, or fails if that is wanted', async () => {
    plane.faults.push({ action: 'servicequotas:GetServiceQuota', refusal: accessDenied('servicequotas:GetServiceQuota') });
    const { status, data } = await stack.create(ready);
    expect(status).toBe('CREATE_COMPLETE');
    expect(data!.Report).toBe('Quota L-CCA5DF70: could not be checked: servicequotas:GetServiceQuota in eu-west-2: AccessDeniedException: '
      + 'User: arn:aws:iam::111122223333:user/tester is not authorized to perform: servicequotas:GetServiceQuota. '
      + 'Allow servicequotas:GetServiceQuota to this principal, then ask again.');
    expect((await stack.create({ ...ready, OnUnchecked: 'FAIL' })).status).toBe('ROLLBACK_COMPLETE');
  });

  test('with a role, that role asks, and the function does nothing but assume it', async () => {
    expect(await stack.create({ ...ready, AssumedRoleArn: ROLE, ExternalId: 'team-a' })).toEqual({ status: 'CREATE_COMPLETE', data: { Report: 'in order' } });
    expect(plane.assumed).toEqual([{ RoleArn: ROLE, ExternalId: 'team-a', DurationSeconds: '900' }]);
    expect(plane.calls[0]).toBe('sts:AssumeRole eu-west-2');
    expect(plane.keys).toEqual([KEYS.good, ...plane.calls.slice(1).map(() => KEYS.assumed)]);
    expect(plane.calls).toHaveLength(5);
  });

  test('a role that cannot be assumed yet is asked for again', async () => {
    plane.faults.push({ action: 'sts:AssumeRole', refusal: DENIED, times: 1 });
    expect((await stack.create({ ...ready, AssumedRoleArn: ROLE })).status).toBe('CREATE_COMPLETE');
    expect(plane.calls.filter((call) => call.startsWith('sts:'))).toHaveLength(2);
    // The handler waits for five seconds before it asks again.
  }, 30_000);

  test('a refusal that stays fails the deployment, and says what to allow', async () => {
    plane.faults.push({ action: 'sts:AssumeRole', refusal: new Refusal(400, 'ValidationError', 'The role is not one.') });
    expect(await stack.create({ ...ready, AssumedRoleArn: ROLE })).toEqual({
      status: 'ROLLBACK_COMPLETE',
      reason: `${ROLE} cannot be assumed: sts:AssumeRole in eu-west-2: ValidationError: The role is not one. This release does not know the error: see what AWS says above.`,
    });
    expect(plane.calls).toEqual(['sts:AssumeRole eu-west-2']);
  });

  test('a service that is busy is asked again too, and an answer without credentials is none', async () => {
    plane.faults.push({ action: 'sts:AssumeRole', refusal: new Refusal(503, 'ServiceUnavailable', 'Busy.'), times: 1 });
    expect((await stack.create({ ...ready, AssumedRoleArn: ROLE })).status).toBe('CREATE_COMPLETE');
    plane.faults.push({ action: 'sts:AssumeRole', refusal: new Refusal(200, 'x', 'y'), times: 1 });
    expect(await stack.create({ ...ready, AssumedRoleArn: ROLE })).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: expect.stringContaining(`${ROLE} cannot be assumed: sts:AssumeRole in eu-west-2: partial answer, it lacks the credentials`),
    });
  }, 30_000);

  test('agreement and form are left alone unless they are asked for', async () => {
    const state = plane.region('eu-west-2');
    state.useCaseForm = undefined;
    state.availability = { ...state.availability, agreementAvailability: { status: 'NOT_AVAILABLE' }, authorizationStatus: 'NOT_AUTHORIZED' };
    expect((await stack.create(ready)).status).toBe('ROLLBACK_COMPLETE');
    expect(plane.calls.filter((call) => /Put|Create/.test(call))).toEqual([]);
    expect(await stack.create({ ...ready, UseCaseForm: form, AcceptAgreement: true })).toEqual({ status: 'CREATE_COMPLETE', data: { Report: 'in order' } });
    expect(plane.calls.filter((call) => /Put|Create/.test(call))).toEqual([
      'bedrock:PutUseCaseForModelAccess eu-west-2', 'bedrock:CreateFoundationModelAgreement eu-west-2',
    ]);
    expect(JSON.parse(Buffer.from(state.useCaseForm!, 'base64').toString())).toEqual({ otherIndustryOption: '', ...form });
  }, 20_000);

  test('a form and an agreement that are there already are not sent again', async () => {
    expect((await stack.create({ ...ready, UseCaseForm: form, AcceptAgreement: true })).status).toBe('CREATE_COMPLETE');
    expect(plane.calls.filter((call) => /Put|Create|List/.test(call))).toEqual([]);
  });

  test('deletion goes through while AWS answers nothing', async () => {
    await stack.create(ready);
    plane.faults.push({ action: 'bedrock:GetInferenceProfile', refusal: throttled() });
    expect(await stack.delete()).toEqual({ status: 'DELETE_COMPLETE' });
  });

  test('an AWS that does not answer fails the deployment before the function times out, and the rollback goes through', async () => {
    plane.faults.push({ action: 'bedrock:GetInferenceProfile', silent: true });
    const impatient = await CustomResourceStack.start({
      handlerDir: HANDLERS, handler: 'index.preflight', env: plane.environment(), driver, timeoutMs: 31_000,
    });
    try {
      expect(await impatient.create(ready)).toEqual({
        status: 'ROLLBACK_COMPLETE', reason: 'AWS did not answer in time; see the log of the function, and deploy again.',
      });
    } finally {
      await impatient.stop();
    }
  });

  test('an answer that is refused is put again', async () => {
    stack.bucket.refusals = 2;
    expect((await stack.create(ready)).status).toBe('CREATE_COMPLETE');
  });

  test('an answer that is too long for CloudFormation is shortened', async () => {
    const long = 'x'.repeat(6000);
    const { status, reason } = await stack.create({ ...ready, InferenceProfileId: long });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason!.length).toBeLessThanOrEqual(1500);
    expect(reason).toMatch(/x \.\.\. \(the rest is in the log\)$/);
  });
});

// npm run test:deploy: HaikuPreflight, created, updated, deleted and rolled back by the CDK CLI, its real handler asking a stand-in for AWS.
import { BedrockClient, GetFoundationModelAvailabilityCommand, GetUseCaseForModelAccessCommand } from '@aws-sdk/client-bedrock';
import { CfnElement, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { CrossRegionInferenceProfile, HaikuInvoker, HaikuPreflight, HaikuPreflightProps, InferenceRouting, PreflightAction } from 'cdk-bedrock-haiku';
import { AwsStandIn } from './deploy/aws-stand-in';
import { eachWithStack } from './deploy/each-with-stack';
import { StackDeployment } from './deploy/stack-deployment';

const REGION = 'eu-west-1';
const PROFILE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const MODEL = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const READY = {
  agreementAvailability: { status: 'AVAILABLE' }, authorizationStatus: 'AUTHORIZED', entitlementAvailability: 'AVAILABLE', useCaseForm: 'e30=', quota: 10_000,
};
const NO_AGREEMENT = 'Agreement: NOT_AVAILABLE. Call the model once as a principal that may aws-marketplace:Subscribe and ViewSubscriptions '
  + '(product prod-xdkflymybwmvi), which accepts the agreement; it can take 15 minutes.';

let aws: AwsStandIn;
let stack: StackDeployment;

eachWithStack('Preflight', REGION, (started) => ({ aws, stack } = started));

beforeEach(() => aws.changeModelAccess(REGION, READY));

/** A preflight, what it found as an output, and something that waits for it. */
function preflight(props: HaikuPreflightProps = {}): (scope: Stack) => void {
  return (scope) => {
    const construct = new HaikuPreflight(scope, 'Preflight', props);
    new CfnOutput(scope, 'Report', { value: construct.report });
    new HaikuInvoker(scope, 'Invoker', { target: construct.target }).node.addDependency(construct);
  };
}

const requests = (...types: string[]) => types.map((type) => `${type} Custom::HaikuPreflight`);

test('where the account can call the model, the stack is deployed and says so; nothing is asked when it is destroyed', async () => {
  expect(await stack.deploy(preflight())).toMatchObject({ status: 0, output: expect.stringContaining('Report = in order') as string });
  expect(await stack.deployed.outputs()).toEqual({ Report: 'in order' });
  expect(await stack.destroy()).toMatchObject({ status: 0 });
  expect(aws.functions.requests).toEqual(requests('Create', 'Delete'));
});

test('where the agreement is missing, the deployment fails with the answer, is rolled back, and goes through once it is there', async () => {
  await aws.changeModelAccess(REGION, { agreementAvailability: { status: 'NOT_AVAILABLE' } });
  const { status, output } = await stack.deploy(preflight());
  expect(status).toBe(1);
  expect(output).toContain(`Message returned: ${PROFILE} from ${REGION} is not ready. ${NO_AGREEMENT} (RequestId:`);
  expect(await stack.deployed.status()).toBe('ROLLBACK_COMPLETE');
  expect(await stack.deployed.failures()).toEqual([expect.stringMatching(/^Received response status \[FAILED\] from custom resource\./)]);
  expect(output).toMatch(/CREATE_COMPLETE .* Preflight\/Handler\/Function /);
  expect(output).not.toMatch(/CREATE_\w+ .* Invoker\/Function /);
  expect(await stack.deployed.resources()).toEqual([]);

  await aws.changeModelAccess(REGION, READY);
  expect(await stack.deploy(preflight())).toMatchObject({ status: 0 });
  expect(aws.functions.requests).toEqual(requests('Create', 'Delete', 'Create'));
});

test('told to warn, it lets the deployment through and reports what is missing', async () => {
  await aws.changeModelAccess(REGION, { agreementAvailability: { status: 'NOT_AVAILABLE' }, quota: 0 });
  expect(await stack.deploy(preflight({ onMissingAccess: PreflightAction.WARN }))).toMatchObject({ status: 0 });
  const { Report } = await stack.deployed.outputs();
  expect(Report.startsWith(`${NO_AGREEMENT} Quota L-CCA5DF70: 0 (`)).toBe(true);
  expect(aws.functions.log.join('\n')).toContain(NO_AGREEMENT);
});

test('told to run again, it is a new resource; if that fails, the old one and the rest of the stack stay', async () => {
  await stack.deploy(preflight({ runAgain: '1' }));
  const identities = async (): Promise<string[]> =>
    (await stack.deployed.resources()).map(({ LogicalResourceId, PhysicalResourceId }) => `${LogicalResourceId} ${PhysicalResourceId}`);
  const before = await identities();
  await aws.changeModelAccess(REGION, { authorizationStatus: 'NOT_AUTHORIZED' });
  const { status, output } = await stack.deploy(preflight({ runAgain: '2' }));
  expect([status, output]).toEqual([1, expect.stringContaining('Authorization: NOT_AUTHORIZED.')]);
  expect(await stack.deployed.status()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await identities()).toEqual(before);
  expect(await stack.deployed.outputs()).toEqual({ Report: 'in order' });

  await aws.changeModelAccess(REGION, READY);
  expect(await stack.deploy(preflight({ runAgain: '2' }))).toMatchObject({ status: 0 });
  expect(aws.functions.requests).toEqual(requests('Create', 'Create', 'Delete', 'Create', 'Delete'));
});

test('under a logical ID of the user\'s own it is updated, and what it was before is deleted after that', async () => {
  const pinned = (routing: InferenceRouting) => (scope: Stack) => {
    const construct = new HaikuPreflight(scope, 'Preflight', { target: new CrossRegionInferenceProfile(scope, 'Haiku', { routing }) });
    (construct.node.findChild('Resource').node.defaultChild as CfnElement).overrideLogicalId('Pinned');
  };
  await stack.deploy(pinned(InferenceRouting.sourceGeography()));
  expect(await stack.deploy(pinned(InferenceRouting.globalCrossRegion()))).toMatchObject({ status: 0 });
  const [{ LogicalResourceId, PhysicalResourceId }] = await stack.deployed.resources('Custom::HaikuPreflight');
  expect([LogicalResourceId, PhysicalResourceId]).toEqual(['Pinned', `preflight-${REGION}-global.${MODEL}`]);
  expect(aws.functions.requests).toEqual(requests('Create', 'Update', 'Delete'));
});

test('told to, it submits the use-case form and accepts the agreement, and then finds all in order', async () => {
  await aws.changeModelAccess(REGION, { agreementAvailability: { status: 'NOT_AVAILABLE' }, authorizationStatus: 'NOT_AUTHORIZED', useCaseForm: null });
  const useCaseForm = { companyName: 'Example', companyWebsite: 'https://example.com', intendedUsers: '0', industryOption: 'Other', useCases: 'Tests' };
  expect(await stack.deploy(preflight({ acceptAgreement: true, useCaseForm }))).toMatchObject({ status: 0 });
  expect((await stack.deployed.outputs()).Report).toBe('in order');
  const bedrock = new BedrockClient(aws.client(REGION));
  const { agreementAvailability } = await bedrock.send(new GetFoundationModelAvailabilityCommand({ modelId: MODEL }));
  const { formData } = await bedrock.send(new GetUseCaseForModelAccessCommand({}));
  bedrock.destroy();
  expect(agreementAvailability).toEqual({ status: 'AVAILABLE' });
  expect(JSON.parse(Buffer.from(formData!).toString())).toEqual({ otherIndustryOption: '', ...useCaseForm });
});

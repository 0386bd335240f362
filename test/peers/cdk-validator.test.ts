import { App, Aws, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { HAS_VALIDATOR, STRICT, validatorErrors } from './validator-findings';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting, InRegionInference } from '../../src';
import { ACCOUNT } from '../kit/stack';

const validation = process.env.CDK_VALIDATION;
beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => {
  if (validation === undefined) delete process.env.CDK_VALIDATION;
  else process.env.CDK_VALIDATION = validation;
});

/** Everything that the library puts into one template: by default, global, In-Region, and an application profile. */
function everything(stack: Stack): void {
  const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal(ACCOUNT) });
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  haiku.grants.invoke(role);
  new CrossRegionInferenceProfile(stack, 'Anywhere', { routing: InferenceRouting.globalCrossRegion() }).grants.invoke(role);
  new InRegionInference(stack, 'Here').grants.invoke(role);
  new ApplicationInferenceProfile(stack, 'Team', { copyFrom: haiku }).grants.invoke(role);
}

test('aws-lambda-bedrockinferenceprofile fails CDK\'s own validator (E1011): an environment-agnostic template of ours passes it', () => {
  const app = new App({ context: STRICT });
  everything(new Stack(app, 'Anywhere'));
  expect(validatorErrors(app)).toEqual([]);
});

test.each(['eu-west-1', 'us-east-1', 'ap-northeast-1'])('a template of ours for %s passes CDK\'s own validator', (region) => {
  const app = new App({ context: STRICT });
  everything(new Stack(app, 'Fixed', { env: { account: ACCOUNT, region } }));
  expect(validatorErrors(app)).toEqual([]);
});

test('the validator, where there is one, finds a look-up in a mapping that does not exist', () => {
  const app = new App({ context: STRICT });
  const topic = new CfnResource(new Stack(app, 'Wrong'), 'Topic', { type: 'AWS::SNS::Topic' });
  topic.addPropertyOverride('TopicName', Fn.findInMap('Missing', Aws.REGION, 'name'));
  expect(validatorErrors(app).some((error) => error.startsWith('E1011') || error.includes('Missing'))).toBe(HAS_VALIDATOR);
});

import { App, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InRegionInference } from '../../src';
import { ACCOUNT } from '../iam/inference-call';

const deprecated = process.env.JSII_DEPRECATED;
beforeAll(() => { process.env.JSII_DEPRECATED = 'fail'; });
afterAll(() => {
  if (deprecated === undefined) delete process.env.JSII_DEPRECATED;
  else process.env.JSII_DEPRECATED = deprecated;
});

test('a grant uses nothing that aws-cdk-lib calls deprecated', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal(ACCOUNT) });
  const haiku = new CrossRegionInferenceProfile(stack, 'Haiku');
  expect(() => {
    for (const model of [haiku, new ApplicationInferenceProfile(stack, 'Team', { copyFrom: haiku }), new InRegionInference(stack, 'Here')]) {
      expect(model.grants.invoke(role).success).toBe(true);
    }
  }).not.toThrow();
});

import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, CfnOutput, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib/core';
import { version } from 'aws-cdk-lib/package.json';
import { ApplicationInferenceProfile, CrossRegionInferenceProfile, InferenceRouting } from '../src';
import { GLOBAL_SOURCES, MODEL_ID } from './fixtures/documented-regions';
import { StackTemplate } from './kit/deployed';
import { everyConstruct } from './kit/every-construct';
import { ACCOUNT } from './kit/stack';
import { thrown } from './kit/three-ways';

process.env.CDK_VALIDATION = 'true'; // test/setup.ts turns it off elsewhere.
// aws-cdk-lib has had the validator since this release; before it, the flag changes nothing.
const hasValidator = Number(version.split('.')[1]) >= 262;

function strictApp(): App {
  return new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
}

/** An app with every construct, in environment-agnostic stacks and in concrete ones. */
function everyStack(): App {
  const app = strictApp();
  for (const region of ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'ap-northeast-1']) everyConstruct(app, region, { account: ACCOUNT, region });
  everyConstruct(app, 'Agnostic');
  const owner = new Stack(app, 'Owner');
  new CfnWaitConditionHandle(owner, 'Anything');
  const user = new Stack(app, 'User');
  const haiku = new CrossRegionInferenceProfile(owner, 'Haiku', { allowedRegions: ['us-east-1', 'us-east-2', 'us-west-2'] });
  haiku.grants.invoke(new Role(user, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  new CfnOutput(user, 'Id', { value: haiku.modelId });
  return app;
}

/** Every value under a key, anywhere in a template. */
function valuesUnder(part: unknown, key: string): unknown[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesUnder(value, key)]);
}

test('the templates of every construct pass CDK\'s own validator, and hold together by themselves', () => {
  const app = everyStack();
  const assembly = app.synth();
  const report = join(assembly.directory, 'validation-report.json');
  const findings = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations) : [];
  expect(findings).toEqual([]);
  for (const { template } of assembly.stacks as Array<{ template: StackTemplate }>) {
    const lookups = valuesUnder(template, 'Fn::FindInMap') as Array<[string, unknown, string]>;
    for (const [map, key, column] of lookups) {
      expect(key).toEqual({ Ref: 'AWS::Region' });
      for (const row of Object.values(template.Mappings![map])) expect(row).toHaveProperty(column);
    }
    for (const row of Object.values(template.Mappings ?? {}).flatMap((rows) => Object.entries(rows))) expect(row[0]).toMatch(/^[a-z]{2}-[a-z]+-\d$/);
    const known = [...Object.keys(template.Resources ?? {}), ...Object.keys(template.Parameters ?? {}), 'AWS::Region', 'AWS::AccountId', 'AWS::Partition'];
    for (const name of valuesUnder(template, 'Ref')) expect(known).toContain(name);
  }
});

// The user guide lists every one of these Regions; CDK's copy of the resource schemas lacks this one resource in some. A user there
// acknowledges F3006. Any other finding would be ours.
test('the validator\'s one objection is that it knows no application profiles in some documented Regions', () => {
  const app = strictApp();
  for (const region of GLOBAL_SOURCES) {
    const stack = new Stack(app, region, { env: { account: ACCOUNT, region } });
    new ApplicationInferenceProfile(stack, 'Team', { copyFrom: new CrossRegionInferenceProfile(stack, 'Haiku', { routing: InferenceRouting.globalCrossRegion() }) });
  }
  if (hasValidator) {
    const objections = [...thrown(() => app.synth()).matchAll(/^ERROR (.*)$/gm)].map(([, text]) => text);
    const unknownIn = /^Type: Resource type 'AWS::Bedrock::ApplicationInferenceProfile' does not exist in '([^']+)' \(CloudFormation Validate\)$/;
    const regions = objections.map((text) => unknownIn.exec(text)?.[1]);
    expect(regions).toContain('ap-southeast-6');
    expect(GLOBAL_SOURCES).toEqual(expect.arrayContaining(regions));
  } else {
    const copied = app.synth().stacks.map(({ template }) => template.Resources.Team8E98563C.Properties.ModelSource.CopyFrom);
    expect(copied).toEqual([...GLOBAL_SOURCES].sort().map((region) => `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/global.${MODEL_ID}`));
  }
});

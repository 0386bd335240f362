// npm run test:deploy: the pinned CDK CLI deploys every example to a stand-in for AWS on loopback; what came of it is read back.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AwsStandIn } from './deploy/aws-stand-in';
import { bedrockResources, documentedModelArns, policySize } from './deploy/bedrock-access';
import { DeployedStack } from './deploy/deployed-stack';
import { EXAMPLE_NAMES, ExampleDeployment } from './deploy/example-deployment';
import { filesOf, FunctionCode } from './deploy/function-code';
import { PythonEnvironment } from './deploy/python-environment';
import { SKIPPED_RESOURCES } from './deploy/skipped-resources';

const ASSETS = join(__dirname, '..', 'assets');
/** What IAM allows all inline policies of a role together. */
const INLINE_POLICY_CHARACTERS = 10_240;

/** How many of each the examples had, so that no check below passes for lack of something to check. */
const seen: Record<string, number> = {};

let python: PythonEnvironment;
let aws: AwsStandIn;

beforeAll(async () => {
  python = PythonEnvironment.installed();
  aws = await AwsStandIn.start(python);
});

afterAll(() => aws.stop());

test('there are examples to deploy', () => expect(EXAMPLE_NAMES.length).toBeGreaterThanOrEqual(5));

describe.each(EXAMPLE_NAMES)('%s', (name) => {
  let example: ExampleDeployment;
  let deployed: DeployedStack[];

  beforeAll(async () => {
    example = new ExampleDeployment(name, aws);
    await example.synth();
    await example.bootstrap();
    deployed = example.deployed();
  });

  afterAll(() => {
    deployed.forEach((stack) => stack.close());
    example.dispose();
  });

  test('deploys', async () => {
    expect(await example.deploy()).toContain('Total time');
  });

  test('is created whole', async () => {
    for (const [index, stack] of deployed.entries()) {
      const created = new Set((await stack.resources()).map(({ LogicalResourceId }) => LogicalResourceId));
      const missing = Object.entries(example.stacks[index].template.Resources)
        .filter(([id, { Type }]) => !created.has(id) && !(Type in SKIPPED_RESOURCES))
        .map(([id, { Type }]) => `${id} (${Type})`);
      expect(missing).toEqual([]);
      for (const { ResourceType } of await stack.resources()) seen[ResourceType!] = (seen[ResourceType!] ?? 0) + 1;
    }
  });

  test('gives each role the documented models of its Region, nothing by wildcard, within IAM\'s size', async () => {
    for (const stack of deployed) {
      for (const { PhysicalResourceId: role } of await stack.resources('AWS::IAM::Role')) {
        const statements = await stack.rolePolicies(role!);
        const resources = bedrockResources(statements);
        expect(resources.length).toBeGreaterThan(0);
        expect(resources.filter((arn) => /\*|\$\{/.test(arn))).toEqual([]);
        expect(resources.filter((arn) => arn.includes(':foundation-model/')).sort()).toEqual(documentedModelArns(statements, stack.region).sort());
        expect(policySize(statements)).toBeLessThanOrEqual(INLINE_POLICY_CHARACTERS);
      }
    }
  });

  test('runs the handler that this package ships', async () => {
    for (const [index, stack] of deployed.entries()) {
      for (const { LogicalResourceId: id, PhysicalResourceId: name_ } of await stack.resources('AWS::Lambda::Function')) {
        const code = await FunctionCode.downloaded(aws, stack.region, example.stacks[index].template.Resources[id!]);
        expect((await stack.functionConfiguration(name_!)).CodeSha256).toBe(code.codeSha256);
        expect(readdirSync(ASSETS).map((bundle) => filesOf(join(ASSETS, bundle)))).toContainEqual(code.files(python));
      }
    }
  });

  test('names the log group, the role and the model that it created', async () => {
    for (const stack of deployed) {
      const groups = new Set((await stack.resources('AWS::Logs::LogGroup')).map(({ PhysicalResourceId }) => PhysicalResourceId!));
      const logs = new CloudWatchLogsClient(aws.client(stack.region));
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
      logs.destroy();
      expect(logGroups.filter(({ logGroupName, retentionInDays }) => groups.has(logGroupName!) && retentionInDays! > 0)).toHaveLength(groups.size);
      for (const { PhysicalResourceId: functionName } of await stack.resources('AWS::Lambda::Function')) {
        const { Role, Environment } = await stack.functionConfiguration(functionName!);
        const resources = bedrockResources(await stack.rolePolicies(Role!.split('/').pop()!));
        const model = Environment!.Variables!.MODEL_ID;
        expect(resources.some((arn) => arn === model || arn.endsWith(`/${model}`))).toBe(true);
      }
    }
  });

  test('copies its application profiles from a profile of the stack\'s Region', async () => {
    for (const stack of deployed) {
      const bedrock = new BedrockClient(aws.client(stack.region));
      for (const { PhysicalResourceId: arn } of await stack.resources('AWS::Bedrock::ApplicationInferenceProfile')) {
        const { type, models } = await bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
        expect(type).toBe('APPLICATION');
        expect(models![0].modelArn).toContain(`:bedrock:${stack.region}:`);
      }
      bedrock.destroy();
    }
  });

  test('has no difference after the deployment', async () => {
    expect(await example.diff()).toMatchObject({ status: 0, output: expect.stringContaining('There were no differences') as string });
  });

  test('shows a change, deploys it, and keeps every resource', async () => {
    const identities = async (): Promise<string[]> => (await Promise.all(deployed.map((stack) => stack.resources())))
      .flat().map(({ LogicalResourceId, PhysicalResourceId }) => `${LogicalResourceId} ${PhysicalResourceId}`).sort();
    const before = await identities();
    expect(await example.diffChanged()).toMatchObject({ status: 1, output: expect.stringContaining('deployment') as string });
    await example.deployChanged();
    expect(await identities()).toEqual(before);
    expect(await example.diffChanged()).toMatchObject({ status: 0 });
  });

  test('is destroyed', async () => {
    await example.destroy();
    expect(await Promise.all(deployed.map((stack) => stack.exists()))).toEqual(deployed.map(() => false));
  });
});

test('the examples had something of each kind to read back', () => {
  for (const type of ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::Bedrock::ApplicationInferenceProfile']) {
    expect(seen[type]).toBeGreaterThan(0);
  }
});

test('an environment-agnostic stack looks up the row of the Region that it is deployed to', async () => {
  for (const region of ['us-west-1', 'ap-northeast-3']) {
    const example = new ExampleDeployment('environment-agnostic', aws, region);
    await example.synth();
    await example.bootstrap();
    await example.deploy();
    const [stack] = example.deployed();
    const { ModelId } = await stack.outputs();
    expect(ModelId).toBe(`${region.startsWith('us') ? 'us' : 'jp'}.anthropic.claude-haiku-4-5-20251001-v1:0`);
    stack.close();
    example.dispose();
  }
});

test('an environment-agnostic stack is not deployed to a Region without a geography', async () => {
  const example = new ExampleDeployment('environment-agnostic', aws, 'sa-east-1');
  await example.synth();
  await example.bootstrap();
  await expect(example.deploy()).rejects.toThrow('does not serve Claude Haiku 4.5 from this Region');
  example.dispose();
});

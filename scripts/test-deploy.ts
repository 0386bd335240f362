// npm run test:deploy: the pinned CDK CLI deploys every example to a stand-in for AWS on loopback; what came of it is read back.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AwsStandIn } from './deploy/aws-stand-in';
import { invocableResources, documentedModelArns, policySize } from './deploy/bedrock-access';
import { DeployedStack } from './deploy/deployed-stack';
import { ExampleDeployment } from './deploy/example-deployment';
import { FunctionCode } from './deploy/function-code';
import { PythonEnvironment } from './deploy/python-environment';
import { SKIPPED_RESOURCES } from './deploy/skipped-resources';
import { NAMES } from '../test/examples/example-folders';
import { filesOf } from '../test/invoker/files-of';
import { ACCOUNT } from '../test/kit/stack';

/** The stand-in for AWS is one account, so an app of two cannot be deployed to it. Its templates are checked with the other examples'. */
const OF_TWO_ACCOUNTS = ['central-account'];
/** What runs on engines is deployed to a stand-in that has them: test-engines.ts. */
const ON_ENGINES = ['batch', 'map', 'queue'];
/** What the stand-in lacks: updates of a VPC; composite alarms, budgets, metric filters and queries. */
const BEYOND_THE_STAND_IN = ['private-network', 'monitoring'];
/** What is asked of a deployment here is for functions that call one model. Those that call two are tested as deployed bundles, in test/invoker. */
const OF_TWO_MODELS = ['escalation', 'moving-on'];
const DEPLOYED = NAMES.filter((name) => ![...OF_TWO_ACCOUNTS, ...ON_ENGINES, ...BEYOND_THE_STAND_IN, ...OF_TWO_MODELS].includes(name));
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

test('there are examples to deploy', () => expect(DEPLOYED.length).toBeGreaterThanOrEqual(7));

describe.each(DEPLOYED)('%s', (name) => {
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

  test('gives each role that may call the model the documented ones of its Region, nothing by wildcard, within IAM\'s size', async () => {
    for (const stack of deployed) {
      const policies = await Promise.all((await stack.resources('AWS::IAM::Role')).map(async ({ PhysicalResourceId }) => stack.rolePolicies(PhysicalResourceId!)));
      const callers = policies.filter((statements) => invocableResources(statements).length > 0);
      expect(callers.length).toBeGreaterThan(0);
      for (const statements of callers) {
        const resources = invocableResources(statements);
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
        const resources = invocableResources(await stack.rolePolicies(Role!.split('/').pop()!));
        const model = Environment?.Variables?.MODEL_ID;
        // The handler of a custom resource has none, and may not call any.
        expect(resources.length > 0).toBe(model !== undefined);
        if (model) expect(resources.some((arn) => arn === model || arn.endsWith(`/${model}`))).toBe(true);
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

  test('streams from its function URLs, by the alias of the newest version, and only for signed requests', async () => {
    for (const stack of deployed) {
      for (const { PhysicalResourceId: arn } of await stack.resources('AWS::Lambda::Url')) {
        expect(await stack.functionUrl(arn!)).toMatchObject({ AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' });
      }
      for (const { PhysicalResourceId: arn } of await stack.resources('AWS::Lambda::Alias')) {
        const versions = (await stack.resources('AWS::Lambda::Version')).map(({ PhysicalResourceId }) => PhysicalResourceId!.split(':').pop());
        expect(versions).toEqual([(await stack.alias(arn!)).FunctionVersion]);
      }
    }
  });

  test('watches the metrics that its functions write', async () => {
    for (const stack of deployed) {
      const functions = (await stack.resources('AWS::Lambda::Function')).map(({ PhysicalResourceId }) => PhysicalResourceId);
      for (const { PhysicalResourceId: name_ } of await stack.resources('AWS::CloudWatch::Alarm')) {
        const { Namespace, MetricName, Dimensions, AlarmActions } = await stack.alarm(name_!);
        expect({ Namespace, AlarmActions }).toEqual({ Namespace: 'HaikuInvoker', AlarmActions: [`arn:aws:ssm:${stack.region}:${ACCOUNT}:opsitem:2`] });
        expect(['Throttles', 'ServerErrors']).toContain(MetricName);
        expect(functions).toContain(Dimensions![0].Value);
      }
    }
  });

  test('knows from its preflights that the account can call the model', async () => {
    for (const stack of deployed) {
      for (const { PhysicalResourceId: id } of await stack.resources('Custom::HaikuPreflight')) {
        expect(id).toBe(`preflight-${stack.region}-eu.anthropic.claude-haiku-4-5-20251001-v1:0`);
        expect((await stack.outputs()).Report).toBe('in order');
      }
    }
  });

  test('has no difference after the deployment', async () => {
    expect(await example.diff()).toMatchObject({ status: 0, output: expect.stringContaining('There were no differences') as string });
  });

  test('shows a change, deploys it, and keeps every resource', async () => {
    // A version never changes: a change of the function makes another one.
    const identities = async (): Promise<string[]> => (await Promise.all(deployed.map((stack) => stack.resources())))
      .flat().filter(({ ResourceType }) => ResourceType !== 'AWS::Lambda::Version').map(({ LogicalResourceId, PhysicalResourceId }) => `${LogicalResourceId} ${PhysicalResourceId}`).sort();
    const before = await identities();
    await example.synthChanged();
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
  const types = [
    'AWS::Bedrock::ApplicationInferenceProfile', 'AWS::CloudWatch::Alarm', 'AWS::IAM::Role', 'AWS::Lambda::Alias', 'AWS::Lambda::Function',
    'AWS::Lambda::Url', 'AWS::Lambda::Version', 'AWS::Logs::LogGroup', 'Custom::BedrockModelInvocationLogging', 'Custom::HaikuPreflight',
  ];
  expect(types.filter((type) => !seen[type])).toEqual([]);
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

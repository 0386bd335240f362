import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Callable, Callables, Field } from './callables';
import * as api from '../../src';
import { ACCOUNT, CITED, isolatedVpc } from '../kit/stack';
import { FULL_ACCESS } from '../organization/organizations';

type Values = Record<string, unknown>;
/** The apps write over each other's assembly: a folder for each would take as long as the rest. */
const OUTDIR = mkdtempSync(join(tmpdir(), 'haiku-misuse-'));
afterAll(() => rmSync(OUTDIR, { recursive: true }));
const CARD = api.ModelCard.CLAUDE_HAIKU_4_5;
const CARD_PROPS = CARD._toProps();

/** What has to be there, by the name of the prop or the type, where any text or number will not do. */
const BY_NAME: Values = {
  ...CITED,
  aliasName: 'live',
  guardrailId: 'a1b2c3',
  guardrailArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/a1b2c3',
  guardrailVersion: '1',
  inferenceProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
  inferenceProfileId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  path: 'haiku.json',
  document: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } } }),
  prefix: 'eu',
  sourceRegion: 'us-east-1',
  region: 'us-east-1',
  name: 'claude-haiku-4-5',
  metricName: 'Invocations',
  value: 0.5,
  share: 10,
  inputPrefix: 'in/',
  outputPrefix: 'out/',
};
const BY_TYPE: Record<string, (scope: Construct) => unknown> = {
  'ModelCard': () => CARD,
  'ModelCardProps': () => CARD_PROPS,
  'ModelCardRegions': () => CARD_PROPS,
  'ModelLifecycle': () => CARD.lifecycle,
  'ModelLimits': () => CARD.limits,
  'PromptCachingLimits': () => CARD.promptCaching,
  'ServiceTierSupport': () => CARD.serviceTiers,
  'RegionTable': () => CARD.globalSources,
  'GeoRoute': () => CARD.geoRoutes[0],
  'ServiceQuota': () => CARD.quotas[0],
  'TokenPrice': () => CARD.prices[0],
  'PlatformName': () => CARD.notes.platformNames![0],
  'SourceDisagreement': () => CARD.notes.disagreements![0],
  'InferenceOption': () => api.InferenceOption.GEO,
  'InferenceRouting': () => api.InferenceRouting.sourceGeography(),
  'Geography': () => api.Geography.US,
  'ICrossRegionInferenceProfile': (scope) => new api.CrossRegionInferenceProfile(scope, 'Valid'),
  'HaikuDashboardProps': (scope) => ({ invokers: [scope.node.tryFindChild('ValidInvoker') ?? new api.HaikuInvoker(scope, 'ValidInvoker')] }),
  'CostTag': () => api.CostTag.resource('team', 'search'),
  'HaikuBudgetProps': () => ({ monthlyDollars: 1, tags: [api.CostTag.resource('team', 'search')], emails: ['a@example.com'] }),
  'IHaikuInvoker': (scope) => scope.node.tryFindChild('ValidInvoker') ?? new api.HaikuInvoker(scope, 'ValidInvoker'),
  'CacheCheckpoints': () => ({ system: api.CacheTtl.FIVE_MINUTES }),
  'IInvocableModel': (scope) => new api.CrossRegionInferenceProfile(scope, 'Valid'),
  'IVpc': (scope) => isolatedVpc(scope, 'ValidVpc'),
  'IBucket': (scope) => scope.node.tryFindChild('Valid') ?? new Bucket(scope, 'Valid'),
  'IQueue': (scope) => new Queue(scope, 'Valid'),
  'IEventBus': (scope) => new EventBus(scope, 'Valid'),
  'ITable': (scope) => new Table(scope, 'Valid', { partitionKey: { name: 'id', type: AttributeType.STRING } }),
  'Schedule': () => Schedule.rate(Duration.days(1)),
  'QueueOutput': (scope) => api.QueueOutput.queue(new Queue(scope, 'Valid')),
  'IStringParameter': (scope) => new StringParameter(scope, 'Valid', { stringValue: 'Be brief.' }),
  'PolicyStatement': () => new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }),
  'IPolicyValidationContextBeta1': () => ({ templatePaths: [] }),
  'ServiceControlRule': () => api.ServiceControlRule.forbidGlobal(),
  'ServiceControlPolicies': () => {
    const file = join(OUTDIR, 'org.json');
    writeFileSync(file, JSON.stringify({ levels: [{ name: 'Root', policies: [FULL_ACCESS] }] }));
    return api.ServiceControlPolicies.fromFile(file);
  },
  'EscalationTrigger': () => api.EscalationTrigger.maxTokens(),
  'TrafficShare': () => api.TrafficShare.percent(10),
  'TrafficArm': () => api.TrafficArm.CANDIDATE,
  'IFunction': (scope) => LambdaFunction.fromFunctionArn(scope, 'ValidFunction', 'arn:aws:lambda:us-east-1:111122223333:function:mine'),
  '{ [key: string]: unknown }': () => ({ type: 'object' }),
  'IGrantable': () => new ArnPrincipal('arn:aws:iam::111122223333:role/mine'),
};

/** Calls of the API that work, each in a stack of its own, with one value of them exchanged. */
export class ValidCalls {
  /** A stack in a new app that stages nothing: a synthesis in milliseconds. */
  static stack(): Stack {
    const app = new App({ analyticsReporting: false, treeMetadata: false, outdir: OUTDIR, context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-stack-trace': true } });
    return new Stack(app, 'Stack', { env: { account: ACCOUNT, region: 'us-east-1' } });
  }

  constructor(private readonly api_: Callables) {}

  /** A construct of ours by its class. */
  construct(owner: string, scope: Construct): unknown {
    const { parameters } = this.api_.callables.find((callable) => callable.owner === owner && callable.name === 'new')!;
    return this.call({ owner, name: 'new', kind: 'constructor', parameters }, scope, []);
  }

  /** Calls it, with `exchanged` at a place such as `['props', 'retry', 'maxAttempts']`. */
  call({ owner, name, kind, parameters }: Callable, scope: Construct, place: string[], exchanged?: unknown): unknown {
    const [parameter, ...below] = place;
    const values = parameters.map((field) => {
      if (field.name === 'scope') return scope;
      if (field.name === 'id') return `${owner}${kind}`;
      const valid = field.optional && field.name !== parameter ? undefined : this.validFor(field, scope);
      return field.name === parameter ? this.exchange(valid, below, exchanged) : valid;
    });
    const type = (api as unknown as Record<string, Record<string, (...given: unknown[]) => unknown>>)[owner];
    if (kind === 'constructor') return new (type as unknown as new (...given: unknown[]) => unknown)(...values);
    const self = (kind === 'static' ? type : this.instanceOf(owner, scope)) as typeof type;
    return self[name](...values);
  }

  /** Something that a field takes. */
  validFor({ name, type, list }: Field, scope: Construct): unknown {
    if (type in BY_TYPE) return list ? [BY_TYPE[type](scope)] : BY_TYPE[type](scope);
    if (type in this.api_.structs) {
      const required = this.api_.structs[type].filter((field) => !field.optional);
      const struct = Object.fromEntries(required.map((field) => [field.name, this.validFor(field, scope)]));
      return list ? [struct] : struct;
    }
    if (name in BY_NAME) return BY_NAME[name];
    const plain = { string: 'text', number: 1, boolean: true }[type];
    return list ? [plain] : plain;
  }

  private exchange(valid: unknown, [first, ...below]: string[], exchanged: unknown): unknown {
    if (first === undefined) return exchanged;
    if (Array.isArray(valid)) return [this.exchange(valid[0], below, exchanged), ...valid.slice(1) as unknown[]];
    return { ...valid as Values, [first]: this.exchange((valid as Values | undefined)?.[first] ?? {}, below, exchanged) };
  }

  private instanceOf(owner: string, scope: Construct): unknown {
    if (owner === 'ModelCard') return CARD;
    if (owner === 'HaikuPolicyValidation') return new api.HaikuPolicyValidation();
    if (owner === 'InferenceRoute') return api.InferenceRouter.route({ model: CARD, routing: api.InferenceRouting.globalCrossRegion(), sourceRegion: 'us-east-1' }).route;
    if (['HaikuMap', 'HaikuBatch', 'InferenceRegionAudit'].includes(owner)) return this.construct(owner, scope);
    const invoker = new api.HaikuInvoker(scope, 'Invoker', { functionUrl: api.InvokerFunctionUrl.buffered() });
    return owner === 'HaikuInvokerGrants' ? invoker.grants : invoker;
  }
}

import type { EscalationPlan } from '../../src/contract/escalation';
import type { InvokerOptions } from '../../src/contract/invoker-options';
import { Invoker } from '../../src/handlers/invoke/call/invoker';
import { configOf, readConfig } from '../../src/handlers/invoke/config/config';
import { readCredentials } from '../../src/handlers/invoke/config/credentials';
import { serviceUrl } from '../../src/handlers/invoke/config/endpoint';
import type { Dialect } from '../../src/handlers/invoke/dialects/dialect';
import { MESSAGES } from '../../src/handlers/invoke/dialects/messages-dialect';
import { fitting } from '../../src/handlers/invoke/escalation/json-schema';
import { ladderOf } from '../../src/handlers/invoke/escalation/ladder';
import { verdicts } from '../../src/handlers/invoke/escalation/verdict';
import { InvokerError } from '../../src/handlers/invoke/failures/errors';
import { EXPLANATIONS } from '../../src/handlers/invoke/failures/explain';
import type { Clock } from '../../src/handlers/invoke/http/clock';
import { SYSTEM_CLOCK } from '../../src/handlers/invoke/http/clock';
import { createSigner, Signer } from '../../src/handlers/invoke/http/signer';
import { Transport } from '../../src/handlers/invoke/http/transport';
import { CallLog } from '../../src/handlers/invoke/log/call-log';
import { credentialEnvironment } from '../stand-ins/bedrock-runtime';
import type { TestCredentials } from '../stand-ins/bedrock-runtime';

export const REGION = 'eu-west-2';
export const MODEL_ID = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

/** The limits as the construct copies them from the model card. */
export const LIMITS = {
  maxOutputTokens: 64_000,
  streamingRequiredAbove: 21_333,
  minThinkingBudget: 1024,
  maxCacheCheckpoints: 4,
  temperatureOrTopP: true,
  thinkingTypes: ['enabled', 'disabled'],
};

export interface TestInvokerProps {
  readonly url: string;
  readonly options?: InvokerOptions;
  readonly endpoint?: 'bedrock-runtime' | 'bedrock-mantle';
  readonly modelId?: string;
  readonly region?: string;
  readonly dialect?: Dialect;
  readonly clock?: Clock;
  readonly credentials?: TestCredentials;
  readonly reportingQueues?: string[];
  /** The ladder: its options say the models, this the rest. */
  readonly plan?: EscalationPlan;
}

/** An invoker as Lambda would have it, whose log lines a test can read. */
export class TestInvoker extends Invoker {
  static create({ url, options, endpoint = 'bedrock-runtime', modelId = MODEL_ID, region = REGION, ...more }: TestInvokerProps): TestInvoker {
    const { dialect = MESSAGES, clock = SYSTEM_CLOCK, credentials, reportingQueues = [], plan } = more;
    const env = {
      ...credentialEnvironment(credentials),
      MODEL_ID: modelId,
      MODEL_ENDPOINT: endpoint,
      MODEL_REGION: region,
      INVOKER_OPTIONS: JSON.stringify({ limits: LIMITS, ...options }),
      ...reportingQueues.length > 0 && { SQS_REPORTS_ITEM_FAILURES: reportingQueues.join(' ') },
      AWS_ENDPOINT_URL: url,
      AWS_LAMBDA_FUNCTION_NAME: 'test-function',
    };
    const config = readConfig(env);
    const lines: Record<string, unknown>[] = [];
    const write = (line: string) => lines.push(JSON.parse(line));
    const log = new CallLog({ config, dialect: dialect.name, env, write });
    const sign = createSigner(config, () => readCredentials(env));
    const explanations = async () => EXPLANATIONS;
    const parts = { config, dialect, sign, transport: new Transport(config.url), clock, log, explanations };
    const way = plan && ladderOf(plan, {
      config,
      env,
      clock,
      readCredentials,
      serviceUrl,
      InvokerError,
      Signer,
      Transport,
      invokerOf: (model) => new Invoker({ ...parts, config: configOf(model, config, env) }),
    }, { schema: async () => fitting, verdict: async () => verdicts });
    return new TestInvoker(lines, { ...parts, way });
  }

  private constructor(readonly lines: Record<string, unknown>[], parts: Invoker['parts']) {
    super(parts);
  }

  close(): void {
    this.parts.transport.close();
  }
}

/** A Lambda context with that much time left. */
export function contextWith(milliseconds: number) {
  return { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => milliseconds };
}

/** A clock that a test moves: sleeping takes no time but advances it, and jitter is always the whole of its bound. */
export class TestClock implements Clock {
  readonly waits: number[] = [];

  constructor(private time = Date.now(), private readonly jitter = 1) {}

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
  }

  random(): number {
    return this.jitter;
  }
}

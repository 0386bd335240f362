import { createSocket } from 'node:dgram';
import type { CallAddition, CallRecord } from './call-record';
import type { Environment } from '../../../contract/invoker-variables';
import type { InvokerConfig } from '../config/config';

/**
 * The names of OpenTelemetry's conventions for generative AI on Amazon Bedrock, read on 2026-11-27, with version 1.41.1 of the general ones.
 * None of the `gen_ai` names is stable: they are all here, and nowhere else.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/aws-bedrock.md
 */
export const NAMES = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  maxTokens: 'gen_ai.request.max_tokens',
  stream: 'gen_ai.request.stream',
  responseModel: 'gen_ai.response.model',
  finishReasons: 'gen_ai.response.finish_reasons',
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWrite: 'gen_ai.usage.cache_creation.input_tokens',
  guardrail: 'aws.bedrock.guardrail.id',
  errorType: 'error.type',
  serverAddress: 'server.address',
  serverPort: 'server.port',
} as const;

/** Of an X-Ray header, such as `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. */
const X_RAY = /Root=1-([0-9a-f]{8})-([0-9a-f]{24});Parent=([0-9a-f]{16});Sampled=([01])/;

/** What OpenTelemetry wants to know of a call: attributes in its line, and where Lambda traces the function, a span of their own. */
export class GenAi implements CallAddition {
  constructor(private readonly config: InvokerConfig, private readonly env: Environment) {}

  fields({ call: { trace }, ...record }: CallRecord): Record<string, unknown> {
    const [, epoch, rest, parent] = this.xRay();
    const own = epoch === undefined ? undefined : { traceId: epoch + rest, spanId: parent };
    // The caller's own context comes first: it is where its other spans are.
    return { ...own, ...trace, attributes: this.attributes(record as CallRecord) };
  }

  metrics(): Record<string, number | undefined> {
    return {};
  }

  /** Sends the span to Lambda's own daemon, as AWS X-Ray reads one. A span that is lost costs nothing but itself. */
  ended(record: CallRecord): void {
    const [header, epoch, rest, parent, sampled] = this.xRay();
    const { AWS_XRAY_DAEMON_ADDRESS: daemon } = this.env;
    if (header === undefined || sampled !== '1' || !daemon) return;
    const [host, port] = daemon.split(':');
    const { error } = record;
    const segment = {
      name: 'chat',
      id: Array.from({ length: 16 }, () => Math.floor(Math.random() * 16).toString(16)).join(''),
      trace_id: `1-${epoch}-${rest}`,
      parent_id: parent,
      type: 'subsegment',
      namespace: 'remote',
      start_time: record.startedAt / 1000,
      end_time: (record.endedAt ?? record.startedAt) / 1000,
      ...error && { error: error.forCallers().status < 500, fault: error.forCallers().status >= 500, throttle: error.name === 'RateLimitError' },
      metadata: { default: this.attributes(record) },
    };
    const socket = createSocket('udp4').on('error', () => socket.close());
    socket.unref().send(`{"format":"json","version":1}\n${JSON.stringify(segment)}`, Number(port), host, () => socket.close());
  }

  private attributes({ facts, prepared, error, streamed, firstTokenAt, startedAt }: Omit<CallRecord, 'call'>): Record<string, unknown> {
    const { modelId, url, options: { guardrail } } = this.config;
    const { inputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = facts ?? {};
    const values: Record<keyof typeof NAMES, unknown> = {
      operation: 'chat',
      provider: 'aws.bedrock',
      requestModel: modelId,
      maxTokens: prepared?.maxTokens,
      stream: streamed || undefined,
      responseModel: facts?.model,
      finishReasons: facts?.stopReason === undefined ? undefined : [facts.stopReason.slice(0, 100)],
      timeToFirstChunk: firstTokenAt && (firstTokenAt - startedAt) / 1000,
      // With what the cache read and took, which Amazon Bedrock counts beside it.
      inputTokens: inputTokens === undefined ? undefined : inputTokens + cacheReadTokens + cacheWriteTokens,
      outputTokens: facts?.outputTokens,
      cacheRead: facts?.cacheReadTokens,
      cacheWrite: facts?.cacheWriteTokens,
      guardrail: guardrail?.id,
      errorType: error?.name,
      serverAddress: url.hostname,
      serverPort: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    };
    const known = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(known.map(([key, value]) => [NAMES[key as keyof typeof NAMES], value]));
  }

  /** Lambda sets it anew for each invocation. */
  private xRay(): Array<string | undefined> {
    return X_RAY.exec(this.env._X_AMZN_TRACE_ID ?? '') ?? [];
  }
}

import { isObject, textOf } from '../json/json-object';
import type { CallContext, EventSource } from '../log/call-record';

/** What the handler reads of Lambda's context. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis(): number;
}

/** Time kept back to report a failure before Lambda ends the process. */
const REPORTING_TIME_MS = 500;

/** Where a call comes from, and how long it may take. */
export function callContext(event: unknown, context: LambdaContext, now: number): CallContext {
  const deadline = now + context.getRemainingTimeInMillis() - REPORTING_TIME_MS;
  return { source: sourceOf(event), deadline, lambdaRequestId: context.awsRequestId, trace: traceOf(event) };
}

/**
 * The caller's trace, as HTTP clients send it.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
function traceOf(event: unknown): CallContext['trace'] {
  if (!isObject(event) || !isObject(event.headers)) return undefined;
  const [, header] = Object.entries(event.headers).find(([name]) => name.toLowerCase() === 'traceparent') ?? [];
  const [, traceId, spanId] = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(textOf(header)) ?? [];
  return traceId === undefined ? undefined : { traceId, spanId };
}

/** Tells the sources apart by their event's own marks; whatever has none is a direct invocation or a Step Functions task. */
export function sourceOf(event: unknown): EventSource {
  if (!isObject(event)) return 'direct';
  if (Array.isArray(event.Records) && event.Records.length > 0 && event.Records.every((record) => isObject(record) && record.eventSource === 'aws:sqs')) {
    return 'sqs';
  }
  const { requestContext } = event;
  if (!isObject(requestContext)) return 'direct';
  if (isObject(requestContext.http)) {
    return textOf(requestContext.domainName).includes('.lambda-url.') ? 'function-url' : 'http-api';
  }
  if (typeof event.httpMethod !== 'string') return 'direct';
  if (isObject(requestContext.elb)) return 'alb';
  // An HTTP API may send the REST APIs' format, with a version that those do not have.
  return event.version === '1.0' ? 'http-api' : 'rest-api';
}

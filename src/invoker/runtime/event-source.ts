import { isObject, textOf } from './json-object';

/** The way in which Lambda was called. */
export type EventSource = 'direct' | 'rest-api' | 'http-api' | 'function-url' | 'alb' | 'sqs';

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

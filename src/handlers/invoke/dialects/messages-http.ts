import type { HttpSide } from './dialect';
import { isObject } from '../json/json-object';

const OPERATION = '/v1/messages';

/**
 * The Messages API over HTTP, as its clients speak it.
 *
 * @see https://docs.anthropic.com/en/api/errors
 */
export const MESSAGES_HTTP: HttpSide = {
  requestIdHeader: 'request-id',
  start: (path) => path.endsWith(OPERATION) ? path.length - OPERATION.length : -1,
  served: () => 'Send Messages request bodies by POST to / or to /v1/messages; other operations, such as counting tokens or batches, are not served.',
  read(body, { header }) {
    const beta = header('anthropic-beta');
    return isObject(body) && beta && body.anthropic_beta === undefined ? { ...body, anthropic_beta: beta.split(',').map((name) => name.trim()) } : body;
  },
  error(error, requestId) {
    const { status, type, message } = error.forCallers();
    return { status, body: { type: 'error', error: { type, message }, ...requestId && { request_id: requestId } } };
  },
};

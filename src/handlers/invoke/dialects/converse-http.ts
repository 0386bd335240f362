import type { HttpSide } from './dialect';
import { ownName, refuseOtherModel } from './fixed-choices';
import type { InvokerErrorName } from '../failures/errors';

const PREFIX = '/model/';
const OPERATION = '/converse';

/** Bedrock's exceptions, each with its status. */
const EXCEPTIONS = {
  ValidationException: 400,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};

/**
 * Those that say what our errors say; the rest, the function's own failures, are internal errors. AWS's clients repeat 500 and 503, so
 * an answer that cannot be read or returned, which was paid, is a ModelErrorException.
 */
const EXCEPTION_OF: { readonly [name in InvokerErrorName]?: keyof typeof EXCEPTIONS } = {
  InvalidRequestError: 'ValidationException',
  MethodNotAllowedError: 'ValidationException',
  RequestTooLargeError: 'ValidationException',
  PathNotFoundError: 'ResourceNotFoundException',
  ModelTimeoutError: 'ModelTimeoutException',
  ModelError: 'ModelErrorException',
  InvalidResponseError: 'ModelErrorException',
  ResponseTooLargeError: 'ModelErrorException',
  RateLimitError: 'ThrottlingException',
  OverloadedError: 'ServiceUnavailableException',
};

/**
 * Converse over HTTP, as AWS's SDKs speak it.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const CONVERSE_HTTP: HttpSide = {
  requestIdHeader: 'x-amzn-requestid',
  start,
  served: (config) => `Send Converse request bodies by POST to / or to ${PREFIX}${encodeURIComponent(ownName(config))}${OPERATION}; other operations are not served.`,
  read(body, { path }, config) {
    const at = start(path);
    if (at !== -1) refuseOtherModel('modelId', path.slice(at + PREFIX.length, -OPERATION.length), config);
    return body;
  },
  error(error) {
    const errorType = EXCEPTION_OF[error.name as InvokerErrorName] ?? 'InternalServerException';
    return { status: error.status === 405 ? 405 : EXCEPTIONS[errorType], errorType, body: { message: error.forCallers().message } };
  },
};

/** The first place, so that a path of two models names neither. */
function start(path: string): number {
  return path.endsWith(OPERATION) ? path.indexOf(PREFIX) : -1;
}

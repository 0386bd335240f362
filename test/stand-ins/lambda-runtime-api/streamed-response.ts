import type { FunctionError, StreamedResponse } from './invocation';

const PRELUDE_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = Buffer.alloc(8);

/** Takes a streamed response apart: a JSON prelude, eight NUL bytes, then the body. */
export function parseStreamedResponse(contentType: string, bytes: Buffer): StreamedResponse {
  if (contentType !== PRELUDE_CONTENT_TYPE) return { contentType, body: bytes };
  const end = bytes.indexOf(DELIMITER);
  if (end < 0) return { contentType, body: bytes };
  return {
    contentType,
    prelude: JSON.parse(bytes.subarray(0, end).toString('utf8')) as StreamedResponse['prelude'],
    body: bytes.subarray(end + DELIMITER.length),
  };
}

/** The error that a stream reports in its trailers, after the last byte. */
export function trailerError(trailers: NodeJS.Dict<string>): FunctionError | undefined {
  const body = trailers['lambda-runtime-function-error-body'];
  return body === undefined ? undefined : JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as FunctionError;
}

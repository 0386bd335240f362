/** An answer other than 200, in AWS's words; each endpoint renders it in its own shape. */
export class Refusal extends Error {
  static validation(message: string): Refusal {
    return new Refusal(400, 'ValidationException', message);
  }

  constructor(
    public readonly status: number,
    /** The exception's name, for example `ValidationException`. */
    public readonly type: string,
    message: string,
    public readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = type;
  }
}

/** The error types of the Messages API, by status. */
const MESSAGES_ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** The error body of the Messages API, as bedrock-mantle answers it. */
export function messagesError(refusal: Refusal, requestId: string): object {
  const type = MESSAGES_ERROR_TYPES[refusal.status] ?? 'api_error';
  return { type: 'error', error: { type, message: refusal.message }, request_id: requestId };
}

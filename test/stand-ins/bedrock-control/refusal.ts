/** An error that a service answers with. */
export class Refusal extends Error {
  constructor(public readonly status: number, public readonly code: string, message: string) {
    super(message);
  }

  /** The body and headers as each service's protocol has them. */
  public answer(service: string): { headers: Record<string, string>; body: string } {
    if (service === 'sts') {
      return {
        headers: { 'content-type': 'text/xml' },
        body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${this.code}</Code>`
          + `<Message>${this.message}</Message></Error><RequestId>stand-in</RequestId></ErrorResponse>`,
      };
    }
    if (service === 'servicequotas' || service === 'organizations') {
      return { headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: this.code, message: this.message }) };
    }
    return { headers: { 'content-type': 'application/json', 'x-amzn-errortype': `${this.code}:` }, body: JSON.stringify({ message: this.message }) };
  }
}

export function accessDenied(action: string): Refusal {
  return new Refusal(403, 'AccessDeniedException', `User: arn:aws:iam::111122223333:user/tester is not authorized to perform: ${action}`);
}

export function throttled(): Refusal {
  return new Refusal(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
}

export function unrecognised(): Refusal {
  return new Refusal(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
}

export function expired(service: string): Refusal {
  return new Refusal(403, service === 'sts' ? 'ExpiredToken' : 'ExpiredTokenException', 'The security token included in the request is expired');
}

export function serverError(): Refusal {
  return new Refusal(500, 'InternalServerException', 'An internal server error occurred. Retry your request.');
}

import { lambdaCalls, LambdaParts } from './lambda-call';

/** Asks for a verdict: whether the answer stands. Rejects where there is none. */
export type AskVerdict = (question: object, timeoutMs: number) => Promise<boolean>;

/** The verdicts of a Lambda function, which answers `{ "passes": true }` or `{ "passes": false }`. */
export function verdicts(arn: string, parts: LambdaParts): AskVerdict {
  const call = lambdaCalls(arn, parts);
  return async (question, timeoutMs) => {
    const reply = await call('RequestResponse', JSON.stringify(question), timeoutMs);
    const text = await reply.text();
    const { passes } = (reply.status === 200 && !reply.headers['x-amz-function-error'] ? JSON.parse(text) : {}) as { readonly passes?: unknown };
    if (typeof passes !== 'boolean') throw new Error('The function gave no verdict.');
    return passes;
  };
}

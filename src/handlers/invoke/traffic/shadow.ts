import { lambdaCalls, LambdaParts } from '../escalation/lambda-call';
import { jsonText } from '../json/exact-json';
import type { JsonObject } from '../json/json-object';
import type { CallAddition } from '../log/call-record';

/** A shadow that Lambda has not taken by then is none. The caller waits for none of it. */
const MOST_MS = 5000;

/** What became of the call's shadow, for the call's own line: the request's ID is that of the shadow's line. */
export class ShadowFacts implements CallAddition {
  shadow: 'sent' | 'failed' | 'pending' | 'impossible' = 'pending';
  shadowRequestId?: string;
  shadowFailure?: string;

  fields(): Record<string, unknown> {
    const { shadow, shadowRequestId, shadowFailure } = this;
    return { shadow, shadowRequestId, shadowFailure };
  }

  metrics(): Record<string, number> {
    return {};
  }
}

/** Hands requests to the function that asks the second target, by an asynchronous invocation. */
export function shadows(arn: string, parts: LambdaParts): (body: JsonObject, facts: ShadowFacts) => Promise<void> {
  const call = lambdaCalls(arn, parts);
  return async (body, facts) => {
    try {
      const reply = await call('Event', jsonText(body), MOST_MS);
      await reply.text();
      if (reply.status !== 202) throw new Error(`Lambda answered with the status ${reply.status}.`);
      Object.assign(facts, { shadow: 'sent', shadowRequestId: reply.requestId });
    } catch (error) {
      Object.assign(facts, { shadow: 'failed', shadowFailure: (error as Error).message });
    }
  };
}

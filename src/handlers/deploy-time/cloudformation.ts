/** What CloudFormation sends to a custom resource. Property values are text, lists and objects: numbers and booleans come as text. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Set for Update and Delete: what the last answer gave. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: object;
  readonly OldResourceProperties?: object;
}

/** What a custom resource answers. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  /** Why it failed; CloudFormation shows it in the stack's events. */
  readonly Reason?: string;
  /** What `Fn::GetAtt` gives. */
  readonly Data?: Record<string, string>;
}

const ATTEMPTS = 5;
const TIMEOUT_MS = 5000;

/** An answer may hold 4,096 bytes in all. */
const LONGEST_TEXT = 1500;

/** Puts the answer where CloudFormation waits for it, again if need be: without it the stack would wait for its timeout. */
export async function putAnswer(event: CloudFormationEvent, answer: Answer, pauseMs = 500): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const body = Buffer.from(JSON.stringify({
    ...answer,
    ...(answer.Reason !== undefined && { Reason: shortened(answer.Reason) }),
    ...(answer.Data && { Data: Object.fromEntries(Object.entries(answer.Data).map(([name, value]) => [name, shortened(value)])) }),
    StackId,
    RequestId,
    LogicalResourceId,
  }));
  for (let attempt = 1; ; attempt++) {
    try {
      // Bytes, not text: a content type would break the signature of the URL.
      const { status } = await fetch(ResponseURL, { method: 'PUT', body, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (status < 300) return;
      throw new Error(`CloudFormation's bucket answered ${status}`);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)));
    }
  }
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 30)} ... (the rest is in the log)`;
}

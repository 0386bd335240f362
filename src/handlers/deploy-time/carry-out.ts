import { Answer, CloudFormationEvent, putAnswer } from './cloudformation';

/** What a custom resource does on each request. */
export interface Resource {
  create(event: CloudFormationEvent): Promise<Done>;
  update(event: CloudFormationEvent): Promise<Done>;
  delete(event: CloudFormationEvent): Promise<void>;
}

/** What creating or updating came to. */
export interface Done {
  readonly physicalId: string;
  readonly data?: Record<string, string>;
}

/** A failure after which Delete has something to undo: the ID tells it what. */
export class FailedHalfway extends Error {
  constructor(message: string, public readonly physicalId: string) {
    super(message);
  }
}

/** The ID of a resource whose creation came to nothing, so that its Delete has nothing to do. */
const NOTHING_DONE = 'nothing-done';

/** Kept back to answer before Lambda ends the process. */
const ANSWER_TIME_MS = 30_000;

/**
 * Carries a request out and answers CloudFormation, whatever happens. Delete always succeeds: what it could not do is in the log,
 * and a stack that cannot be deleted helps nobody.
 */
export async function carryOut(event: CloudFormationEvent, context: { getRemainingTimeInMillis(): number }, resource: Resource): Promise<void> {
  const physicalId = event.PhysicalResourceId ?? NOTHING_DONE;
  let answer: Answer;
  try {
    answer = await inTime(context, async () => success(event, resource, physicalId));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`${event.RequestType} of ${event.LogicalResourceId} failed: ${error instanceof Error && error.stack ? error.stack : message}`);
    answer = event.RequestType === 'Delete'
      ? { Status: 'SUCCESS', PhysicalResourceId: physicalId }
      : { Status: 'FAILED', PhysicalResourceId: error instanceof FailedHalfway ? error.physicalId : physicalId, Reason: message };
  }
  await putAnswer(event, answer);
}

async function success(event: CloudFormationEvent, resource: Resource, physicalId: string): Promise<Answer> {
  if (event.RequestType === 'Delete') {
    if (physicalId !== NOTHING_DONE) await resource.delete(event);
    return { Status: 'SUCCESS', PhysicalResourceId: physicalId };
  }
  const done = event.RequestType === 'Create' ? await resource.create(event) : await resource.update(event);
  return { Status: 'SUCCESS', PhysicalResourceId: done.physicalId, Data: done.data };
}

async function inTime<T>({ getRemainingTimeInMillis }: { getRemainingTimeInMillis(): number }, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('AWS did not answer in time; see the log of the function, and deploy again.')),
      Math.max(getRemainingTimeInMillis() - ANSWER_TIME_MS, 0));
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

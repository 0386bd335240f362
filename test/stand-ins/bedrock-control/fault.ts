import type { Refusal } from './refusal';

/** Something that goes wrong with an operation. */
export interface Fault {
  /** As IAM writes it: `bedrock:GetInferenceProfile`. */
  readonly action: string;
  /** @default - every Region */
  readonly region?: string;
  /** How often. @default - always */
  readonly times?: number;
  /** Answer with this error. */
  readonly refusal?: Refusal;
  /** Never answer. */
  readonly silent?: boolean;
  /** Send the headers and the beginning of an answer, and nothing more. */
  readonly stalled?: boolean;
  /** Send a space now and then, and never an end. */
  readonly dripping?: boolean;
  /** Answer with a page of something else on the way, with this status. */
  readonly page?: number;
  /** Answer with this body, as JSON, with this status and these headers. */
  readonly body?: { readonly text: string; readonly status?: number; readonly headers?: Record<string, string> };
  /** Close the connection. */
  readonly reset?: boolean;
  /** Change the answer. */
  readonly change?: (body: unknown) => unknown;
}

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
  /** Close the connection. */
  readonly reset?: boolean;
  /** Change the answer. */
  readonly change?: (body: unknown) => unknown;
}

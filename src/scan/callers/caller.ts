import { Resource } from '../../template/stack';

/** A text of a caller that may name a model. */
export interface NamedText {
  /** Inside the resource: `Properties/Environment/Variables/MODEL_ID`. */
  readonly path: string;
  /** Without intrinsic functions; an `Unknown` if it cannot be known. */
  readonly value: unknown;
}

/** Something of a stack that calls models, or hands a model to what does. */
export interface Caller {
  readonly resource: Resource;
  readonly names: readonly NamedText[];
  /** Whether what stands there is the model of the call. A variable may be there for something else. */
  readonly certain: boolean;
  /** Whom it may act as, the likeliest first: role ARNs, or an `Unknown`. Empty for what acts as nobody. */
  readonly roles: readonly unknown[];
  /** The Regions that it may send its calls to, the likeliest first. */
  readonly sources: readonly unknown[];
  /** Why it is known to stream its answers, if it is. */
  readonly streams?: string;
  /** The service tiers that it asks for. */
  readonly tiers?: readonly NamedText[];
  /** Whether something beside a bare model ID says how the model is called: the geography, or another way to the model. */
  readonly completes?: boolean;
}

import { Judgement } from './judgement';
import { Geography } from '../catalog/geography';
import { ModelCard } from '../catalog/model-card';
import { Resource } from '../template/stack';

/** The rules by their IDs, which are stable. */
export type RuleId =
  'bare-model-id' | 'unknown-profile' | 'wrong-source-region' | 'missing-destination' | 'missing-profile-grant' | 'region-wildcard' | 'outside-destination'
  | 'unconditioned-model' | 'missing-global-arn' | 'missing-streaming' | 'role-cannot-use-profile' | 'unsupported-tier' | 'bad-application-profile' | 'residency' | 'could-not-check';

/** How a finding counts: a call fails or data leaves, it works and should be otherwise, or nobody can say. */
export type Severity = 'error' | 'warning' | 'unchecked';

/** Where data may be processed. */
export interface Residency {
  /** Requests must stay in one of these geographies; anywhere if it is empty. */
  readonly geographies: readonly Geography[];
  /** Whether Global cross-Region inference is forbidden. It is with any geography. */
  readonly forbidGlobal: boolean;
}

/** What a rule finds. */
export interface Hit {
  readonly resource: Resource;
  /** Inside the resource. */
  readonly path: string;
  readonly message: string;
  /** What to change. */
  readonly fix: string;
  /** What it was judged by, as plain data. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** One thing that can be wrong. */
export interface Rule {
  readonly id: RuleId;
  readonly severity: Severity;
  /** What is wrong where it speaks, in a few words. */
  readonly title: string;
  readonly check: (judgement: Judgement, residency: Residency) => Hit[];
}

/** Where the facts of a card come from, as evidence. */
export function cited({ sourceUrl: source, asOf }: ModelCard): { readonly source: string; readonly asOf: string } {
  return { source, asOf };
}

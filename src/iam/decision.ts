import { PolicyStatement } from './policy-document';
import { IamRequest } from './request';
import { matchOf } from './statement-match';

/** A statement that decides, and the place of its document among those that were asked. */
export interface Deciding {
  readonly document: number;
  readonly statement: PolicyStatement;
}

/** What documents say of a request together. */
export type Decision =
  | { readonly outcome: 'allowed'; readonly by: Deciding }
  /** Without a statement nothing allows it. */
  | { readonly outcome: 'denied'; readonly by?: Deciding | undefined }
  /** What is not known would decide whether this statement is about the request. */
  | { readonly outcome: 'unknown'; readonly by: Deciding; readonly unknown: readonly string[] };

/**
 * Decides as IAM does: a Deny wins, then an Allow, else it is denied. A certain Deny comes before one that may be, and nothing is unknown
 * that can no longer be allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(documents: ReadonlyArray<{ readonly statements: readonly PolicyStatement[] }>, request: IamRequest): Decision {
  const judged = documents.flatMap(({ statements }, document) => statements
    .map((statement) => ({ by: { document, statement }, match: matchOf(statement, request) })));
  const first = (effect: 'Allow' | 'Deny', matches: 'yes' | 'unknown') => judged
    .find(({ by, match }) => by.statement.effect === effect && match.matches === matches);
  const denied = first('Deny', 'yes');
  if (denied) return { outcome: 'denied', by: denied.by };
  const allowed = first('Allow', 'yes');
  if (!allowed && !first('Allow', 'unknown')) return { outcome: 'denied' };
  const open = first('Deny', 'unknown') ?? (allowed ? undefined : first('Allow', 'unknown'));
  if (open) return { outcome: 'unknown', by: open.by, unknown: open.match.matches === 'unknown' ? open.match.unknown : [] };
  return { outcome: 'allowed', by: allowed!.by };
}

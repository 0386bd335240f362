import { Text } from './pattern';
import { Unknown } from '../private/unknown';

/**
 * What is known of a condition key of a request: its values, that the request has none, nothing at all, or that it is in one of several
 * cases and nobody can say in which.
 */
export type KeyState = readonly Text[] | 'absent' | 'unknown' | { readonly oneOf: readonly KeyState[] };

/** What a request has under a condition key, whose name comes in lower case: keys ignore case. */
export type RequestContext = (key: string) => KeyState;

/** One check that AWS makes: may this action be done on this resource? A call may take several. */
export interface IamRequest {
  readonly action: string;
  readonly resource: Text;
  readonly context: RequestContext;
}

/** A context of keys in any case; `others` is what is known of a key that is not among them. */
export function contextOf(keys: Readonly<Record<string, KeyState>>, others: RequestContext): RequestContext {
  const states = new Map(Object.entries(keys).map(([key, state]) => [key.toLowerCase(), state]));
  return (key) => states.get(key) ?? others(key);
}

/**
 * The value of a policy variable as it stands between `${` and `}`: a key, perhaps with a default, or a character that would be a wildcard.
 * Nothing if the request has no value for it, or several.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function variableOf(name: string, context: RequestContext): Text | undefined {
  if (['*', '?', '$'].includes(name)) return name;
  const [, key, standard] = /^([^,]*)(?:,\s*'(.*)')?$/s.exec(name) ?? [];
  if (key === undefined) return undefined;
  const state = context(key.trim().toLowerCase());
  if (state === 'absent') return standard;
  return Array.isArray(state) ? (state.length === 1 ? state[0] as Text : undefined) : Unknown.of(key.trim());
}

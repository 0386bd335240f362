import { MOST_CHARACTERS } from './scp-document';
import { DenyStatement, numbered } from '../policy/scp-rules';
import { policyDocument } from '../policy/statement';
import { HaikuError, shown } from '../private/errors';

/** A document of a service control policy, as short as it can be written. */
export interface ScpDocument {
  readonly json: string;
  /** How many more characters it may have. */
  readonly charactersLeft: number;
}

/** The statements in as few documents as their size lets them, in their order. Throws if one alone is longer than a document may be. */
export function scpDocuments(statements: readonly DenyStatement[]): ScpDocument[] {
  const groups: DenyStatement[][] = [];
  for (const statement of withOwnSids(statements).map(shortened)) {
    const last = groups.at(-1);
    if (last && written([...last, statement]).length <= MOST_CHARACTERS) last.push(statement);
    else groups.push([statement]);
  }
  return groups.map((group) => {
    const json = written(group);
    if (json.length > MOST_CHARACTERS) {
      throw new HaikuError(
        `Statement ${shown(group[0].Sid)} is too long for a service control policy, got ${json.length} characters; expected at most ${MOST_CHARACTERS}. `
        + 'Let fewer routes, models or actions stand in one rule.');
    }
    return { json, charactersLeft: MOST_CHARACTERS - json.length };
  });
}

function written(statements: DenyStatement[]): string {
  return JSON.stringify(policyDocument(statements));
}

/** Rules of one kind may stand side by side. */
function withOwnSids(statements: readonly DenyStatement[]): DenyStatement[] {
  const counts = new Map<string, number>();
  return statements.map((statement) => {
    const { Sid } = statement;
    if (Sid === undefined) return statement;
    const index = counts.get(Sid) ?? 0;
    counts.set(Sid, index + 1);
    return { ...statement, Sid: numbered(Sid, index) };
  });
}

/** A list of one as the one. */
function shortened(statement: DenyStatement): DenyStatement {
  const isOne = (value: unknown): value is [string] => Array.isArray(value) && value.length === 1 && typeof value[0] === 'string';
  return JSON.parse(JSON.stringify(statement), (_, value: unknown) => isOne(value) ? value[0] : value) as DenyStatement;
}

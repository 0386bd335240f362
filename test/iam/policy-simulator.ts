import { ConditionBlock, RequestContext, unmetCondition } from './condition';
import { matchesWildcard } from './wildcard';

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | PolicyStatement[];
}

/** One check that AWS makes; a call is allowed if each of its checks is. */
export interface AuthorizationRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
}

export interface AuthorizationResult {
  readonly decision: 'allowed' | 'denied';
  /** Which statement decided, or why each one did not. */
  readonly reason: string;
}

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'Condition'];

/**
 * Decides requests by identity policies as IAM does: an explicit Deny wins, then an Allow, else denied.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class PolicySimulator {
  private readonly statements: PolicyStatement[];

  constructor(...documents: PolicyDocument[]) {
    this.statements = documents.flatMap(({ Statement }) => Statement);
    this.statements.forEach(refuseUnknown);
  }

  public decide(request: AuthorizationRequest): AuthorizationResult {
    const misses: string[] = [];
    let allowedBy: string | undefined;
    for (const [index, statement] of this.statements.entries()) {
      const name = statement.Sid ?? `statement ${index}`;
      const miss = whyNot(statement, request);
      if (miss !== undefined) misses.push(`${name}: ${miss}`);
      else if (statement.Effect === 'Deny') return { decision: 'denied', reason: `${name} denies it` };
      else allowedBy ??= name;
    }
    return allowedBy
      ? { decision: 'allowed', reason: `${allowedBy} allows it` }
      : { decision: 'denied', reason: ['no statement allows it', ...misses].join('; ') };
  }

  public allows(request: AuthorizationRequest): boolean {
    return this.decide(request).decision === 'allowed';
  }
}

function whyNot(statement: PolicyStatement, { action, resource, context = {} }: AuthorizationRequest): string | undefined {
  const names = (pattern: string) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
  if (statement.Action !== undefined && ![statement.Action].flat().some(names)) return `other actions than ${action}`;
  if (statement.NotAction !== undefined && [statement.NotAction].flat().some(names)) return `not for ${action}`;
  if (![statement.Resource].flat().some((pattern) => matchesWildcard(pattern, resource))) return `other resources than ${resource}`;
  return unmetCondition(statement.Condition ?? {}, context);
}

/** What this simulator cannot judge, it refuses: a silent wrong answer would make a test pass. */
function refuseUnknown(statement: PolicyStatement): void {
  const unknown = Object.keys(statement).filter((element) => !ELEMENTS.includes(element));
  if (unknown.length > 0) throw new Error(`Statement elements are not simulated: ${unknown.join(', ')}`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw new Error(`Effect is neither Allow nor Deny: ${statement.Effect}`);
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) throw new Error('A statement has either Action or NotAction');
  const texts = [statement.Resource].flat();
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    throw new Error(`Resource is not plain text: ${JSON.stringify(statement.Resource)}`);
  }
}

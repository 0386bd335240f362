import { createHash } from 'crypto';
import { Aws, CfnElement, CfnMapping, CfnRule, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/** Region -> column -> value. */
export type RegionRows = Record<string, Record<string, string | string[]>>;

/** A table that is looked up by the Region of the deployment. */
export interface RegionTableRows {
  /** Names the table within a stack. */
  readonly id: string;
  /** The message for a Region that has no row. */
  readonly otherwise: string;
  readonly rows: RegionRows;
}

/** The id of a model's table: `ClaudeHaiku45` and what the table holds. */
export function tableId(card: ModelCard, holds: string): string {
  return card.name.replace(/[^A-Za-z0-9]/g, '') + holds;
}

/** What else a construct holds in each stack that looks something up for it. */
export interface HeldInStacks {
  holdIn(stack: Stack): void;
}

/**
 * The values of a table as tokens, for a construct whose stack's Region is known only at deploy time. They can be used in any stack
 * of that Region: a template cannot read the mapping of another one, so the table stands wherever a value is used.
 */
export class RegionLookUp {
  /** What tells the table from another one. Synthesis asks several times for each use, so it is written out only once. */
  private readonly content: string;

  constructor(private readonly owner: IConstruct, private readonly table: RegionTableRows, private readonly held?: HeldInStacks) {
    this.content = JSON.stringify(table.rows);
    this.ruleOf(Stack.of(owner))._users.add(owner);
  }

  /** A value of the deployment's own row. */
  public value(column: string): string {
    return this.text(column, (value) => value);
  }

  /** A list of the deployment's own row. */
  public list(column: string): string[] {
    return Token.asList(Lazy.uncachedAny({ produce: ({ scope: user }) => this.find(user, column) }));
  }

  /** What is made of a value, in one token: CDK resolves each token three times for each use. The hint is what CDK counts as its length. */
  public text(column: string, made: (value: object) => object, displayHint?: string): string {
    return Token.asString(Lazy.uncachedAny({ produce: ({ scope: user }) => made(this.find(user, column)) }), { displayHint });
  }

  private find(user: IConstruct, column: string): object {
    const stack = Stack.of(user);
    if (!Token.isUnresolved(stack.region)) {
      throw new HaikuError(
        `Region of ${this.owner.node.path} is known only at deploy time, got a use in ${shown(stack.node.path)}, which is in ${shown(stack.region)}; `
        + 'expected both to be in one Region. Give the stacks the same env, or pass sourceRegion.');
    }
    return this.ruleOf(stack)._find(user, column);
  }

  private ruleOf(stack: Stack): RegionRule {
    this.held?.holdIn(stack);
    return RegionRule.in(stack, this.table, this.content);
  }
}

/** The rows of each table of a stack, by the name that `Fn::FindInMap` calls it. */
export function tablesOf(stack: Stack): Map<string, RegionRows> {
  return new Map(stack.node.children.flatMap((child) =>
    isRule(child) && child._mapping ? [[child._mapping._name, child._table.rows] as const] : []));
}

/**
 * Says at the deployment which Regions a table serves. There is one for each table in a stack, however many constructs look something
 * up in it. It stands in the template as long as one of them is in the tree, or a value is used.
 */
class RegionRule extends CfnRule {
  public static in(stack: Stack, table: RegionTableRows, content: string): RegionRule {
    const found = stack.node.tryFindChild(`${table.id}Rule`);
    if (isRule(found) && found._content === content) return found;
    if (!found && !stack.node.tryFindChild(table.id)) return new RegionRule(stack, table.id, table, content);
    // Another card with the same name, or a construct of the user's: this table stands beside the first.
    const id = table.id + createHash('sha256').update(content).digest('hex').slice(0, 8);
    return stack.node.tryFindChild(`${id}Rule`) as RegionRule | undefined ?? new RegionRule(stack, id, table, content);
  }

  /** The constructs that were made with the table. */
  public readonly _users = new Set<IConstruct>();
  /** Made when something is first looked up. */
  public _mapping?: RegionMapping;

  private constructor(
    private readonly owner: Stack, private readonly mappingId: string, public readonly _table: RegionTableRows, public readonly _content: string) {
    super(owner, `${mappingId}Rule`, {
      assertions: [{ assert: Fn.conditionContains(Object.keys(_table.rows), Aws.REGION), assertDescription: _table.otherwise }],
    });
  }

  public _find(user: IConstruct, column: string): object {
    this._mapping ??= new RegionMapping(this.owner, this.mappingId, this._table.rows);
    return this._mapping._find(user, column);
  }

  /** @internal */
  public _toCloudFormation(): object {
    return anyInTree(this._users) || this._mapping?._isUsed() ? super._toCloudFormation() : {};
  }
}

brand(RegionRule, 'RegionRule');

/**
 * The `Mappings` section of a table. An undocumented Region has no row, so that its deployment fails. A mapping that nothing is looked
 * up in would be a finding of CDK's validator and of cfn-lint, so it stands only where something is.
 */
class RegionMapping extends CfnMapping {
  /** The elements of the template in which a value stands. */
  private readonly elements = new Set<IConstruct>();
  /** The name that `Fn::FindInMap` calls it. CDK works a logical ID out anew for each use. */
  public readonly _name: string;

  constructor(stack: Stack, id: string, private readonly rows: RegionRows) {
    super(stack, id, { mapping: rows, lazy: false });
    this._name = stack.resolve(this.logicalId) as string;
  }

  public _find(user: IConstruct, column: string): object {
    // Who resolves a value by hand, to print it for example, is not part of the template.
    if (CfnElement.isCfnElement(user)) this.elements.add(user);
    return { 'Fn::FindInMap': [this._name, { Ref: 'AWS::Region' }, column] };
  }

  public _isUsed(): boolean {
    return anyInTree(this.elements);
  }

  /** @internal */
  public _toCloudFormation(): object {
    return this._isUsed() ? { Mappings: { [this._name]: this.rows } } : {};
  }
}

/** Another installed copy of this package may have made it. */
function isRule(construct: unknown): construct is RegionRule {
  return isBranded(construct, 'RegionRule');
}

function anyInTree(constructs: Set<IConstruct>): boolean {
  for (const construct of constructs) if (inTree(construct)) return true;
  return false;
}

/** Whether a construct is still in its tree: one that was removed knows its scope, but its scope no longer knows it. */
export function inTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return !scope || (scope.node.tryFindChild(id) === construct && inTree(scope));
}

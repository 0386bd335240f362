import { createHash } from 'crypto';
import { Aws, CfnElement, CfnMapping, CfnRule, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { inTree } from './in-tree';
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
  /** What else must hold in each stack that looks something up in the table. */
  readonly restriction?: (stack: Stack) => void;
}

/** The id of a model's table: `ClaudeHaiku45` and what the table holds. */
export function tableId(card: ModelCard, holds: string): string {
  return card.name.replace(/[^A-Za-z0-9]/g, '') + holds;
}

/**
 * A table of a stack whose Region is known only at deploy time: a rule that says which Regions it serves and, once something is
 * looked up in it, a `Mappings` section, in which an undocumented Region has no row, so that its deployment fails.
 *
 * There is one for each table in a stack, however many constructs look something up in it. It stands in the template as long as
 * one of them is in the tree.
 */
export class RegionMapping extends CfnRule {
  /** The table of the construct's stack, made when it is first asked for. */
  public static of(user: IConstruct, table: RegionTableRows): RegionMapping {
    const mapping = RegionMapping.in(Stack.of(user), table, JSON.stringify(table.rows));
    mapping._users.add(user);
    return mapping;
  }

  /** A value of the deployment's own row, wherever it is used. The hint is what CDK counts as the value's length. */
  public static value(scope: IConstruct, table: RegionTableRows, column: string, displayHint?: string): string {
    // Synthesis asks several times for each use, so the content is written out only once.
    const content = JSON.stringify(table.rows);
    return Lazy.uncachedString({ produce: ({ scope: user }) => RegionMapping.lookUp(user, scope, table, content, column) }, { displayHint });
  }

  /** A list of the deployment's own row, wherever it is used. */
  public static list(scope: IConstruct, table: RegionTableRows, column: string): string[] {
    const content = JSON.stringify(table.rows);
    return Lazy.uncachedList({ produce: ({ scope: user }) => Token.asList(RegionMapping.lookUp(user, scope, table, content, column)) });
  }

  /** The rows of each table of a stack, by the name that `Fn::FindInMap` calls it. */
  public static tablesOf(stack: Stack): Map<string, RegionRows> {
    return new Map(stack.node.children.flatMap((child) => isMapping(child) && child._mapping
      ? [[stack.resolve(child._mapping.logicalId) as string, child.table.rows] as const]
      : []));
  }

  /** A template cannot read the mapping of another one, so the table stands in the stack that uses the value. */
  private static lookUp(user: IConstruct, owner: IConstruct, table: RegionTableRows, content: string, column: string): string {
    const stack = Stack.of(user);
    if (!Token.isUnresolved(stack.region)) {
      throw new HaikuError(
        `Region of ${owner.node.path} is known only at deploy time, got a use in ${shown(stack.node.path)}, which is in ${shown(stack.region)}; `
        + 'expected both to be in one Region. Give the stacks the same env, or pass sourceRegion.');
    }
    return RegionMapping.in(stack, table, content).find(user, column);
  }

  /** `content` is what tells a table from another one. */
  private static in(stack: Stack, table: RegionTableRows, content: string): RegionMapping {
    table.restriction?.(stack);
    const found = stack.node.tryFindChild(`${table.id}Rule`);
    if (isMapping(found) && found.content === content) return found;
    if (!found && !stack.node.tryFindChild(table.id)) return new RegionMapping(stack, table.id, table, content);
    // Another card with the same name, or a construct of the user's: this table stands beside the first.
    const id = table.id + createHash('sha256').update(content).digest('hex').slice(0, 8);
    return stack.node.tryFindChild(`${id}Rule`) as RegionMapping | undefined ?? new RegionMapping(stack, id, table, content);
  }

  /** The constructs that were made with the table. */
  public readonly _users = new Set<IConstruct>();
  /** The elements of the template in which a value of the table stands. */
  public readonly _elements = new Set<IConstruct>();
  /** @internal */
  public _mapping?: CfnMapping;

  private constructor(
    private readonly owner: Stack, private readonly mappingId: string, private readonly table: RegionTableRows, private readonly content: string) {
    super(owner, `${mappingId}Rule`, {
      assertions: [{ assert: Fn.conditionContains(Object.keys(table.rows), Aws.REGION), assertDescription: table.otherwise }],
    });
  }

  /** @internal */
  public _toCloudFormation(): object {
    return anyInTree(this._users) || anyInTree(this._elements) ? super._toCloudFormation() : {};
  }

  private find(user: IConstruct, column: string): string {
    // Who resolves a value by hand, to print it for example, is not part of the template.
    if (CfnElement.isCfnElement(user)) this._elements.add(user);
    this._mapping ??= new UsedMapping(this.owner, this.mappingId, this.table.rows, this._elements);
    return this._mapping.findInMap(Aws.REGION, column);
  }
}

brand(RegionMapping, 'RegionMapping');

/** A mapping that nothing is looked up in would be a finding of CDK's validator and of cfn-lint, so it stands only where something is. */
class UsedMapping extends CfnMapping {
  constructor(stack: Stack, id: string, rows: RegionRows, private readonly elements: Set<IConstruct>) {
    super(stack, id, { mapping: rows, lazy: false });
  }

  /** @internal */
  public _toCloudFormation(): object {
    return anyInTree(this.elements) ? super._toCloudFormation() : {};
  }
}

/** Another installed copy of this package may have made it. */
function isMapping(construct: unknown): construct is RegionMapping {
  return isBranded(construct, 'RegionMapping');
}

function anyInTree(constructs: Set<IConstruct>): boolean {
  for (const construct of constructs) if (inTree(construct)) return true;
  return false;
}

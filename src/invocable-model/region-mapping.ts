import { createHash } from 'crypto';
import { Aws, CfnMapping, CfnRule, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { brand, isBranded } from '../private/brand';
import { HaikuError, shown } from '../private/errors';

/** A table that is looked up by the Region of the deployment. */
export interface RegionTableRows {
  /** Names the table within a stack. */
  readonly id: string;
  /** The message for a Region that has no row. */
  readonly otherwise: string;
  /** Region -> column -> value. */
  readonly rows: Record<string, Record<string, string | string[]>>;
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
 * There is one for each table in a stack, however many constructs look something up in it.
 */
export class RegionMapping extends CfnRule {
  /** The stack's table, made when it is first asked for. `content` is what tells it from another one. */
  public static of(stack: Stack, table: RegionTableRows, content: string = JSON.stringify(table.rows)): RegionMapping {
    table.restriction?.(stack);
    const found = stack.node.tryFindChild(`${table.id}Rule`);
    // Another installed copy of this package may have made it.
    if (isBranded(found, 'RegionMapping') && (found as RegionMapping).content === content) return found as RegionMapping;
    if (!found && !stack.node.tryFindChild(table.id)) return new RegionMapping(stack, table.id, table, content);
    // Another card with the same name, or a construct of the user's: this table stands beside the first.
    const id = table.id + createHash('sha256').update(content).digest('hex').slice(0, 8);
    return stack.node.tryFindChild(`${id}Rule`) as RegionMapping | undefined ?? new RegionMapping(stack, id, table, content);
  }

  /** A value of the deployment's own row, wherever it is used. */
  public static value(scope: IConstruct, table: RegionTableRows, column: string): string {
    // Synthesis asks several times for each use, so the content is written out only once.
    const content = JSON.stringify(table.rows);
    return Lazy.uncachedString({ produce: ({ scope: user }) => RegionMapping.in(user, scope, table, content).find(column) });
  }

  /** A list of the deployment's own row, wherever it is used. */
  public static list(scope: IConstruct, table: RegionTableRows, column: string): string[] {
    const content = JSON.stringify(table.rows);
    return Lazy.uncachedList({ produce: ({ scope: user }) => Token.asList(RegionMapping.in(user, scope, table, content).find(column)) });
  }

  /** A template cannot read the mapping of another one, so the table stands in the stack that uses the value. */
  private static in(user: IConstruct, owner: IConstruct, table: RegionTableRows, content: string): RegionMapping {
    const stack = Stack.of(user);
    if (!Token.isUnresolved(stack.region)) {
      throw new HaikuError(
        `Region of ${owner.node.path} is known only at deploy time, got a use in ${shown(stack.node.path)}, which is in ${shown(stack.region)}; `
        + 'expected both to be in one Region. Give the stacks the same env, or pass sourceRegion.');
    }
    return RegionMapping.of(stack, table, content);
  }

  #mapping?: CfnMapping;

  private constructor(
    private readonly owner: Stack, private readonly mappingId: string, private readonly table: RegionTableRows, private readonly content: string) {
    super(owner, `${mappingId}Rule`, {
      assertions: [{ assert: Fn.conditionContains(Object.keys(table.rows), Aws.REGION), assertDescription: table.otherwise }],
    });
  }

  /** A mapping that nothing is looked up in would be a finding of CDK's validator and of cfn-lint, so it is made by the first look-up. */
  private find(column: string): string {
    this.#mapping ??= new CfnMapping(this.owner, this.mappingId, { mapping: this.table.rows, lazy: false });
    return this.#mapping.findInMap(Aws.REGION, column);
  }
}

brand(RegionMapping, 'RegionMapping');

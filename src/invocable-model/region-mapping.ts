import { createHash } from 'crypto';
import { Aws, CfnMapping, CfnRule, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { ModelCard } from '../catalog/model-card';
import { HaikuError, shown } from '../private/errors';

/** A table that is looked up by the Region of the deployment. */
export interface RegionTableRows {
  /** Names the table within a stack. */
  readonly id: string;
  /** The message for a Region that has no row. */
  readonly otherwise: string;
  /** Region -> column -> value. */
  readonly rows: Record<string, Record<string, string | string[]>>;
}

/** The id of a model's table: `ClaudeHaiku45` and what the table holds. */
export function tableId(card: ModelCard, holds: string): string {
  return card.name.replace(/[^A-Za-z0-9]/g, '') + holds;
}

/**
 * A table of a stack whose Region is known only at deploy time: a `Mappings` section, in which an undocumented Region has
 * no row, so that its deployment fails, and a rule that says why.
 *
 * There is one for each table in a stack, however many constructs look something up in it.
 */
export class RegionMapping extends CfnMapping {
  /** The stack's mapping of a table, made when it is first asked for. */
  public static of(stack: Stack, table: RegionTableRows): RegionMapping {
    const found = stack.node.tryFindChild(table.id);
    if (!found) return new RegionMapping(stack, table.id, table);
    // Every use of a value comes here, several times in one synthesis, so the very same table is known without reading it.
    if (found instanceof RegionMapping && (found.table === table || JSON.stringify(found.table.rows) === JSON.stringify(table.rows))) return found;
    // Another card with the same name: its table stands beside the first.
    const id = table.id + createHash('sha256').update(JSON.stringify(table.rows)).digest('hex').slice(0, 8);
    return stack.node.tryFindChild(id) as RegionMapping | undefined ?? new RegionMapping(stack, id, table);
  }

  /** A value of the deployment's own row, wherever it is used. */
  public static value(scope: IConstruct, table: RegionTableRows, column: string): string {
    return Lazy.uncachedString({ produce: ({ scope: user }) => RegionMapping.in(user, scope, table).findInMap(Aws.REGION, column) });
  }

  /** A list of the deployment's own row, wherever it is used. */
  public static list(scope: IConstruct, table: RegionTableRows, column: string): string[] {
    return Lazy.uncachedList({ produce: ({ scope: user }) => Token.asList(RegionMapping.in(user, scope, table).findInMap(Aws.REGION, column)) });
  }

  /** A template cannot read the mapping of another one, so the table stands in the stack that uses the value. */
  private static in(user: IConstruct, owner: IConstruct, table: RegionTableRows): RegionMapping {
    const stack = Stack.of(user);
    if (!Token.isUnresolved(stack.region)) {
      throw new HaikuError(
        `Region of ${owner.node.path} is known only at deploy time, got a use in ${shown(stack.node.path)}, which is in ${shown(stack.region)}; `
        + 'expected both to be in one Region. Give the stacks the same env, or pass sourceRegion.');
    }
    return RegionMapping.of(stack, table);
  }

  private constructor(stack: Stack, id: string, public readonly table: RegionTableRows) {
    super(stack, id, { mapping: table.rows });
    new CfnRule(stack, `${id}Rule`, {
      assertions: [{ assert: Fn.conditionContains(Object.keys(table.rows), Aws.REGION), assertDescription: table.otherwise }],
    });
  }
}

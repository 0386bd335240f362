import type { Change, Changed, Item, Value, WorkTable } from '../../../../src/handlers/bulk/queue/work-table';

/** The worker's table in memory, as DynamoDB would have it: a change is made as a whole or not at all. */
export class TestTable implements WorkTable {
  readonly items = new Map<string, Item>();
  changes = 0;

  async change(key: string, { set = {}, add = {}, remove = [], when = {} }: Change): Promise<Changed> {
    this.changes++;
    const item = this.items.get(key) ?? {};
    const holds = Object.entries(when).every(([name, bound]) => {
      const value = item[name];
      if (bound === 'absent') return value === undefined;
      if (value === undefined) return bound.orAbsent ?? false;
      const { below = Infinity, atMost = Infinity, atLeast = -Infinity } = bound;
      return (value as number) < below && (value as number) <= atMost && (value as number) >= atLeast;
    });
    if (!holds) return { made: false, item };
    const changed: Record<string, Value> = { ...item, ...set };
    for (const [name, more] of Object.entries(add)) {
      changed[name] = typeof more === 'number' ? Number(item[name] ?? 0) + more : [...new Set([...(item[name] as string[] | undefined) ?? [], ...more])];
    }
    for (const name of remove) delete changed[name];
    this.items.set(key, changed);
    return { made: true, item: changed };
  }

  async read(key: string): Promise<Item> {
    return this.items.get(key) ?? {};
  }
}

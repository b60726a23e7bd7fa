/**
 * Time to live: DynamoDB deletes an item some time after the second that its attribute names, and until then every read still finds it.
 * Here it does so two days later, before the first call to any table after that; so code that shows what has expired is seen doing it.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html ("within a few days"). Assumed: two.
 */
import { validate } from './dynalite-engine';
import { stageItem } from './item-writes';
import { type KeyValueDatabase, rangeOf } from './key-value-database';
import { itemPrefix, type TableCatalog } from './table-catalog';
import type { Item } from './table-error';
import type { WriteQueue } from './write-queue';

const graceMs = 2 * 86_400_000;
/** Source: an attribute that lies further back than five years deletes nothing. */
const oldestMs = 5 * 365 * 86_400_000;
/** How far the clock moves, forward or back, before the tables are looked through again. */
const intervalMs = 3_600_000;

export class TableExpiry {
  private lastMs = -Infinity;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly tables: TableCatalog,
    private readonly database: KeyValueDatabase,
    private readonly queue: WriteQueue,
    /** Epoch milliseconds. */
    private readonly now: () => number,
  ) {}

  /** Deletes what is due. @returns undefined when it is not time to look */
  catchUp(): Promise<void> | undefined {
    const nowMs = this.now();
    if (this.tables.timeToLive.size > 0 && Math.abs(nowMs - this.lastMs) >= intervalMs) {
      this.lastMs = nowMs;
      this.sweeping = this.sweep(nowMs).finally(() => (this.sweeping = undefined));
    }
    return this.sweeping;
  }

  private async sweep(nowMs: number): Promise<void> {
    for (const [tableName, attribute] of this.tables.timeToLive) {
      for await (const entries of this.database.entries(rangeOf(itemPrefix(tableName)))) {
        const due = entries.filter(([, item]) => isDue(item as Item, attribute, nowMs));
        await Promise.all(due.map(([key, item]) => this.delete(tableName, key, item as Item, (stored) => isDue(stored, attribute, nowMs))));
      }
    }
  }

  /** @param isDue asked again: a write may have come in between */
  private delete(tableName: string, itemKey: string, item: Item, isDue: (stored: Item) => boolean): Promise<void> {
    const Key = Object.fromEntries(this.tables.get(tableName).KeySchema.map(({ AttributeName: name }) => [name, item[name]]));
    const request = validate('DeleteItem', { TableName: tableName, Key });
    return this.queue.submit((read) => {
      const stored = read(itemKey) as Item | undefined;
      const staged = stored && isDue(stored) ? stageItem({ action: 'DeleteItem', request }, this.tables, read) : { writes: [] };
      if ('error' in staged) throw staged.error;
      return { writes: staged.writes, value: undefined };
    }, 'TIME_TO_LIVE');
  }
}

/** Only numbers count. */
function isDue(item: Item, attribute: string, nowMs: number): boolean {
  const agoMs = nowMs - Number(item[attribute]?.N) * 1000;
  return agoMs >= graceMs && agoMs < oldestMs;
}

/**
 * What DynamoDB Streams tell of: the items that a write has changed, in the order of the writes, before the write is answered.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './table-error';

/** `before` is missing for an INSERT, `after` for a REMOVE. */
export interface ItemChange {
  readonly tableName: string;
  readonly before?: Item;
  readonly after?: Item;
  /** Who made the change, where that is no caller: DynamoDB itself deletes what has expired. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

export type ChangeListener = (change: ItemChange) => void;

export class TableChanges {
  private readonly listeners = new Map<string, Set<ChangeListener>>();

  /** @returns stops listening */
  subscribe(tableName: string, listener: ChangeListener): () => void {
    const listeners = this.listeners.get(tableName) ?? new Set();
    this.listeners.set(tableName, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  isWatched(tableName: string): boolean {
    return (this.listeners.get(tableName)?.size ?? 0) > 0;
  }

  /** A write that leaves an item as it was is no change. */
  emit(change: ItemChange): void {
    if (isDeepStrictEqual(change.before, change.after)) return;
    for (const listener of this.listeners.get(change.tableName) ?? []) listener(change);
  }
}

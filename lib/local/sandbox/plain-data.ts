/**
 * Copies a value of the sandbox into plain host data, as JSON would: functions and undefined members vanish, undefined array entries
 * and numbers that are no JSON become null. Only reads properties: no method of the value is called, so no host object can leak to it.
 */

/** Deeper than this is taken for a cycle. */
const maxDepth = 500;

export interface CopyOptions {
  /** Upper bound of the JSON text's length, in characters. @default none */
  readonly maxSize?: number;
  /** What an undefined member of an object becomes. @default it is left out */
  readonly undefinedMember?: null;
  /** Told the length of the JSON text, about. */
  readonly onSize?: (size: number) => void;
}

export class CircularDataError extends Error {}

export class OversizedDataError extends Error {}

/**
 * @returns strings, booleans, finite numbers, null, arrays and objects of the host; undefined for undefined and functions
 * @throws CircularDataError, OversizedDataError
 */
export function copyPlain(value: unknown, { maxSize = Infinity, undefinedMember, onSize }: CopyOptions = {}): unknown {
  if (typeof value !== 'object' && typeof value !== 'string') return primitive(value);
  let size = 0;

  const spend = (amount: number): void => {
    size += amount;
    if (size > maxSize) throw new OversizedDataError();
  };
  const copy = (current: unknown, depth: number): unknown => {
    if (typeof current === 'string') {
      spend(current.length + 2);
      return current;
    }
    if (typeof current !== 'object' || current === null) {
      spend(4);
      return primitive(current);
    }
    if (depth > maxDepth) throw new CircularDataError();
    if (Array.isArray(current)) {
      const list: unknown[] = [];
      spend(current.length + 2);
      for (let i = 0; i < current.length; i++) list.push(copy(current[i], depth + 1) ?? null);
      return list;
    }
    const record: Record<string, unknown> = {};
    for (const key of Object.keys(current)) {
      const given = (current as Record<string, unknown>)[key];
      const member = given === undefined ? undefinedMember : copy(given, depth + 1);
      if (member === undefined) continue;
      spend(key.length + 4);
      if (key === '__proto__') Object.defineProperty(record, key, { value: member, enumerable: true, writable: true, configurable: true });
      else record[key] = member;
    }
    return record;
  };
  const copied = copy(value, 0);
  onSize?.(size);
  return copied;
}

function primitive(value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return Number(value);
    case 'object':
      return null;
    default:
      return undefined;
  }
}

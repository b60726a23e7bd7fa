/**
 * What a built-in of the APPSYNC_JS runtime is: a host function from plain data to plain data. The sandbox copies its arguments in and its
 * value out, so it may treat both as ordinary objects; what it is given was written by a user and can be anything.
 */

export interface Builtin {
  (...args: readonly unknown[]): unknown;
  /** Undefined members of objects it is given arrive as null; otherwise they do not arrive. @default false */
  readonly seesUndefined?: boolean;
}

/** A built-in object such as `util.time`. */
export interface BuiltinGroup {
  readonly [name: string]: Builtin | BuiltinGroup;
}

/** The handler stops here; the `HandlerRun` knows how it ended. */
export class HandlerEnd extends Error {}

/** Input a built-in refuses. AppSync reports it as errorType `Code`, with the place of the call before the message. */
export class BuiltinFailure extends Error {}

/** An object or array literal of the handler. */
export type PlainObject = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object that are neither null nor undefined: AppSync's helpers leave those out. */
export function presentMembers<T extends PlainObject>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value != null)) as Partial<T>;
}

/** What JavaScript prints for a value a helper expects to be a string. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

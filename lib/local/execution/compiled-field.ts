/**
 * What an operation is compiled to, and how compiled fields run. A field gives a plain value when nothing below it is
 * asynchronous; promises appear only where a resolver runs.
 */
import type { Caller } from '../auth/auth-mode';
import type { AppSyncError, ErrorLocation, ResponsePath } from './appsync-error';
import type { SelectionText } from './selection-text';

/** What closures read and write while one operation runs. */
export interface OperationRun {
  readonly caller: Caller;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: AppSyncError[];
  /** How many root fields authorization has refused. */
  refusedRootFields: number;
}

/** Stands for "null in a non-null place, error already reported": the nearest nullable parent becomes null. */
export const bubble = Symbol('null for non-null');

/** Stands for "the resolver failed, error already reported". */
export const failed = Symbol('resolver failed');

/** A raw value to what the response holds, or `bubble`. */
export type Complete<R> = (value: unknown, run: R, parent: ResponsePath | undefined, key: string | number) => unknown;

/** Runs the resolver of a field: its value, or `failed`. */
export type FieldResolver<R> = (source: unknown, field: CompiledField<R>, run: R, path: ResponsePath) => Promise<unknown>;

export interface CompiledField<R> {
  readonly responseKey: string;
  readonly fieldName: string;
  readonly parentTypeName: string;
  /** The field in whose selection this one stands; undefined for root fields. */
  readonly parent: CompiledField<R> | undefined;
  readonly location: ErrorLocation;
  /** Name of the field's type, without list and `!`. */
  readonly outputType: string;
  readonly isNonNull: boolean;
  /** Level in the query, 1 for root fields. */
  readonly depth: number;
  readonly args: (variables: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** Drops from a plain object what the selection does not name, and renames as its aliases say. */
  readonly prune: (data: unknown) => unknown;
  readonly selection: (run: R) => SelectionText;
  /** Value at this field of an object of the parent type, completed. */
  readonly execute: (source: unknown, run: R, parent: ResponsePath | undefined) => unknown;
  /** False when `@skip` or `@include` removes the field from this run. */
  readonly isIncluded: (variables: Readonly<Record<string, unknown>>) => boolean;
}

/** What one object type answers to a selection. */
export interface CompiledSelection<R> {
  readonly fields: readonly CompiledField<R>[];
  /** True when a run may leave some of the fields out. */
  readonly isConditional: boolean;
}

/** Runs sibling fields, in parallel where they wait. @returns the object, or `bubble` */
export function executeSelection<R extends OperationRun>(
  { fields, isConditional }: CompiledSelection<R>,
  source: unknown,
  run: R,
  path: ResponsePath | undefined,
): unknown {
  const out: Record<string, unknown> = {};
  let pending: Promise<void>[] | undefined;
  let isNulled = false;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as CompiledField<R>;
    if (isConditional && !field.isIncluded(run.variables)) continue;
    const value = field.execute(source, run, path);
    if (value instanceof Promise) {
      out[field.responseKey] = null; // holds the place, so that keys keep the order of the selection
      (pending ??= []).push(
        value.then((settled) => {
          if (settled === bubble) isNulled = true;
          else out[field.responseKey] = settled;
        }),
      );
    } else if (value === bubble) isNulled = true;
    else out[field.responseKey] = value;
  }
  if (pending) return Promise.all(pending).then(() => (isNulled ? bubble : out));
  return isNulled ? bubble : out;
}

/** The own property of a parent value; a parent that is no object has none. */
export function memberOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return undefined;
  return (source as Readonly<Record<string, unknown>>)[name];
}

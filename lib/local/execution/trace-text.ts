/** A trace as people read it: one line per resolver, step and value, indented, durations in a column, long values and long lists cut. */
import { inspect } from 'node:util';
import { parse } from 'graphql';
import type { FieldFailure } from './appsync-error';
import type { OperationRequest } from './operation';
import type { CacheLookup, RequestTrace, ResolverTrace, StepTrace } from './trace';

const columns = 110;
const durationColumns = 10;

/** Resolvers of one field in one list, beyond these, become one line. */
const shownOfList = 2;

export function traceText({ request, caller, cache, resolvers, errors, durationMs }: RequestTrace): string {
  const told = new Set(resolvers.flatMap((resolver) => resolver.errors.map(({ message }) => message)));
  return [
    timed(`${operationText(request)}  ${caller}${cache ? `  (cache ${cache})` : ''}`, durationMs),
    ...withoutRepetition(resolvers).flatMap((shown) => (Array.isArray(shown) ? [repeated(shown)] : resolverLines(shown))),
    ...errors.filter(({ message }) => !told.has(message)).map((error) => cut(`  ! ${failureText(error)}${'path' in error && error.path ? ` at ${error.path.join('.')}` : ''}`)),
  ].join('\n');
}

/** `mutation PlaceOrder`, or the fields of an operation without a name: `query { getProduct, listOrders }`. */
function operationText({ query, operationName }: OperationRequest): string {
  try {
    const operations = parse(query, { noLocation: true }).definitions.filter((definition) => definition.kind === 'OperationDefinition');
    const operation = operations.find(({ name }) => name?.value === (operationName ?? undefined)) ?? operations[0];
    if (operation) {
      const fields = operation.selectionSet.selections.map((selection) => (selection.kind === 'Field' ? selection.name.value : '…'));
      return `${operation.operation} ${operation.name?.value ?? `{ ${fields.join(', ')} }`}`;
    }
  } catch {
    // It is shown as it was sent.
  }
  return valueText(query, 60);
}

/** Resolvers in order; those of one field in one list stand together, the first few as they are, the others as a list. */
function withoutRepetition(resolvers: readonly ResolverTrace[]): (ResolverTrace | ResolverTrace[])[] {
  const lists = new Map<string, ResolverTrace[]>();
  for (const resolver of resolvers) {
    const place = resolver.path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
    const list = lists.get(place);
    if (list) list.push(resolver);
    else lists.set(place, [resolver]);
  }
  return [...lists.values()].flatMap((list) => {
    if (list.length <= shownOfList + 1) return list;
    // Of a long list, what failed is what one looks for.
    const shown = [...list].sort((a, b) => Number(b.errors.length > 0) - Number(a.errors.length > 0)).slice(0, shownOfList);
    return [...list.filter((resolver) => shown.includes(resolver)), list.filter((resolver) => !shown.includes(resolver))];
  });
}

function repeated(resolvers: readonly ResolverTrace[]): string {
  const failures = resolvers.filter(({ errors }) => errors.length > 0).length;
  const slowest = Math.max(...resolvers.map(({ durationMs }) => durationMs));
  return timed(`  … and ${resolvers.length} more of ${resolvers[0]?.field}${failures > 0 ? `, ${failures} with errors` : ''}, the slowest in`, slowest);
}

function resolverLines({ field, path, steps, logs, errors, value, cache, durationMs }: ResolverTrace): string[] {
  const [only, ...others] = steps;
  const isUnit = others.length === 0 && only?.name === field;
  const place = path.length > 1 ? `  at ${path.join('.')}` : '';
  const source = isUnit ? ` → ${only.dataSource}` : '';
  // A value that is what the last data source answered says nothing new.
  const isNews = errors.length === 0 && !sameText(value, steps.at(-1)?.response?.result);
  return [
    timed(`  ${field}${source}${place}${cache ? `  ${cacheText(cache)}` : ''}`, durationMs),
    ...(isUnit ? exchangeLines(only, '    ') : steps.flatMap((step) => [stepLine(step), ...exchangeLines(step, '      ')])),
    ...logs.map((line) => cut(`    # ${line}`)),
    ...errors.map((error) => cut(`    ! ${failureText(error)}`)),
    ...(isNews ? [`    = ${valueText(value, columns - 6)}`] : []),
  ];
}

function cacheText(lookup: CacheLookup): string {
  return lookup.outcome === 'none' ? `(not cached: ${lookup.missingKey} has no value)` : `(cache ${lookup.outcome})`;
}

function stepLine({ name, dataSource, dataSourceMs }: StepTrace): string {
  return dataSourceMs === undefined ? `    ${name} → ${dataSource}` : timed(`    ${name} → ${dataSource}`, dataSourceMs);
}

function exchangeLines(step: StepTrace, indent: string): string[] {
  const room = columns - indent.length - 2;
  if (!('request' in step)) return [`${indent}(not asked)`];
  const { request, response } = step;
  return [
    `${indent}> ${valueText(request, room)}`,
    ...(response?.error ? [cut(`${indent}< ! ${response.error.type}: ${response.error.message}`)] : []),
    ...(response && (!response.error || (response.result !== null && response.result !== undefined)) ? [`${indent}< ${valueText(response.result, room)}`] : []),
  ];
}

function failureText({ errorType, message }: Pick<FieldFailure, 'message'> & { readonly errorType?: string | null }): string {
  return errorType ? `${errorType}: ${message}` : message;
}

/** On one line, as JavaScript writes it. */
function valueText(value: unknown, room: number): string {
  const text = inspect(value, { breakLength: Infinity, compact: true, depth: 8, maxArrayLength: 10, maxStringLength: 80 }).replace(/\[Object: null prototype\] /g, '');
  return cut(text, room);
}

function sameText(a: unknown, b: unknown): boolean {
  return valueText(a, Infinity) === valueText(b, Infinity);
}

function cut(line: string, room = columns): string {
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`;
}

/** The duration at the right edge. */
function timed(line: string, ms: number): string {
  const room = columns - durationColumns;
  return cut(line, room).padEnd(room) + `${ms.toFixed(1)} ms`.padStart(durationColumns);
}

/**
 * What a new schema does to the clients of an old one. graphql-js judges the plain GraphQL part; added here are places, what AppSync's
 * directives mean, the defaults of input fields, and what is safe.
 */
import { astFromValue, type BreakingChange, type DangerousChange, findBreakingChanges, findDangerousChanges, type GraphQLInputField, type GraphQLNamedType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, OperationTypeNode, print } from 'graphql';
import type { Diagnostic, SourceLocation } from '../diagnostics';
import { accessChanges } from './diff-access';
import { plainChangeCodes, schemaChangeCodes } from './diff-codes';
import type { SchemaModel } from './schema-model';

/** A change as the comparisons find it; its code says how bad it is. */
export interface SchemaChange {
  readonly code: string;
  /** `Type`, `Type.field` or `Type.field.argument`, in whichever schema has it. */
  readonly coordinate: string;
  /** What to point at: the declaration, or the authorization directive on it. @default 'declaration' */
  readonly about?: 'declaration' | 'access';
  readonly message: string;
}

/** A change that no client notices. */
export interface SafeChange {
  readonly message: string;
  readonly location?: SourceLocation;
}

export interface SchemaDiff {
  /** Breaking changes as errors, dangerous ones as warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly safe: readonly SafeChange[];
}

export interface CompareOptions {
  /** AppSync's name of the API's default authorization mode, `API_KEY` for instance. @default - unknown */
  readonly defaultMode?: string;
}

/** Places are those of the current schema; those of the baseline where something was removed. */
export function compareSchemas(baseline: SchemaModel, current: SchemaModel, { defaultMode }: CompareOptions = {}): SchemaDiff {
  const changes = [
    ...rootChanges(baseline, current),
    ...[...findBreakingChanges(baseline.schema, current.schema), ...findDangerousChanges(baseline.schema, current.schema)].flatMap(plainChange),
    ...inputDefaultChanges(baseline, current),
    ...accessChanges(baseline, current, defaultMode),
    ...subscriptionChanges(baseline, current),
  ];
  return { diagnostics: changes.map((change) => diagnosticOf(change, baseline, current)), safe: safeChanges(baseline, current) };
}

function diagnosticOf({ code, coordinate, about, message }: SchemaChange, baseline: SchemaModel, current: SchemaModel): Diagnostic {
  const { severity, url } = schemaChangeCodes.find((each) => each.code === code)!;
  const place = (model: SchemaModel) => (about === 'access' ? model.authDirectives(coordinate)[0]?.location : undefined) ?? model.locationOf(coordinate);
  const now = place(current);
  const before = place(baseline);
  const location = now ?? before ?? nearest(coordinate, current);
  return {
    code,
    severity: severity === 'error' ? 'error' : 'warning',
    message,
    ...(location ? { location } : {}),
    notes: now && before ? [{ message: 'in the baseline', location: before }] : [],
    ...(url ? { url } : {}),
  };
}

/** The declaration around what is in neither schema under that name. */
function nearest(coordinate: string, model: SchemaModel): SourceLocation | undefined {
  const outer = coordinate.split('.').slice(0, -1);
  return outer.length === 0 ? undefined : (model.locationOf(outer.join('.')) ?? nearest(outer.join('.'), model));
}

/** graphql-js tells in English alone what changed; the names in its sentences are the coordinates. */
function plainChange({ type, description }: BreakingChange | DangerousChange): SchemaChange[] {
  const code = plainChangeCodes[type];
  // Scalars of the language come and go with their use.
  if (!code || description.startsWith('Standard scalar')) return [];
  const message = description.replace(/\.$/, '').replace(/^An? /, (article) => article.toLowerCase());
  return [{ code, coordinate: coordinateIn(description), message }];
}

function coordinateIn(description: string): string {
  const inner = /^An? (?:required|optional) (?:arg|field) (\w+) on (?:input type )?([\w.]+) was added/.exec(description);
  if (inner) return `${inner[2]}.${inner[1]}`;
  const argument = /^(\w+\.\w+) arg (\w+) /.exec(description);
  if (argument) return `${argument[1]}.${argument[2]}`;
  const owner = /(?:(?:union|enum) type|implemented by) (\w+)\.$/.exec(description);
  return owner?.[1] ?? /^[\w.]*\w/.exec(description)?.[0] ?? '';
}

const operations: readonly OperationTypeNode[] = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION];

/** A root type that is still there but no longer a root is no change to graphql-js. */
function rootChanges(baseline: SchemaModel, current: SchemaModel): SchemaChange[] {
  return operations.flatMap((operation) => {
    const before = baseline.schema.getRootType(operation);
    const now = current.schema.getRootType(operation);
    if (!before || before.name === now?.name || !current.schema.getType(before.name)) return [];
    return [{ code: 'SDL_BREAKING_ROOT', coordinate: before.name, message: `${before.name} is no longer the ${operation} type` }];
  });
}

/** graphql-js compares the defaults of arguments only. */
function inputDefaultChanges(baseline: SchemaModel, current: SchemaModel): SchemaChange[] {
  return Object.values(baseline.schema.getTypeMap()).flatMap((type) => {
    const now = current.schema.getType(type.name);
    if (!isInputObjectType(type) || !isInputObjectType(now)) return [];
    return Object.values(type.getFields()).flatMap((before) => {
      const after = now.getFields()[before.name];
      if (!after || defaultText(before) === defaultText(after)) return [];
      const coordinate = `${type.name}.${before.name}`;
      return [{ code: 'SDL_DANGEROUS_DEFAULT', coordinate, message: `${coordinate} has changed its default from ${defaultText(before)} to ${defaultText(after)}` }];
    });
  });
}

function defaultText({ defaultValue, type }: GraphQLInputField): string {
  const node = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
  return node ? print(node) : 'none';
}

function subscriptionChanges(baseline: SchemaModel, current: SchemaModel): SchemaChange[] {
  const root = current.schema.getSubscriptionType()?.name;
  return baseline.subscriptions.flatMap(({ fieldName, mutations }) => {
    const now = current.subscriptions.find((field) => field.fieldName === fieldName);
    if (!now || root === undefined) return [];
    const coordinate = `${root}.${fieldName}`;
    const before = mutations.map(({ name }) => name);
    const after = now.mutations.map(({ name }) => name);
    return [
      ...before.filter((name) => !after.includes(name)).map((name) => ({ code: 'SDL_BREAKING_SUBSCRIPTION', coordinate, message: `${coordinate} no longer follows the mutation "${name}"` })),
      ...after.filter((name) => !before.includes(name)).map((name) => ({ code: 'SDL_DANGEROUS_SUBSCRIPTION', coordinate, message: `${coordinate} also follows the mutation "${name}"` })),
    ];
  });
}

function safeChanges(baseline: SchemaModel, current: SchemaModel): SafeChange[] {
  return Object.values(current.schema.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type)) return [];
    const before = baseline.schema.getType(type.name);
    const at = (coordinate: string, message: string): SafeChange => {
      const location = current.locationOf(coordinate);
      return { message, ...(location ? { location } : {}) };
    };
    if (!before) return current.locationOf(type.name) ? [at(type.name, `${type.name} was added`)] : [];
    return safeFieldChanges(before, type).map(([coordinate, message]) => at(coordinate, message));
  });
}

function safeFieldChanges(before: GraphQLNamedType, now: GraphQLNamedType): [coordinate: string, message: string][] {
  if (!(isObjectType(before) || isInterfaceType(before)) || !(isObjectType(now) || isInterfaceType(now))) return [];
  return Object.values(now.getFields()).flatMap((field): [string, string][] => {
    const coordinate = `${now.name}.${field.name}`;
    const old = before.getFields()[field.name];
    if (!old) return [[coordinate, `${coordinate} was added`]];
    return old.deprecationReason == null && field.deprecationReason != null ? [[coordinate, `${coordinate} is deprecated`]] : [];
  });
}

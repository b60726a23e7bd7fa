/** The shape of the table in `appsync-api.ts`: what resolver code can reach of AppSync, as far as it can be checked without a type system. */

/** What a name of the API stands for. */
export type ApiValue = ApiObject | ApiFunction;

export interface ApiObject {
  readonly members: Readonly<Record<string, ApiValue>>;
}

export interface ApiFunction {
  /** How many arguments are needed at least; with overloads, by the shortest. */
  readonly least: number;
  /** What each argument may be; with overloads, by the longest. */
  readonly parameters: readonly Shape[];
  /** True when any number of arguments may follow. */
  readonly takesRest?: boolean;
}

/** A module of `@aws-appsync/utils`: the values it exports, and the names that are types alone. */
export interface ApiModule extends ApiObject {
  readonly types: readonly string[];
}

/** What a value may be. `any` where the declarations leave it open or depend on a type parameter. Null and undefined fit everywhere. */
export type Shape =
  | 'any'
  | 'string'
  | 'number'
  | 'boolean'
  | { readonly texts: readonly string[] }
  | { readonly list: Shape }
  /** An object whose members have any name and all the same shape. */
  | { readonly each: Shape }
  | { readonly required: Readonly<Record<string, Shape>>; readonly optional: Readonly<Record<string, Shape>> }
  | { readonly anyOf: readonly Shape[] };

export interface ApiSurface {
  /** Values of the main module that need no import. */
  readonly globals: readonly string[];
  /** By import specifier. */
  readonly modules: Readonly<Record<string, ApiModule>>;
}

export function isApiFunction(value: ApiValue): value is ApiFunction {
  return 'parameters' in value;
}

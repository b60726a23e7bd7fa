import { join, resolve } from 'node:path';
import ts from 'typescript';
import { generateTypes } from '../../lib/codegen';
import { loadSchema } from '../../lib/sdl';

function generate(...texts: string[]): string {
  const { value, diagnostics } = loadSchema(texts.map((text, i) => ({ path: `/app/${i}.graphql`, text })));
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return generateTypes(value);
}

/** The errors that TypeScript finds in a module under `strict`, with the generated text beside it as `./types`. */
function compileErrors(generated: string, user = ''): string[] {
  const beside = (name: string) => join(resolve(__dirname, '../..'), 'test', name);
  const files = new Map([[beside('types.ts'), generated], [beside('user.ts'), user]]);
  const options: ts.CompilerOptions = { strict: true, noEmit: true, exactOptionalPropertyTypes: true, isolatedModules: true, noLib: false, lib: ['lib.es5.d.ts'], types: [], skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target) => (files.has(name) ? ts.createSourceFile(name, files.get(name)!, target) : getSourceFile(name, target));
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const shop = `
  """
  The way in.
  Ends a comment: */
  """
  type Query {
    "One product."
    product(id: ID!, "a page" first: Int = 20, strict: Boolean! = true): Product
    search(filter: Filter): [Found]!
    old: String @deprecated(reason: "use search")
  }
  interface Node { id: ID! }
  type Product implements Node { id: ID! price: Float! tags: [String!]! photos: [AWSURL] at: AWSTimestamp extra: AWSJSON extras: [AWSJSON!] status: Status! }
  type Category implements Node { id: ID! on: AWSDate }
  union Found = Product | Category
  "Whether it is for sale."
  enum Status { ACTIVE GONE }
  input Filter { statuses: [Status!] tag: String! near: Filter limit: Int! = 5 }
`;

/** Parameters of every context. */
const open = 'TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any';

describe('generateTypes', () => {
  it('writes every kind of type in the order of the schema', () => {
    expect(generate(shop)).toBe(`// Generated from the GraphQL schema by \`appsync-local codegen\`. Do not edit: change the schema and run it again.
/* eslint-disable */

import type { Context } from '@aws-appsync/utils';

/**
 * The way in.
 * Ends a comment: *\\/
 */
export interface Query {
  __typename?: 'Query';
  /** One product. */
  product?: Product | null;
  search: Array<Found | null>;
  /** @deprecated use search */
  old?: string | null;
}

/** Arguments of \`Query.product\`. */
export interface QueryProductArgs {
  id: string;
  /** a page */
  first?: number | null;
  strict?: boolean;
}

/** Arguments of \`Query.search\`. */
export interface QuerySearchArgs {
  filter?: Filter | null;
}

export interface Node {
  __typename?: 'Product' | 'Category';
  id: string;
}

export interface Product {
  __typename?: 'Product';
  id: string;
  price: number;
  tags: Array<string>;
  photos?: Array<string | null> | null;
  at?: number | null;
  extra?: unknown;
  extras?: Array<unknown> | null;
  status: Status;
}

export interface Category {
  __typename?: 'Category';
  id: string;
  on?: string | null;
}

export type Found = Product | Category;

/** Whether it is for sale. */
export type Status = 'ACTIVE' | 'GONE';

export interface Filter {
  statuses?: Array<Status> | null;
  tag: string;
  near?: Filter | null;
  limit?: number;
}

/** Context in a resolver of \`Query.product\`. */
export type QueryProductContext<${open}> = Context<QueryProductArgs, TStash, TPrev, undefined, TResult>;
/** What \`Query.product\` gives. */
export type QueryProductResult = Product | null;

/** Context in a resolver of \`Query.search\`. */
export type QuerySearchContext<${open}> = Context<QuerySearchArgs, TStash, TPrev, undefined, TResult>;
/** What \`Query.search\` gives. */
export type QuerySearchResult = Array<Found | null>;

/** Context in a resolver of \`Query.old\`. */
export type QueryOldContext<${open}> = Context<unknown, TStash, TPrev, undefined, TResult>;
/** What \`Query.old\` gives. */
export type QueryOldResult = string | null;
`);
  });

  it('compiles under strict, and narrows unions by __typename', () => {
    const user = `
      import type { Category, Found, QueryProductArgs } from './types';
      export const args: QueryProductArgs = { id: '1' };
      export function nameOf(found: Found): number | undefined { return found.__typename === 'Product' ? found.price : undefined; }
      export const category: Category = { id: 'c', on: null };
    `;

    expect(compileErrors(generate(shop), user)).toEqual([]);
  });

  it('makes TypeScript refuse what the schema refuses', () => {
    const user = `
      import type { Filter, Status } from './types';
      export const status: Status = 'SOLD';
      export const filter: Filter = { tag: null };
    `;

    expect(compileErrors(generate(shop), user)).toEqual([`Type '"SOLD"' is not assignable to type 'Status'.`, `Type 'null' is not assignable to type 'string'.`]);
  });

  it('renames types whose names TypeScript keeps for itself, and shadows the names of the language library', () => {
    const generated = generate('type Query { a(x: any): string b: Date } input any { class: Int } type string { default: Date! } type Date { type: String } enum void { A } union never = Date');

    expect(generated).toContain("export interface string_ {\n  __typename?: 'string';\n  default: Date;\n}");
    expect(compileErrors(generated)).toEqual([]);
  });

  it('gives an interface that nothing implements no type name', () => {
    expect(generate('type Query { a: Node } interface Node { id: ID }')).toContain('export interface Node {\n  __typename?: never;');
  });

  it('gives the same bytes for one file and for the same types spread over several', () => {
    expect(generate('type Query { a: Int }', 'extend type Query { b: Int }')).toBe(generate('type Query { a: Int b: Int }'));
  });
});

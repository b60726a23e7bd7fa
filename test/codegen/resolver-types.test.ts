import { join, resolve } from 'node:path';
import ts from 'typescript';
import { generateTypes } from '../../lib/codegen';
import { loadSchema } from '../../lib/sdl';

function generate(text: string): string {
  const { value, diagnostics } = loadSchema([{ path: '/app/schema.graphql', text }]);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return generateTypes(value);
}

/** What TypeScript says about a resolver beside the generated types. */
function complaints(schema: string, resolver = ''): string[] {
  const beside = (name: string) => join(resolve(__dirname, '../..'), 'test', name);
  const files = new Map([[beside('types.ts'), generate(schema)], [beside('resolver.ts'), resolver]]);
  const options: ts.CompilerOptions = { strict: true, noEmit: true, types: [], skipLibCheck: true, lib: ['lib.es2022.d.ts'], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target) => (files.has(name) ? ts.createSourceFile(name, files.get(name)!, target) : getSourceFile(name, target));
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const shop = `
  type Query { item(id: ID!): Item }
  type Item { id: ID! name: String price(currency: String!): Float owner: Owner related: [Item!]! }
  type Owner { id: ID! }
`;

describe('types for resolvers', () => {
  it('type the arguments, the source, the result, the stash and the previous result', () => {
    const resolver = `
      import type { Context } from '@aws-appsync/utils';
      import type { ItemOwnerContext, ItemPriceContext, QueryItemContext, QueryItemResult } from './types';
      interface Stash { seen: string[] }
      const requireSuccess = (ctx: Context) => ctx.error;
      export function request(ctx: QueryItemContext) { const id: string = ctx.args.id; return { id, any: ctx.result.anything, stash: ctx.stash.anything }; }
      export function response(ctx: QueryItemContext<QueryItemResult, Stash, { result: number }>): string | undefined {
        requireSuccess(ctx);
        return ctx.stash.seen[ctx.prev.result] ?? ctx.result?.id;
      }
      export const price = (ctx: ItemPriceContext) => [ctx.args.currency.length, ctx.source?.name?.length];
      export const owner = (ctx: ItemOwnerContext<any, Record<string, any>, any, { ownerId: string }>): string => ctx.source!.ownerId;
    `;

    expect(complaints(shop, resolver)).toEqual([]);
  });

  it('make TypeScript find what the schema does not have', () => {
    const resolver = `
      import type { ItemOwnerContext, QueryItemContext, QueryItemResult } from './types';
      export const a = (ctx: QueryItemContext) => ctx.args.ids;
      export const b = (ctx: ItemOwnerContext) => ctx.source!.ownerId;
      export const c: QueryItemResult = { id: 1, related: [] };
    `;

    expect(complaints(shop, resolver)).toEqual([
      "Property 'ids' does not exist on type 'QueryItemArgs'.",
      "Property 'ownerId' does not exist on type 'Item'. Did you mean 'owner'?",
      "Type 'number' is not assignable to type 'string'.",
    ]);
  });

  it('are there for root fields, and elsewhere for fields with arguments or objects', () => {
    const names = [...generate(shop).matchAll(/export type (\w+Context)</g)].map(([, name]) => name);

    expect(names).toEqual(['QueryItemContext', 'ItemPriceContext', 'ItemOwnerContext', 'ItemRelatedContext']);
  });

  it('give way to types of the schema that have the same names', () => {
    const clashing = `
      type Query { item: Context other(a: Int): QueryItemContext }
      type Context { id: ID! }
      type QueryItemContext { query: QueryItemResult }
      type QueryItemResult { id: ID! }
    `;

    expect(generate(clashing)).toContain("import type { Context as Context_ } from '@aws-appsync/utils';");
    expect(complaints(clashing, "import type { QueryItemContext_, QueryItemResult_ } from './types';\nexport const f = (ctx: QueryItemContext_): QueryItemResult_ => ctx.result;")).toEqual([]);
  });
});

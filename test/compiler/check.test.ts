import { bundleHandlers, checkHandlerCode, discoverResolvers, handlerRules } from '../../lib/compiler';
import type { Diagnostic } from '../../lib/diagnostics';
import { makeProject, type Project } from './project';

let project: Project | undefined;
afterEach(() => {
  project?.remove();
  project = undefined;
});

/** Bundles `Query.a.ts` of a project and checks it. */
function check(files: Readonly<Record<string, string>>): Diagnostic[] {
  project = makeProject(files);
  const file = Object.keys(files)[0]!;
  const { value, diagnostics } = bundleHandlers([project.path(file)], { root: project.root });
  expect(diagnostics).toEqual([]);
  const { code, sourceMap } = value.get(project.path(file))!;
  return checkHandlerCode({ code: { path: 'bundle.js', text: code }, sourceMap });
}

/** `file:line:column marked text` of a location. */
function place(location: Diagnostic['location']): string {
  const { file, line, column, length = 1, lineText } = location!;
  return `${file.slice(project!.root.length + 1)}:${line}:${column} ${lineText?.slice(column - 1, column - 1 + length)}`;
}

const summary = (found: readonly Diagnostic[]) => found.map(({ code, location }) => `${code} ${place(location)}`);
const notes = (found: readonly Diagnostic[]) => found.flatMap((diagnostic) => diagnostic.notes.map(({ message, location }) => `${message} ${location ? place(location) : ''}`));
const response = 'export function response(ctx: Context) {\n  return ctx.result;\n}\n';

describe('places', () => {
  it('are in the TypeScript file, under the words at fault', () => {
    const found = check({
      'Query.a.ts': `import { util, type Context } from '@aws-appsync/utils';

interface Args {
  readonly ids: string[];
}

export function request(ctx: Context<Args>) {
  const { ids } = ctx.args satisfies Args as Args;
  let total: number = 0;
  for (const id of ids as string[]) {
    if (id === 'x') continue;
    total++;
  }
  const now: string = new Date().toISOString();
  if (!('id' in ctx.args!)) throw new Error('é: no ids');
  const sorted = (ids as string[]).sort((a: string, b: string) => a.length - b.length);
  return { total, now, sorted, first: ids![0]!.padStart(3) };
}
${response}`,
    });

    expect(summary(found).sort()).toEqual([
      'RES_CONTINUE Query.a.ts:11:21 continue',
      'RES_METHOD Query.a.ts:17:48 padStart',
      'RES_NEW Query.a.ts:14:23 new Date',
      'RES_OPERATOR Query.a.ts:12:10 ++',
      'RES_OPERATOR Query.a.ts:15:14 in',
      'RES_SORT Query.a.ts:16:36 sort',
      'RES_THROW Query.a.ts:15:29 throw',
    ]);
  });

  it('are in the text itself when there is no source map, or none that can be read', () => {
    const code = { path: 'Shop.template.json#Resolver', text: 'export const request = () => {\n  debugger;\n};\nexport const response = () => 1;' };

    for (const sourceMap of [undefined, 'not json', '{}', '{"version":3,"sources":[],"mappings":"~"}']) {
      expect(checkHandlerCode({ code, ...(sourceMap === undefined ? {} : { sourceMap }) })[0]).toMatchObject({
        code: 'RES_DEBUGGER',
        location: { file: 'Shop.template.json#Resolver', line: 2, column: 3, length: 8, lineText: '  debugger;' },
      });
    }
  });

  it('carry the resource they are about', () => {
    const resource = { templatePath: '/app/Shop.template.json', logicalId: 'Resolver' };

    expect(checkHandlerCode({ code: { path: 'x', text: 'export const request = ~1, response = 1;' }, resource })[0]!.resource).toBe(resource);
    expect(checkHandlerCode({ code: { path: 'x', text: 'export' }, resource })[0]!.resource).toBe(resource);
  });

  it('are still known when the map holds no texts', () => {
    project = makeProject({ 'Query.a.ts': `export const request = () => {\n  debugger;\n};\nexport const response = () => 1;\n` });
    const { code, sourceMap } = bundleHandlers([project.path('Query.a.ts')], { root: project.root }).value.get(project.path('Query.a.ts'))!;
    const withoutTexts = { ...JSON.parse(sourceMap), sourcesContent: undefined };

    const [finding] = checkHandlerCode({ code: { path: 'bundle.js', text: code }, sourceMap: JSON.stringify(withoutTexts) });

    expect(finding!.location).toEqual({ file: project.path('Query.a.ts'), line: 2, column: 3 });
  });
});

describe('syntax', () => {
  it('is one diagnostic with acorn’s position', () => {
    expect(checkHandlerCode({ code: { path: 'x.js', text: 'export function request(ctx) {\n  return { a: };\n}' } })).toEqual([
      {
        code: 'RES_SYNTAX',
        severity: 'error',
        url: 'https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html',
        message: 'unexpected token',
        location: { file: 'x.js', line: 2, column: 15, length: 1, lineText: '  return { a: };' },
        notes: [],
      },
    ]);
  });

  it('is what nesting without end gives, too', () => {
    const [finding] = checkHandlerCode({ code: { path: 'x.js', text: `export const x = ${'!'.repeat(200_000)}1;` } });

    expect([finding!.code, finding!.message]).toEqual(['RES_SYNTAX', 'not enough stack space to parse input']);
  });

  it('covers what strict mode refuses, and TypeScript that was never compiled', () => {
    const only = (text: string) => checkHandlerCode({ code: { path: 'x.js', text } }).map(({ code, location }) => [code, location?.line, location?.column]);

    expect(only('with (Math) {}')).toEqual([['RES_SYNTAX', 1, 1]]);
    expect(only('export const request = (ctx: Context) => ctx;')).toEqual([['RES_SYNTAX', 1, 28]]);
    expect(only('')).toEqual([
      ['RES_EXPORT', 1, 1],
      ['RES_EXPORT', 1, 1],
    ]);
  });
});

describe('dependencies', () => {
  it('are reported where the fault is, with the import that brought it in', () => {
    const found = check({
      'Query.a.ts': `import { slug } from './text/slug';\nexport const request = () => ({ slug: slug('a') });\nexport const response = () => null;\n`,
      'text/slug.ts': `import { pad } from 'pads/left';\nexport const slug = (s: string) => pad(s.repeat(2));\n`,
      'node_modules/pads/package.json': '{ "name": "pads", "exports": { "./left": "./left.mjs" } }',
      'node_modules/pads/left.mjs': 'export function pad(s) {\n  while (s.length < 3) s += " ";\n  return s;\n}\n',
    });

    expect(summary(found)).toEqual(['RES_LOOP node_modules/pads/left.mjs:2:3 while', 'RES_METHOD text/slug.ts:2:42 repeat']);
    expect(notes(found)).toEqual([`brought in by the import of "./text/slug" Query.a.ts:1:22 './text/slug'`, `brought in by the import of "./text/slug" Query.a.ts:1:22 './text/slug'`]);
  });

  it('that are CommonJS are one finding at the import, not one per line of theirs', () => {
    const found = check({
      'Query.a.ts': `import { x } from 'old';\nimport { y } from './wrap';\nexport const request = () => ({ x, y });\nexport const response = () => null;\n`,
      'wrap.ts': `import { x } from 'old';\nexport const y = x;\n`,
      'node_modules/old/index.js': 'const inner = require("./inner");\ntry { exports.x = inner.x++; } catch (e) { throw new Error(e); }\n',
      'node_modules/old/inner.js': 'exports.x = /a/.test("b") ? 1 : 2;\n',
    });

    expect(found.map(({ message }) => message)).toEqual(Array(2).fill('"node_modules/old/index.js" is a CommonJS module, and its wrapper is not valid in AppSync'));
    expect(summary(found).sort()).toEqual([`RES_COMMONJS Query.a.ts:1:19 'old'`, `RES_COMMONJS wrap.ts:1:19 'old'`]);
    expect(found[0]!.fix).toBe('import an ES module build of it, or move the work to a Lambda data source');
  });

  it('do not hide that the resolver itself is CommonJS', () => {
    const found = check({ 'Query.a.js': 'exports.request = () => ({});\nexports.response = () => null;\n' });

    expect(summary(found)).toEqual(['RES_COMMONJS Query.a.js:1:1 e']);
    expect(found[0]!.fix).toBe('write it with import and export');
  });

  it('used as a whole namespace are reported at the namespace import', () => {
    const found = check({
      'Query.a.ts': `import * as prices from './prices';\nexport const request = (ctx) => ({ value: prices[ctx.args.name] });\nexport const response = () => null;\n`,
      'prices.ts': 'export const one = 1;\nexport function two() {\n  return 2;\n}\n',
    });

    expect(found.map(({ message }) => message)).toEqual(['the namespace "prices" is used as a value, which AppSync cannot run']);
    expect(summary(found)).toEqual(['RES_NAMESPACE Query.a.ts:1:1 import * as prices']);
    expect(notes(found)).toEqual(['it is used as a value here Query.a.ts:2:43 prices']);
  });

  it('used member by member through a namespace are fine', () => {
    expect(
      check({
        'Query.a.ts': `import * as prices from './prices';\nimport * as ddb from '@aws-appsync/utils/dynamodb';\nexport const request = () => ddb.get({ key: { id: prices.two() } });\nexport const response = () => prices.one;\n`,
        'prices.ts': 'export const one = 1;\nexport function two() {\n  return 2;\n}\n',
      }),
    ).toEqual([]);
  });

  it('loaded with require and import() are reported at those words', () => {
    const found = check({
      'Query.a.ts': `export function request() {\n  const fs = require('fs');\n  const later = import('./shared');\n  return { fs, later };\n}\n${response}`,
      'shared.ts': 'export const a = 1;\n',
    });

    expect(summary(found)).toEqual(['RES_IMPORT Query.a.ts:3:17 import', 'RES_GLOBAL Query.a.ts:2:14 require']);
  });

  it('of Node are reported at the import', () => {
    const found = check({ 'Query.a.ts': `import { createHash } from 'node:crypto';\nexport const request = () => ({ hash: createHash('md5') });\nexport const response = () => null;\n` });

    expect(summary(found)).toEqual([`RES_IMPORT Query.a.ts:1:28 'node:crypto'`]);
  });

  it('that give a function a second name by exporting it as default are reported at that export', () => {
    const found = check({
      'Query.a.ts': `import load from './load';\nexport const request = () => load();\nexport const response = () => null;\n`,
      'load.ts': 'const load = () => ({});\nexport default load;\n',
    });

    expect(summary(found)).toEqual(['RES_FUNCTION_REASSIGN load.ts:2:16 load']);
    expect(found[0]!.fix).toBe('use "load" itself, or export it where it is declared');
  });

  it('that are data or enums are fine', () => {
    expect(
      check({
        'Query.a.ts': `import limits from './limits.json';\nimport { Color, Size } from './enums';\nexport const request = () => ({ limit: limits.max, color: Color.Red, all: Size });\nexport const response = () => null;\n`,
        'limits.json': '{ "max": 10 }',
        'enums.ts': `export enum Color {\n  Red = 'red',\n}\nexport enum Size {\n  S,\n  M,\n}\n`,
      }),
    ).toEqual([]);
  });

  it('count for the size, and the largest are named', () => {
    const found = check({
      'Query.a.ts': `import { big } from './big';\nexport const request = () => ({ big });\nexport const response = () => null;\n`,
      'big.ts': `export const big = '${'x'.repeat(33_000)}';\n`,
    });

    expect(summary(found)).toEqual(['RES_SIZE Query.a.ts:1:1 i']);
    expect(found[0]!.message).toMatch(/^the bundled code has 33,\d{3} characters; AppSync takes at most 32,768$/);
    expect(found[0]!.notes[0]).toEqual({ message: '33,014 characters come from here', location: { file: project!.path('big.ts'), line: 1, column: 1 } });
  });
});

describe('handlers that people write', () => {
  it('pass, in a unit resolver with paging and a filter', () => {
    expect(
      check({
        'Query.a.ts': `import { type Context, type DynamoDBQueryRequest, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';

type Args = { readonly categoryId?: string | null; readonly limit?: number; readonly nextToken?: string };
const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? 20, 1), 100);

export function request(ctx: Context<Args>): DynamoDBQueryRequest {
  const { categoryId, limit, nextToken = null } = ctx.args;
  if (!categoryId) util.error(\`"categoryId" is \${typeof categoryId === 'string' ? 'empty' : 'missing'}\`, 'BadRequest');
  return query<{ categoryId: string }>({ query: { categoryId: { eq: categoryId! } }, index: 'byCategory', limit: pageSize(limit), nextToken, scanIndexForward: false }) as never;
}

export function response(ctx: Context<Args, object, object, object, { items: { id: string; tags?: string[] }[]; nextToken?: string }>) {
  const { error, result } = ctx;
  if (error) {
    util.appendError(error.message, error.type, result);
  }
  const items = (result?.items ?? []).filter(({ id }) => !!id).map((item, index) => ({ ...item, index, tags: [...(item.tags ?? [])].sort().join(', ') }));
  return { items, nextToken: result?.nextToken };
}
`,
      }),
    ).toEqual([]);
  });

  it('pass, in a pipeline step that reads a batch', () => {
    expect(
      check({
        'Query.a.ts': `import { type Context, runtime, util } from '@aws-appsync/utils';
import { uniqueIds } from './ids';

export function request(ctx: Context) {
  const ids = uniqueIds(ctx.prev.result.lines);
  if (ids.length === 0) runtime.earlyReturn([]);
  const keys = ids.map((id) => util.dynamodb.toMapValues({ id }));
  return { operation: 'BatchGetItem', tables: { [ctx.env.PRODUCTS_TABLE as string]: { keys, consistentRead: true } } };
}

export function response(ctx: Context) {
  const found: Record<string, { price: number }> = {};
  for (const product of ctx.result.data[ctx.env.PRODUCTS_TABLE as string]) {
    if (product) found[product.id] = product;
  }
  const missing = ctx.prev.result.lines.filter((line: { id: string }) => !Object.hasOwn(found, line.id));
  if (missing.length > 0) util.error(\`unknown products: \${missing.map(({ id }: { id: string }) => \`"\${id}"\`).join(', ')}\`, 'NotFound', null, { missing });
  let total = 0;
  for (const [id, { price }] of Object.entries(found)) {
    const line = ctx.prev.result.lines.find((each: { id: string }) => each.id === id);
    total += price * (line?.quantity ?? 1);
  }
  ctx.stash.total = total;
  ctx.stash.products = Object.values(found);
  switch (true) {
    case total > 1000:
      ctx.stash.shipping = 0;
      break;
    default:
      ctx.stash.shipping = 5;
  }
  return ctx.prev.result;
}
`,
        'ids.ts': `export function uniqueIds(lines: readonly { id: string }[]): string[] {
  const seen: Record<string, true> = {};
  return lines.map(({ id }) => id).filter((id) => {
    const isNew = !seen[id];
    seen[id] = true;
    return isNew;
  });
}
`,
      }),
    ).toEqual([]);
  });

  it('pass, in a transaction with nested closures and a reducer', () => {
    expect(
      check({
        'Mutation.a.ts': `import { util, type Context } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context) {
  const { STOCK_TABLE: stock, ORDERS_TABLE: orders } = ctx.env as Record<string, string>;
  const id = util.autoUlid();
  const now = util.time.nowISO8601();
  const reserve = ({ sku, quantity }: { sku: string; quantity: number }) => {
    const condition = { quantity: { ge: quantity } };
    return { updateItem: { table: stock, key: { sku }, update: { quantity: operations.decrement(quantity), updatedAt: now }, condition } };
  };
  const total = ctx.args.input.lines.reduce((sum: number, { price, quantity }: { price: number; quantity: number }) => sum + price * quantity, 0);
  const order = { ...ctx.args.input, id, total, createdAt: now, customer: ctx.identity && 'sub' === Object.keys(ctx.identity)[0] ? ctx.identity.sub : null };
  delete order.coupon;
  const items = [{ putItem: { table: orders, key: { id }, item: order } }, ...ctx.args.input.lines.map(reserve)];
  ctx.stash.order = order;
  console.log('order', JSON.stringify(order), ddb.toStringSet(['a']));
  return transactWrite({ items });
}

export function response(ctx: Context) {
  if (ctx.error) {
    const reasons: { type: string }[] = ctx.result?.cancellationReasons ?? [];
    const at = reasons.findIndex((reason) => reason?.type === 'ConditionalCheckFailed');
    util.error(at >= 0 ? 'out of stock' : ctx.error.message, at >= 0 ? 'OutOfStock' : ctx.error.type, ctx.result);
  }
  return ctx.stash.order;
}
`,
      }),
    ).toEqual([]);
  });

  it('pass, in a relational resolver and in one that filters a subscription', () => {
    expect(
      check({
        'Query.a.ts': `import { sql, createPgStatement, toJsonObject, select } from '@aws-appsync/utils/rds';
import { extensions, util, type Context } from '@aws-appsync/utils';

export const request = (ctx: Context) => {
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ id: { in: ctx.args.ids } }));
  return createPgStatement(sql\`UPDATE t SET a = \${ctx.args.a} WHERE id = \${ctx.args.id}\`, select({ table: 't', columns: '*' }));
};

export const response = (ctx: Context) => toJsonObject(ctx.result)[1]?.[0] ?? null;
`,
      }),
    ).toEqual([]);
  });

  it('pass, when the code was bundled before and is plain JavaScript', () => {
    expect(
      check({
        'Query.a.js': `import { util as util2 } from '@aws-appsync/utils';
import { util, Context } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
var asUpdate = ({ key, data, condition: wanted = void 0, limit = 20 }) => {
  const condition = wanted ? JSON.parse(util.transform.toDynamoDBConditionExpression(wanted)) : {};
  if (condition.expressionValues && !Object.keys(condition.expressionValues).length) {
    delete condition.expressionValues;
  }
  return { key, condition, limit, ...(data && { update: ddb.operations.replace(data) }) };
};
function newId() {
  return \`\${util2.time.nowEpochMilliSeconds()}-\${util2.autoUlid().substring(0, 8)}\`;
}
function request(ctx) {
  const { input: { id = newId(), ...data }, filter } = ctx.args;
  const groups = ctx.identity["groups"] ?? [];
  if (!groups.includes('staff') && Array.isArray(filter)) util.unauthorized();
  data.total = +data.total.toFixed(2) || 0;
  const { key, update } = asUpdate({ key: { id }, data, condition: { id: { attributeExists: true } } });
  return update ? ddb.update({ key, update }) : ddb.query({ query: { id: { eq: id } }, filter: Object.keys(data).length > 0 ? data : null });
}
function response(ctx) {
  if (ctx.error) return util.appendError(ctx.error.message, ctx.error.type, false);
  ctx.stash.pages = { ...ctx.stash.pages, [ctx.info.fieldName]: extractPage(ctx.result) };
  return ctx.result?.items?.at(-1) ?? null;
}
function extractPage(result) {
  return result.nextToken;
}
export {
  request,
  response
};
`,
      }),
    ).toEqual([]);
  });

  it('pass, in every sample of this repository', () => {
    const { value } = discoverResolvers('resolvers/ecommerce');
    const files = [...value.units.values(), ...[...value.pipelines.values()].flatMap(({ ownFile, steps }) => [...(ownFile ? [ownFile] : []), ...steps.map(({ file }) => file)])];

    const bundles = bundleHandlers(files, { root: process.cwd() });

    expect(bundles.value.size).toBeGreaterThan(20);
    expect([...bundles.diagnostics, ...[...bundles.value.values()].flatMap(({ code, sourceMap, file }) => checkHandlerCode({ code: { path: file, text: code }, sourceMap }))]).toEqual([]);
  });
});

describe('handlerRules', () => {
  it('lists every code once, with its law', () => {
    const codes = handlerRules.map(({ code }) => code);

    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining(['RES_FOLDER_MISSING', 'RES_BUNDLE', 'RES_SYNTAX', 'RES_LOOP']));
    for (const { code, summary, url } of handlerRules) {
      expect(code).toMatch(/^RES_[A-Z_]+$/);
      expect(summary).toMatch(/^\S.*[^.\s]$/);
      if (url !== undefined) expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});

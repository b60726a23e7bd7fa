/** Code that AppSync answers with "The code contains one or more errors". */
import { apiTemplate, coded, type Mutant, type MutantGroup, noneSource } from './mutant';

const handler = `import { util } from '@aws-appsync/utils';

const names = ['a', 'b'];

function total(items) {
  let sum = 0;
  for (const item of items) {
    sum += item.price;
  }
  return sum;
}

export function request(ctx) {
  const { id } = ctx.args;
  ctx.stash.id = id;
  return { payload: { id, name: names[0] } };
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const value = total(ctx.result.items);
  return { ...ctx.result, value };
}
`;

const base = apiTemplate('type Query {\n  order(id: ID): AWSJSON\n}\n', { NoneSource: noneSource, Order: coded('Query.order', 'NoneSource', handler) });
const text = 'Order.Properties.Code';

/** A statement at the start of `response`. */
const statement = (name: string, code: string, written: string): Mutant => ({ name, code, change: ['  const value = total', `  ${written}\n  const value = total`] });
/** A definition outside of the handlers. */
const definition = (name: string, code: string, written: string): Mutant => ({ name, code, change: ['function total(items) {', `${written}\n\nfunction total(items) {`] });
/** What stands in place of `names[0]`. */
const value = (name: string, code: string, written: string): Mutant => ({ name, code, change: ['name: names[0]', `name: ${written}`] });

const comment = (length: number) => `//${'x'.repeat(length - handler.length - 3)}\nfunction total`;

export const resolverCodeMutants: readonly MutantGroup[] = [
  {
    area: 'resolver code',
    base,
    text,
    mutants: [
      { name: 'async functions are not supported', code: 'RES_ASYNC', change: ['export function request', 'export async function request'] },
      { name: 'async arrow functions are not supported', code: 'RES_ASYNC', change: ['const names = ', 'const load = async () => 1;\nconst names = '] },
      { name: 'await is not supported', code: 'RES_ASYNC', change: ["['a', 'b']", "await ['a', 'b']"] },
      { name: 'for await is not supported', code: 'RES_ASYNC', change: ['function total(items) {', 'for await (const name of names) names.length;\n\nfunction total(items) {'] },
      { name: 'await outside of an async function', code: 'RES_SYNTAX', change: ['const { id } = ctx.args', 'const { id } = await ctx.args'] },
      { name: 'classes are not supported', code: 'RES_CLASS', change: ['function total(items) {', 'class Order {}\n\nfunction total(items) {'] },
      { name: 'class expressions are not supported', code: 'RES_CLASS', change: ["['a', 'b']", 'class {}'], line: 'class {}' },
      statement('continue is not supported', 'RES_CONTINUE', 'for (const name of names) { if (name) continue; }'),
      statement('debugger is not supported', 'RES_DEBUGGER', 'debugger;'),
      definition('generators are not supported', 'RES_GENERATOR', 'function* ids() {}'),
      statement('labels are not supported', 'RES_LABEL', 'outer: for (const name of names) { break outer; }'),
      statement('for (;;) is not supported', 'RES_LOOP', 'for (let i = 0; i < 3; i += 1) { names.push(i); }'),
      statement('while is not supported', 'RES_LOOP', 'while (names.length > 3) { names.pop(); }'),
      statement('do…while is not supported', 'RES_LOOP', 'do { names.pop(); } while (names.length > 3);'),
      statement('try is not supported', 'RES_TRY', 'try { JSON.parse(ctx.result); } catch (error) { util.error("bad"); }'),
      statement('finally is not supported', 'RES_TRY', 'try { names.pop(); } finally { names.push("z"); }'),
      statement('throw is not supported', 'RES_THROW', 'if (!ctx.result) throw "nothing";'),
      statement('throw new Error: told as throw', 'RES_THROW', 'if (!ctx.result) throw new Error("nothing");'),
      value('this is not supported', 'RES_THIS', 'this.name'),
      value('new is not supported', 'RES_NEW', 'new Object()'),
      value('new Date is not supported', 'RES_NEW', 'new Date()'),
      statement('new Promise is not supported', 'RES_NEW', 'const wait = new Promise(() => 1);'),
      value('new Map is not supported', 'RES_NEW', 'new Map()'),
      statement('++ is not supported', 'RES_OPERATOR', 'let count = 0; count++;'),
      statement('-- in front is not supported', 'RES_OPERATOR', 'let count = 0; --count;'),
      value('~ is not supported', 'RES_OPERATOR', '~names.indexOf(id)'),
      value('in is not supported', 'RES_OPERATOR', '"id" in ctx.args'),
      value('instanceof is not supported', 'RES_OPERATOR', 'id instanceof Object'),
      value('regular expression literals are not supported', 'RES_REGEX', 'id.replace(/a/g, "b")'),
      statement('a regular expression is assigned', 'RES_REGEX', 'const digits = /^\\d+$/;'),
      definition('a function calls itself', 'RES_RECURSION', 'function depth(node) { return node ? depth(node.next) : 0; }'),
      { ...definition('two functions call each other', 'RES_RECURSION', 'function even(n) { return n === 0 || odd(n - 1); }\nfunction odd(n) { return n !== 0 && even(n - 1); }'), line: 'function odd' },
      definition('a function is returned', 'RES_FUNCTION_RETURN', 'const adder = (a) => (b) => a + b;'),
      definition('a function is returned by name', 'RES_FUNCTION_RETURN', 'function pick() { return total; }'),
      statement('a function is passed to a function', 'RES_FUNCTION_ARGUMENT', 'apply(total, ctx.result); function apply(f, x) { return x; }'),
      statement('an arrow function is passed to a function', 'RES_FUNCTION_ARGUMENT', 'total(() => 1);'),
      statement('sort takes no comparator', 'RES_SORT', 'names.sort((a, b) => a - b);'),
      { ...definition('a function is assigned again', 'RES_FUNCTION_REASSIGN', 'let sum = (items) => 0;\nsum = total;'), line: 'sum = total;' },
      value('a user-defined template tag', 'RES_TAGGED_TEMPLATE', 'total`${id}`'),
      value('Date is not available', 'RES_GLOBAL', 'Date.now()'),
      statement('Promise is not available', 'RES_GLOBAL', 'const all = Promise.all([]);'),
      statement('fetch is not available', 'RES_GLOBAL', "const page = fetch('https://example.com');"),
      statement('setTimeout is not available', 'RES_GLOBAL', 'setTimeout(total, 10);'),
      value('process.env is not available', 'RES_GLOBAL', 'process.env.TABLE'),
      value('Buffer is not available', 'RES_GLOBAL', "Buffer.from('a')"),
      value('RegExp is not available', 'RES_GLOBAL', "RegExp('a')"),
      value('Symbol is not available', 'RES_GLOBAL', "Symbol('a')"),
      value('Intl is not available', 'RES_GLOBAL', 'Intl.NumberFormat'),
      value('globalThis is not available', 'RES_GLOBAL', 'globalThis.name'),
      statement('require is not available', 'RES_GLOBAL', "const lodash = require('lodash');"),
      statement('eval is not available', 'RES_GLOBAL', "eval('1');"),
      value('a name that nothing declares', 'RES_GLOBAL', 'naems[0]'),
      value('a member that extensions does not have', 'RES_HELPER', 'extensions.setFilter'),
      value('Object.freeze is not available', 'RES_METHOD', 'Object.freeze(names)'),
      value('Object.defineProperty is not available', 'RES_METHOD', "Object.defineProperty({}, 'a', {})"),
      value('hasOwnProperty is not available', 'RES_METHOD', "ctx.args.hasOwnProperty('id')"),
      value('padStart is not available', 'RES_METHOD', "`${id}`.padStart(8, '0')"),
      value('String.fromCharCode is not available', 'RES_METHOD', 'String.fromCharCode(65)'),
      value('localeCompare is not available', 'RES_METHOD', "'a'.localeCompare(id)"),
      value('Array.from is not available', 'RES_METHOD', 'Array.from(names)'),
      value('copyWithin is not available', 'RES_METHOD', 'names.copyWithin(0, 1)'),
      value('bind, call and apply are not available', 'RES_METHOD', 'total.call(undefined, [])'),
      statement('ctx is assigned', 'RES_CONTEXT_WRITE', 'ctx = {};'),
      { name: 'ctx.args is replaced', code: 'RES_CONTEXT_WRITE', change: ['ctx.stash.id = id;', 'ctx.args = { id };'] },
      { name: 'a member is added to ctx', code: 'RES_CONTEXT_WRITE', change: ['ctx.stash.id = id;', 'ctx.id = id;'] },
      { name: 'ctx.stash is deleted', code: 'RES_CONTEXT_WRITE', change: ['ctx.stash.id = id;', 'delete ctx.stash;'] },
      { name: 'a package is imported at run time', code: 'RES_IMPORT', change: ["import { util } from '@aws-appsync/utils';", "import { util } from '@aws-appsync/utils';\nimport { ulid } from 'ulid';"] },
      { name: 'a module of AppSync that does not exist', code: 'RES_IMPORT', change: ["import { util } from '@aws-appsync/utils';", "import { util } from '@aws-appsync/utils';\nimport * as s3 from '@aws-appsync/utils/s3';"] },
      { name: 'a Node.js module', code: 'RES_IMPORT', change: ["import { util } from '@aws-appsync/utils';", "import { util } from '@aws-appsync/utils';\nimport { createHash } from 'node:crypto';"] },
      { name: 'a dynamic import', code: 'RES_IMPORT', change: ['  ctx.stash.id = id;', "  ctx.stash.id = import('@aws-appsync/utils');"] },
      { name: 'response is not exported', code: 'RES_EXPORT', change: ['export function response', 'function response'], line: 'import { util }' },
      { name: 'request is not exported', code: 'RES_EXPORT', change: ['export function request', 'function request'], line: 'import { util }' },
      { name: 'request has another name', code: 'RES_EXPORT', change: ['export function request', 'export function handler'], line: 'import { util }' },
      { name: 'the code does not parse: a parenthesis is missing', code: 'RES_SYNTAX', change: ['if (ctx.error)', 'if (ctx.error'] },
      { name: 'the code does not parse: TypeScript was not compiled', code: 'RES_SYNTAX', change: ['let sum = 0', 'let sum: number = 0'] },
      { name: 'strict mode: a variable is assigned by with', code: 'RES_SYNTAX', change: ['  ctx.stash.id = id;', '  with (ctx) { stash.id = id; }'] },
      { name: 'strict mode: an octal number', code: 'RES_SYNTAX', change: ['let sum = 0', 'let sum = 010'] },
      { name: 'a name is declared twice', code: 'RES_SYNTAX', change: ['ctx.stash.id = id;', 'const id = 1;'] },
      { name: 'util.autoid: names are case sensitive', code: 'RES_HELPER', change: ['name: names[0]', 'name: util.autoid()'] },
      value('util.qr exists in templates only', 'RES_HELPER', 'util.qr(1)'),
      value('util.time.now does not exist', 'RES_HELPER', 'util.time.now()'),
      value('util.dynamodb.toMapValue does not exist', 'RES_HELPER', 'util.dynamodb.toMapValue({})'),
      { name: 'an import that @aws-appsync/utils does not export', code: 'RES_HELPER', change: ['{ util }', '{ util, utils }'] },
      { name: 'a function that the DynamoDB module does not export', code: 'RES_HELPER', change: ["import { util } from '@aws-appsync/utils';", "import { util } from '@aws-appsync/utils';\nimport { getItem } from '@aws-appsync/utils/dynamodb';"] },
      statement('util.error without a message', 'RES_HELPER_ARITY', 'util.error();'),
      value('util.base64Encode without a text', 'RES_HELPER_ARITY', 'util.base64Encode()'),
      { name: 'util.autoId with an argument', code: 'RES_HELPER_ARITY', severity: 'warning', change: ['name: names[0]', "name: util.autoId('order')"] },
      { name: 'util.base64Encode of a number', code: 'RES_HELPER_ARGUMENT', severity: 'warning', change: ['name: names[0]', 'name: util.base64Encode(5)'] },
      value('util.base64Encode of a list', 'RES_HELPER_ARGUMENT', 'util.base64Encode([id])'),
      statement('util.error with an object as message', 'RES_HELPER_ARGUMENT', "util.error({ message: 'bad' });"),
      { name: 'code of more than 32,768 characters', code: 'RES_SIZE', change: ['function total', comment(32_769)], line: 'import { util }', fixed: { change: ['function total', comment(32_768)] } },
    ],
  },
];

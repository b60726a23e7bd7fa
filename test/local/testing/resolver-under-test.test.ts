import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandlerError, lambdaAuthorizer, resolver, userPool } from '../../../lib/local';

const folder = mkdtempSync(join(tmpdir(), 'resolvers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const updateInventory = 'resolvers/ecommerce/Mutation.updateInventory.ts';

describe('a resolver of the sample', () => {
  const admin = userPool({ username: 'ada', groups: ['admins'] });

  test('sends its request', async () => {
    const { request } = resolver(updateInventory, { now: () => Date.parse('2030-01-02T03:04:05Z') });

    expect(await request({ args: { productId: 'p-1', quantity: 5 }, identity: admin })).toMatchObject({
      operation: 'UpdateItem',
      key: { id: { S: 'p-1' } },
      update: { expressionValues: { ':expValue_1': { N: 5 }, ':expValue_2': { S: '2030-01-02T03:04:05.000Z' } } },
    });
  });

  test('makes its answer of what the data source gave, or fails', async () => {
    const { response } = resolver(updateInventory);

    expect(await response({ args: { productId: 'p-1' }, result: { id: 'p-1', inventory: 5 } })).toEqual({ id: 'p-1', inventory: 5 });
    const failure = response({ args: { productId: 'p-1' }, error: { type: 'DynamoDB:ConditionalCheckFailedException', message: 'The conditional request failed' } });
    await expect(failure).rejects.toBeInstanceOf(HandlerError);
    await expect(failure).rejects.toMatchObject({ message: 'there is no product "p-1"', errorType: 'NotFound' });
  });
});

test('every effect of a handler can be looked at', async () => {
  const code = file('effects.ts', `
import { type Context, extensions, util } from '@aws-appsync/utils';
export function request(ctx: Context) {
  ctx.stash.seen = ctx.identity;
  util.appendError('careful', 'Warning', { id: 1 });
  util.http.addResponseHeader('x-a', '1');
  console.log(ctx.env.STAGE, ctx.info.fieldName, ctx.request.headers['x-b']);
  runtimeEnd(ctx);
}
function runtimeEnd(ctx: Context) {
  util.error('no', 'Refused', { id: 2 }, { more: true });
}
export function response(ctx: Context) {
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ id: { eq: ctx.prev.result.id } }));
  return { source: ctx.source, stash: ctx.stash };
}`);
  const { evaluate } = resolver(code);

  expect(await evaluate('request', { identity: lambdaAuthorizer({ resolverContext: { a: 1 } }), env: { STAGE: 'test' }, info: { fieldName: 'f' }, request: { headers: { 'x-b': 'b' } } })).toEqual({
    isEarlyReturn: false,
    error: { message: 'no', errorType: 'Refused', data: { id: 2 }, errorInfo: { more: true } },
    appendedErrors: [{ message: 'careful', errorType: 'Warning', data: { id: 1 }, errorInfo: null }],
    stash: { seen: { resolverContext: { a: 1 } } },
    logs: [expect.stringMatching(/^INFO - code\.js:\d+:3: "test" "f" "b"$/)],
    responseHeaders: { 'x-a': '1' },
    invalidations: [],
    evictions: [],
  });
  expect(await evaluate('response', { prev: { result: { id: 7 } }, source: { s: 1 }, stash: { t: 2 } })).toMatchObject({
    value: { source: { s: 1 }, stash: { t: 2 } },
    subscriptionFilter: { filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: 7 }] }] },
  });
});

test('an early return is a value that says so', async () => {
  const { evaluate, request } = resolver(file('early.js', `
import { runtime } from '@aws-appsync/utils';
export const request = () => runtime.earlyReturn({ cached: true });
export const response = (ctx) => ctx.result;`));

  expect(await request()).toEqual({ cached: true });
  expect(await evaluate('request')).toMatchObject({ value: { cached: true }, isEarlyReturn: true });
  expect(await evaluate('response')).toMatchObject({ value: null, isEarlyReturn: false });
});

test('a mapping template is rendered', async () => {
  const { request } = resolver(file('Query.note.request.vtl', '{ "version": "2018-05-29", "operation": "GetItem", "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) } }'));

  expect(await request({ args: { id: 'n-1' } })).toEqual({ version: '2018-05-29', operation: 'GetItem', key: { id: { S: 'n-1' } } });
  expect(await resolver(file('response.vtl', '$util.toJson($ctx.result)')).response({ result: [1] })).toEqual([1]);
});

describe('a file that cannot be run is refused:', () => {
  const problem = (path: string) => resolver(path).request().then(String, (error: Error) => error.message.replaceAll(folder, 'FOLDER').replaceAll(process.cwd(), 'PROJECT'));

  test('a missing file, and a folder', async () => {
    expect(await problem('resolvers/ecommerce/Mutation.updateInventroy.ts')).toBe(
      'error RUN_TEST_RESOLVER: there is no resolver file "PROJECT/resolvers/ecommerce/Mutation.updateInventroy.ts"\nfix: did you mean "Mutation.updateInventory.ts", "Mutation.updateOrderStatus.ts" or "Mutation.updateProduct"?',
    );
    expect(await problem('nowhere/x.ts')).toBe('error RUN_TEST_RESOLVER: there is no resolver file "PROJECT/nowhere/x.ts"\nfix: correct the path; it is relative to PROJECT');
    expect(await problem('resolvers/ecommerce/Mutation.createOrder')).toMatch(/^error RUN_TEST_RESOLVER: "PROJECT\/resolvers\/ecommerce\/Mutation.createOrder" is a folder\nfix: name one of its files, such as ".*\/1-priceItems.ts"$/);
  });

  test('code that AppSync would refuse, at its place in the source', async () => {
    const path = file('try.ts', 'export function request() {\n  try {\n    return {};\n  } catch {\n    return null;\n  }\n}\nexport const response = () => null;\n');

    expect(await problem(path)).toMatch(/try\.ts:2:3 - error RES_TRY: /);
  });

  test('code that does not compile', async () => {
    expect(await problem(file('broken.ts', 'export function request( {'))).toMatch(/broken\.ts:1:\d+ - error RES_BUNDLE: /);
  });
});

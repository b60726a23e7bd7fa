/** Mapping templates and direct Lambda resolvers in requests, over real tables and stubbed sources. */
import { createDataSource, type DataSource, openTableStore, type TableStore } from '../../lib/local/data-sources';
import { createEvaluator } from '../../lib/local/evaluator';
import { createExecutor } from '../../lib/local/executor';
import type { FunctionModel, HandlerModel, ResolverModel } from '../../lib/model';
import { loadSchema } from '../../lib/sdl';
import { apiKeyCaller, apiModel, resource } from './executor-fixture';

const sdl = `
  type Product { id: ID! name: String price: Float }
  type OrderItem { productId: String quantity: Int }
  type Order { id: ID! userId: String products: [OrderItem] status: String createdAt: AWSDateTime note: String }
  input OrderItemInput { productId: String quantity: Int }
  input OrderInput { userId: String! products: [OrderItemInput] }
  type Query { getProduct(id: ID!): Product text(v: String): String }
  type Mutation { createOrder(input: OrderInput!): Order }
  schema { query: Query mutation: Mutation }
`;
const now = Date.parse('2026-01-02T03:04:05.678Z');

const template = (text: string) => ({ path: 'template.vtl', text });
const vtl = (request?: string, response?: string): HandlerModel => ({
  kind: 'VTL',
  ...(request !== undefined && { request: template(request) }),
  ...(response !== undefined && { response: template(response) }),
});
const js = (request: string, response = 'return ctx.result;'): HandlerModel => ({
  kind: 'APPSYNC_JS',
  code: { path: 'code.js', text: `export function request(ctx) { ${request} }\nexport function response(ctx) { ${response} }` },
});

interface Setup {
  readonly resolvers: Readonly<Record<string, HandlerModel | { readonly own: HandlerModel; readonly functions: readonly HandlerModel[] }>>;
  /** What resolvers and functions use; by default it hands the payload through. */
  readonly source?: DataSource;
}

const payload: DataSource = { invoke: async (request) => ({ result: (request as { payload?: unknown }).payload ?? null }) };
const failing: DataSource = { invoke: async () => ({ result: { id: '1', name: 'Tea', secret: 's' }, error: { type: 'DynamoDB:X', message: 'bad' } }) };

function api({ resolvers, source = payload }: Setup) {
  const functions: FunctionModel[] = [];
  const models = Object.entries(resolvers).map(([coordinate, code]): ResolverModel => {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    if (!('functions' in code)) return { typeName, fieldName, kind: 'UNIT', dataSourceName: 'source', functionIds: [], handler: code, resource };
    const functionIds = code.functions.map((handler, i) => {
      functions.push({ functionId: `f${i}`, name: `f${i}`, dataSourceName: 'source', handler, resource });
      return `f${i}`;
    });
    return { typeName, fieldName, kind: 'PIPELINE', functionIds, handler: code.own, resource };
  });
  const { value: schema } = loadSchema([{ path: 'schema.graphql', text: sdl }]);
  if (!schema) throw new Error('the schema of the test is broken');
  const log: string[] = [];
  const executor = createExecutor({
    api: apiModel({ functions, resolvers: models, environment: { STAGE: 'test' } }),
    schema,
    evaluator: createEvaluator({ now: () => now }),
    dataSources: new Map([['source', source]]),
    onMutation: () => undefined,
    onInvalidate: () => undefined,
    log: (line) => log.push(line),
  });
  const run = async (query: string, variables?: Record<string, unknown>) =>
    (await executor.execute({ query, variables }, { caller: apiKeyCaller, headers: { host: 'example.com' }, requestId: 'r-1' })).body as { data: unknown; errors?: unknown[] };
  return { run, log };
}

/** Keeps what it is asked. */
function recording(answer: (request: unknown) => unknown = () => null): { readonly source: DataSource; readonly requests: unknown[] } {
  const requests: unknown[] = [];
  return { requests, source: { invoke: async (request) => (requests.push(request), { result: answer(request) }) } };
}

describe('the templates of the requirements', () => {
  let tables: TableStore;
  beforeEach(async () => {
    tables = await openTableStore({ now: () => now });
    const table = { partitionKey: { name: 'id', type: 'S' }, globalIndexes: [], localIndexes: [], resource } as const;
    await tables.ensureTables([{ tableName: 'shop', ...table }]);
  });
  afterEach(() => tables.close());

  const tableSource = (): DataSource => createDataSource({ name: 'source', type: 'AMAZON_DYNAMODB', tableName: 'shop', region: 'eu-west-1', versioned: false, resource }, { tables });
  const getProduct = vtl(
    `
                {
                    "version": "2018-05-29",
                    "operation": "GetItem",
                    "key": {
                        "id": $util.dynamodb.toDynamoDBJson($ctx.args.id)
                    }
                }
                `,
    '$util.toJson($ctx.result)',
  );
  const createOrder = vtl(
    `
                {
                    "version": "2018-05-29",
                    "operation": "PutItem",
                    "key": {
                        "id": $util.dynamodb.toDynamoDBJson($util.autoId())
                    },
                    "attributeValues": {
                        "userId": $util.dynamodb.toDynamoDBJson($ctx.args.input.userId),
                        "products": $util.dynamodb.toDynamoDBJson($ctx.args.input.products),
                        "status": $util.dynamodb.toDynamoDBJson("PENDING"),
                        "createdAt": $util.dynamodb.toDynamoDBJson($util.time.nowISO8601())
                    }
                }
                `,
    '$util.toJson($ctx.result)',
  );

  test('getProduct reads an item, and null where there is none', async () => {
    const { run } = api({ resolvers: { 'Query.getProduct': getProduct }, source: tableSource() });
    await tables.call('PutItem', { TableName: 'shop', Item: { id: { S: 'p1' }, name: { S: 'Tea' }, price: { N: '3.5' } } });

    expect(await run('{ getProduct(id: "p1") { id name price } missing: getProduct(id: "p2") { id } }')).toEqual({
      data: { getProduct: { id: 'p1', name: 'Tea', price: 3.5 }, missing: null },
    });
  });

  test('createOrder writes an item and answers with it', async () => {
    const { run } = api({ resolvers: { 'Mutation.createOrder': createOrder }, source: tableSource() });

    const { data, errors } = await run('mutation ($i: OrderInput!) { createOrder(input: $i) { id userId products { productId quantity } status createdAt } }', {
      i: { userId: 'alice', products: [{ productId: 'p1', quantity: 2 }] },
    });

    const order = { userId: 'alice', products: [{ productId: 'p1', quantity: 2 }], status: 'PENDING', createdAt: '2026-01-02T03:04:05.678Z' };
    expect([errors, data]).toEqual([undefined, { createOrder: { id: expect.stringMatching(/^[\da-f-]{36}$/) as string, ...order } }]);
    const { id } = (data as { createOrder: { id: string } }).createOrder;
    const { Item } = await tables.call('GetItem', { TableName: 'shop', Key: { id: { S: id } } });
    expect(Item).toMatchObject({ userId: { S: 'alice' }, products: { L: [{ M: { productId: { S: 'p1' }, quantity: { N: '2' } } }] } });
  });

  test('an update as Amplify generates it writes the members that were given', async () => {
    const update = vtl(
      `#set( $key = {"id": $util.dynamodb.toDynamoDB($ctx.args.id)} )
#set( $names = {} )
#set( $values = {} )
#set( $set = {} )
#foreach( $entry in $util.map.copyAndRemoveAllKeys({"id": $ctx.args.id, "name": "Mate", "price": 2.5}, ["id"]).entrySet() )
  $util.qr($set.put("#$entry.key", ":$entry.key"))
  $util.qr($names.put("#$entry.key", "$entry.key"))
  $util.qr($values.put(":$entry.key", $util.dynamodb.toDynamoDB($entry.value)))
#end
#set( $expression = "SET" )
#foreach( $entry in $set.entrySet() )
  #set( $expression = "$expression $entry.key = $entry.value" )
  #if( $foreach.hasNext() )
    #set( $expression = "$expression," )
  #end
#end
#set( $update = {} )
$util.qr($update.put("expression", "$expression"))
#if( !$names.isEmpty() )
  $util.qr($update.put("expressionNames", $names))
#end
#if( !$values.isEmpty() )
  $util.qr($update.put("expressionValues", $values))
#end
#set( $UpdateItem = {
  "version": "2018-05-29",
  "operation": "UpdateItem",
  "key": $key,
  "update": $update
} )
$util.toJson($UpdateItem)`,
      '#if( $ctx.error )\n$util.error($ctx.error.message, $ctx.error.type)\n#else\n$util.toJson($ctx.result)\n#end',
    );
    const { run } = api({ resolvers: { 'Query.getProduct': update }, source: tableSource() });

    expect(await run('{ getProduct(id: "p9") { id name price } }')).toEqual({ data: { getProduct: { id: 'p9', name: 'Mate', price: 2.5 } } });
  });
});

describe('a unit resolver of templates', () => {
  const request = (version: string, more = '"payload": null') => `{"version": "${version}", ${more}}`;

  test('runs its response template for a null of the data source, when the version is 2018-05-29', async () => {
    const { run } = api({ resolvers: { 'Query.text': vtl(request('2018-05-29'), '"ran: $util.isNull($ctx.result)"') } });

    expect(await run('{ text }')).toEqual({ data: { text: 'ran: true' } });
  });

  test('does not run its response template for a null of the data source, when the version is 2017-02-28', async () => {
    const { run } = api({ resolvers: { 'Query.text': vtl(request('2017-02-28'), '$util.error("ran")') } });

    expect(await run('{ text }')).toEqual({ data: { text: null } });
  });

  test('may let an error of the data source pass, when the version is 2018-05-29', async () => {
    const { run, log } = api({ resolvers: { 'Query.getProduct': vtl(request('2018-05-29'), '{"id": "$ctx.error.type"}') }, source: failing });

    expect(await run('{ getProduct(id: 1) { id } }')).toEqual({ data: { getProduct: { id: 'DynamoDB:X' } } });
    expect(log).toEqual(['Query.getProduct: data source error DynamoDB:X: bad']);
  });

  test('ends with the error of the data source and the template as its data, when the version is 2017-02-28', async () => {
    const { run } = api({ resolvers: { 'Query.getProduct': vtl(request('2017-02-28'), '$util.toJson($ctx.result)') }, source: failing });

    expect(await run('{ getProduct(id: 1) { id title: name } }')).toEqual({
      data: { getProduct: null },
      errors: [
        {
          path: ['getProduct'],
          data: { id: '1', title: 'Tea' },
          errorType: 'DynamoDB:X',
          errorInfo: null,
          locations: [{ line: 1, column: 3, sourceName: null }],
          message: 'bad',
        },
      ],
    });
  });

  test.each([
    ['no version', '{"payload": 1}', "Value for field '$[version]' not found."],
    ['an unknown version', request('2016-01-01'), "Unsupported template version '2016-01-01'."],
    ['an operation that is newer than its version', request('2017-02-28', '"operation": "BatchGetItem"'), "Unsupported operation 'BatchGetItem' for template version '2017-02-28'."],
    ['no JSON', 'nope', 'Unable to convert nope to class java.lang.Object.'],
    ['a mistake in its syntax', '{}\n#if(', 'Template is not valid: expected a value, got the end [line 2, column 5]'],
  ])('with %s fails without asking the data source', async (_, text, message) => {
    const { source, requests } = recording();
    const { run } = api({ resolvers: { 'Query.text': vtl(text, '"never"') }, source });

    expect(await run('{ text }')).toMatchObject({ data: { text: null }, errors: [{ errorType: 'MappingTemplate', message, data: null }] });
    expect(requests).toEqual([]);
  });

  test('returns early with #return, without data source and response template', async () => {
    const { source, requests } = recording();
    const { run } = api({ resolvers: { 'Query.text': vtl('#return("early") never', '"never"') }, source });

    expect(await run('{ text }')).toEqual({ data: { text: 'early' } });
    expect(requests).toEqual([]);
  });

  test('limits the data of its errors to the selection, keeps the info whole, and goes on after appendError', async () => {
    const response = '$util.appendError("careful", "Warn", $ctx.result, {"a": 1})$util.toJson($ctx.result)';
    const { run } = api({ resolvers: { 'Query.getProduct': vtl(request('2018-05-29', '"payload": {"id": "1", "name": "Tea"}'), response) } });

    expect(await run('{ getProduct(id: 1) { name } }')).toMatchObject({
      data: { getProduct: { name: 'Tea' } },
      errors: [{ message: 'careful', errorType: 'Warn', data: { name: 'Tea' }, errorInfo: { a: 1 } }],
    });
  });

  test('is over with a runaway template, and the next request is fine', async () => {
    const forever = '#foreach($a in [1..1000])#foreach($b in [1..1000])#set($n = $b)#end#end{}';
    const { run } = api({ resolvers: { 'Query.text': vtl('#if($ctx.args.v == "loop")' + forever + '#end{"version": "2018-05-29", "payload": "fine"}', '$util.toJson($ctx.result)') } });

    expect(await run('{ text(v: "loop") }')).toMatchObject({ data: { text: null }, errors: [{ errorType: 'MappingTemplate', message: 'The template runs too many iterations.' }] });
    expect(await run('{ text(v: "x") }')).toEqual({ data: { text: 'fine' } });
  });
});

describe('a pipeline of templates', () => {
  const step = (text: string) => vtl(`{"version": "2018-05-29", "payload": ${text}}`, '$util.toJson($ctx.result)');
  const after = '$util.toJson($ctx.result)';

  test('carries stash, arguments, previous results and appended errors, from templates to code and back', async () => {
    const before = '$util.qr($ctx.stash.put("n", [1]))$util.qr($ctx.args.put("v", "changed"))$util.appendError("one"){"first": true}';
    const functions = [
      vtl('$util.qr($ctx.stash.n.add(2)){"version": "2018-05-29", "payload": $util.toJson($ctx.prev.result)}', '$util.qr($ctx.result.put("f0", true))$util.toJson($ctx.result)'),
      js('ctx.stash.n.push(3); util.appendError("two"); return { payload: { ...ctx.prev.result, v: ctx.args.v, seen: ctx.outErrors.length } };'),
      step('$util.toJson({"prev": $ctx.prev.result, "n": $ctx.stash.n, "errors": $ctx.outErrors.size(), "env": $ctx.env.STAGE})'),
    ];
    const { run } = api({ resolvers: { 'Query.text': { own: vtl(before, '$util.toJson($util.toJson($ctx.prev.result))'), functions } } });

    const { data, errors } = await run('{ text(v: "given") }');

    const prev = { first: true, f0: true, v: 'changed', seen: 2 };
    expect(JSON.parse((data as { text: string }).text)).toEqual({ prev, n: [1, 2, 3], errors: 2, env: 'test' });
    expect(errors).toMatchObject([{ message: 'one' }, { message: 'two' }]);
  });

  test('goes on after #return of a function, with what it returned', async () => {
    const functions = [vtl('#return({"a": 1})', '"never"'), vtl('{"version": "2018-05-29", "payload": $util.toJson($ctx.prev.result)}', '#return("$ctx.result.a!")')];
    const { run } = api({ resolvers: { 'Query.text': { own: vtl('{}', after), functions } } });

    expect(await run('{ text }')).toEqual({ data: { text: '1!' } });
  });

  test('is over with #return of its before template', async () => {
    const { source, requests } = recording();
    const { run } = api({ resolvers: { 'Query.text': { own: vtl('#return("early")', '"never"'), functions: [step('1')] } }, source });

    expect(await run('{ text }')).toEqual({ data: { text: 'early' } });
    expect(requests).toEqual([]);
  });

  test('ignores the version of a function', async () => {
    const { run } = api({ resolvers: { 'Query.text': { own: vtl('{}', after), functions: [vtl('{"version": "2017-02-28", "payload": null}', '"ran"')] } } });

    expect(await run('{ text }')).toEqual({ data: { text: 'ran' } });
  });

  test('passes values on where it has no templates of its own', async () => {
    const { run } = api({ resolvers: { 'Query.text': { own: { kind: 'DIRECT' }, functions: [step('$util.toJson($util.toJson($ctx.prev.result))')] } } });

    expect(await run('{ text }')).toEqual({ data: { text: '{}' } });
  });
});

describe('a direct Lambda resolver', () => {
  const direct: HandlerModel = { kind: 'DIRECT' };

  test('sends the whole context and passes the answer through', async () => {
    const { source, requests } = recording(() => ({ id: 'p1', name: 'Tea' }));
    const { run } = api({ resolvers: { 'Query.getProduct': direct }, source });

    expect(await run('query ($id: ID!) { getProduct(id: $id) { title: name } }', { id: 'p1' })).toEqual({ data: { getProduct: { title: 'Tea' } } });
    expect(requests).toEqual([
      {
        version: '2018-05-29',
        operation: 'Invoke',
        payload: {
          arguments: { id: 'p1' },
          identity: null,
          source: null,
          request: { headers: { host: 'example.com' }, domainName: null },
          prev: null,
          info: { selectionSetList: ['title'], selectionSetGraphQL: '{\n  title: name\n}', parentTypeName: 'Query', fieldName: 'getProduct', variables: { id: 'p1' } },
          stash: {},
        },
      },
    ]);
  });

  test('ends with the error of the function, its result as data', async () => {
    const { run } = api({ resolvers: { 'Query.getProduct': direct }, source: failing });

    expect(await run('{ getProduct(id: 1) { name } }')).toMatchObject({ data: { getProduct: null }, errors: [{ message: 'bad', errorType: 'DynamoDB:X', data: { name: 'Tea' } }] });
  });

  test('is a step of a pipeline too, with what earlier steps left', async () => {
    const { source, requests } = recording(() => 'done');
    const { run } = api({ resolvers: { 'Query.text': { own: vtl('$util.qr($ctx.stash.put("k", 1))$util.qr($ctx.args.put("v", 2)){"b": 1}', '$util.toJson($ctx.result)'), functions: [direct] } }, source });

    expect(await run('{ text(v: "x") }')).toEqual({ data: { text: 'done' } });
    expect(requests).toMatchObject([{ payload: { arguments: { v: 2 }, prev: { result: { b: 1 } }, stash: { k: 1 } } }]);
  });

  test('may have a template of one side only', async () => {
    const { source, requests } = recording((request) => (request as { operation: string }).operation);
    const { run } = api({ resolvers: { 'Query.text': vtl('{"version": "2018-05-29", "operation": "Invoke", "payload": 1}'), 'Query.getProduct': vtl(undefined, '{"id": "$ctx.result"}') }, source });

    expect(await run('{ text getProduct(id: 1) { id } }')).toEqual({ data: { text: 'Invoke', getProduct: { id: 'Invoke' } } });
    expect(requests).toMatchObject([{ payload: 1 }, { payload: { arguments: { id: '1' } } }]);
  });
});

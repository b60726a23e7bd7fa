import { checkApi } from '../../../lib/checks';
import type { Diagnostic } from '../../../lib/diagnostics';
import type { ApiModel } from '../../../lib/model';
import { apiModel, pipelineFunction, ref, resolver } from '../fixtures';

const schema = (text: string) => [{ path: '/app/schema.graphql', text }];
const day = 24 * 60 * 60;
const now = Date.UTC(2026, 0, 1) / 1000;

/** What a finding says of its kind, subject and place. */
function found(changes: Partial<ApiModel>): object[] {
  return checkApi(apiModel(changes), { nowMs: now * 1000 }).map(({ code, message, fix, resource, location }: Diagnostic) => ({
    code,
    message,
    fix,
    ...(location ? { at: `${location.line}:${location.column}` } : {}),
    resource: resource?.logicalId,
  }));
}

it('finds nothing in an API that is in order', () => {
  expect(found({})).toEqual([]);
});

describe('resolver-answers-existing-field', () => {
  const code = 'API_RESOLVER_FIELD';
  const text = 'type Query { ping: String product: Product }\ntype Product { price: Int }\ninterface Node { id: ID }\ntype Constructor { a: Int }';
  const answered = [resolver('Query.ping'), resolver('Query.product')];

  it('accepts resolvers of fields of any object type', () => {
    expect(found({ schema: schema(text), resolvers: [...answered, resolver('Product.price')] })).toEqual([]);
  });

  it('tells an unknown field from an unknown type', () => {
    const resolvers = [...answered, resolver('Query.prodct'), resolver('Prodct.price'), resolver('Product.warehouse'), resolver('Basket.items')];

    expect(found({ schema: schema(text), resolvers })).toEqual([
      { code, message: 'resolver of Query.prodct is attached to field "prodct", which "Query" does not have', fix: 'did you mean "product"?', resource: 'QueryprodctResolver' },
      { code, message: 'resolver of Prodct.price is attached to type "Prodct", which the schema does not have', fix: 'did you mean "Product"?', resource: 'ProdctpriceResolver' },
      { code, message: 'resolver of Product.warehouse is attached to field "warehouse", which "Product" does not have', fix: 'add "warehouse" to "Product" in the schema, or remove the resolver', resource: 'ProductwarehouseResolver' },
      { code, message: 'resolver of Basket.items is attached to type "Basket", which the schema does not have', fix: 'define "Basket" in the schema, or remove the resolver', resource: 'BasketitemsResolver' },
    ]);
  });

  it('shows where the type is declared', () => {
    const [finding] = checkApi(apiModel({ schema: schema(text), resolvers: [...answered, resolver('Product.warehouse')] }));

    expect(finding?.notes).toMatchObject([{ message: '"Product" is declared here', location: { file: '/app/schema.graphql', line: 2, column: 6 } }]);
  });

  it('reports resolvers of interfaces, and of names that every JavaScript object has', () => {
    expect(found({ schema: schema(text), resolvers: [...answered, resolver('Node.id'), resolver('Constructor.constructor')] })).toEqual([
      { code, message: 'resolver of Node.id is attached to "Node", which is not an object type', fix: 'attach the resolver to a field of an object type', resource: 'NodeidResolver' },
      { code, message: 'resolver of Constructor.constructor is attached to field "constructor", which "Constructor" does not have', fix: 'add "constructor" to "Constructor" in the schema, or remove the resolver', resource: 'ConstructorconstructorResolver' },
    ]);
  });
});

describe('field-has-one-resolver', () => {
  it('accepts one field name on two types', () => {
    expect(found({ schema: schema('type Query { ping: String }\ntype Foo { ping: String }'), resolvers: [resolver('Query.ping'), resolver('Foo.ping')] })).toEqual([]);
  });

  it('reports each further resolver of a field', () => {
    expect(found({ resolvers: [resolver('Query.ping'), resolver('Query.ping', { resource: ref('Second') })] })).toEqual([
      { code: 'API_RESOLVER_DUPLICATE', message: 'Query.ping has two resolvers, "QuerypingResolver" and "Second"', fix: 'remove one of the resolvers of Query.ping', resource: 'Second' },
    ]);
  });

  it('does its work without a schema', () => {
    expect(found({ schema: [], resolvers: [resolver('Query.ping'), resolver('Query.ping', { resource: ref('Second') })] })).toHaveLength(1);
  });
});

describe('root-field-has-resolver', () => {
  const code = 'API_FIELD_UNANSWERED';

  it('asks no resolver of subscription fields and of fields below the root', () => {
    expect(found({ schema: schema('type Query { ping: Pong }\ntype Pong { at: Int }\ntype Mutation { go: Int }\ntype Subscription { on: Int @aws_subscribe(mutations: ["go"]) }'), resolvers: [resolver('Query.ping'), resolver('Mutation.go')] })).toEqual([]);
  });

  it('reports query and mutation fields at their place in the SDL', () => {
    expect(found({ schema: schema('type Query {\n  ping: Int\n  pong: Int\n}\ntype Mutation { hit: Int }') })).toEqual([
      { code, message: 'Query.pong has no resolver, so it always answers null', fix: 'add a resolver with "TypeName" "Query" and "FieldName" "pong"', at: '3:3', resource: 'ApiSchema' },
      { code, message: 'Mutation.hit has no resolver, so it always answers null', fix: 'add a resolver with "TypeName" "Mutation" and "FieldName" "hit"', at: '5:17', resource: 'ApiSchema' },
    ]);
  });

  it('names the file to write where the resolvers have a folder', () => {
    expect(found({ schema: schema('type Query { pong: Int }'), schemaIsMerged: true, resolvers: [] })).toMatchObject([{ fix: 'write Query.pong.ts in the resolvers folder and attach it to a data source' }]);
  });

  it('warns of null, and refuses it where the field must not be null', () => {
    expect(checkApi(apiModel({ schema: schema('type Query {\n  ping: Int\n  pong: [Int!]!\n}'), resolvers: [] }))).toMatchObject([
      { code, severity: 'warning', message: 'Query.ping has no resolver, so it always answers null' },
      { code, severity: 'error', message: 'Query.pong has no resolver, so it always fails: it answers null, which "[Int!]!" does not allow' },
    ]);
  });

  it('holds nothing against fields whose resolver could not be read, or may be any', () => {
    const text = 'type Query {\n  ping: Int\n  pong: Int\n}';

    expect(found({ schema: schema(text), unread: [{ kind: 'RESOLVER', identity: 'Query.pong' }] })).toEqual([]);
    expect(found({ schema: schema(text), unread: [{ kind: 'RESOLVER' }] })).toEqual([]);
    expect(found({ schema: schema(text), unread: [{ kind: 'RESOLVER', identity: 'Query.pang' }, { kind: 'FUNCTION' }] })).toMatchObject([{ code }]);
    expect(checkApi(apiModel({ schema: schema(text), resolvers: [resolver('Query.stand-in')] }), { standIns: ['stand-in'] })).not.toContainEqual(expect.objectContaining({ code }));
  });

  it('knows root types by their role, not their name', () => {
    const text = 'schema { query: Reads }\ntype Reads { ping: Int }\ntype Mutation { hit: Int }';

    expect(found({ schema: schema(text), resolvers: [] })).toMatchObject([{ code, message: 'Reads.ping has no resolver, so it always answers null', at: '2:14' }]);
  });
});

describe('auth-directive-mode-is-configured', () => {
  const code = 'API_AUTH_MODE';
  const userPool = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'us-east-1_abc', region: 'us-east-1', defaultAction: 'ALLOW' } as const;
  const text = 'type Query @aws_api_key {\n  ping: String @aws_cognito_user_pools(cognito_groups: ["a"]) @aws_iam\n}';

  it('accepts directives of the default and of additional modes', () => {
    expect(found({ schema: schema(text), authorization: [userPool, { type: 'API_KEY' }, { type: 'AWS_IAM' }] })).toEqual([]);
  });

  it('reports each directive of another mode at the directive', () => {
    expect(found({ schema: schema(text), authorization: [{ type: 'API_KEY' }] })).toEqual([
      {
        code,
        message: '"@aws_cognito_user_pools" on Query.ping needs the authorization mode AMAZON_COGNITO_USER_POOLS, but the API "Shop" has API_KEY',
        fix: "add AMAZON_COGNITO_USER_POOLS to the API's authorization modes, or remove the directive",
        at: '2:16',
        resource: 'ApiSchema',
      },
      { code, message: '"@aws_iam" on Query.ping needs the authorization mode AWS_IAM, but the API "Shop" has API_KEY', fix: "add AWS_IAM to the API's authorization modes, or remove the directive", at: '2:63', resource: 'ApiSchema' },
    ]);
  });

  it('takes @aws_auth as a directive of user pools, and lists every mode the API has', () => {
    const authorization = [{ type: 'API_KEY' }, { type: 'AWS_IAM' }] as const;

    expect(found({ schema: schema('type Query { ping: Int @aws_auth(cognito_groups: ["a"]) }'), authorization })).toMatchObject([
      { message: '"@aws_auth" on Query.ping needs the authorization mode AMAZON_COGNITO_USER_POOLS, but the API "Shop" has API_KEY, AWS_IAM' },
    ]);
  });
});

describe('data-source-exists', () => {
  const code = 'API_DATA_SOURCE';

  it('accepts pipelines, which name no data source', () => {
    const pipeline = resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['read-id'] });

    expect(found({ resolvers: [pipeline], functions: [pipelineFunction('read')] })).toEqual([]);
  });

  it('reports resolvers and functions that name another data source', () => {
    const resolvers = [resolver('Query.ping', { dataSourceName: 'Nothin' })];
    const functions = [pipelineFunction('read', { dataSourceName: 'OrdersTable' })];

    expect(found({ resolvers, functions })).toEqual([
      { code, message: 'resolver of Query.ping names data source "Nothin", which the API "Shop" does not have', fix: 'did you mean "Nothing"?', resource: 'QuerypingResolver' },
      { code, message: 'function "read" names data source "OrdersTable", which the API "Shop" does not have', fix: 'add the data source "OrdersTable" to the API', resource: 'readFunction' },
    ]);
  });
});

describe('pipeline-function-exists', () => {
  it('reports the step whose function is not one of the API', () => {
    const resolvers = [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['read-id', 'write-id'] })];

    expect(found({ resolvers, functions: [pipelineFunction('read')] })).toEqual([
      {
        code: 'API_FUNCTION',
        message: 'step 2 of the pipeline of Query.ping is function "write-id", which the API "Shop" does not have',
        fix: 'use the FunctionId attribute of a function of this API',
        resource: 'QuerypingResolver',
      },
    ]);
  });
});

describe('api-key-expires-within-a-year', () => {
  const code = 'API_KEY_EXPIRES';
  const key = (expires?: number) => ({ key: 'da2-abcdefghijklmnopqrstuvwxyz', resource: ref('Key'), ...(expires === undefined ? {} : { expires }) });

  it('accepts a date within the year, its last second included, and no date at all', () => {
    expect(found({ apiKeys: [key(now + day), key(now + 365 * day), key()] })).toEqual([]);
  });

  it('reports a date that is over', () => {
    expect(found({ apiKeys: [key(now)] })).toEqual([{ code, message: 'API key "Key" expired on 2026-01-01', fix: 'choose a date up to 2027-01-01', resource: 'Key' }]);
  });

  it('reports a date beyond the year, and milliseconds taken for seconds', () => {
    expect(found({ apiKeys: [key(now + 366 * day), key((now + day) * 1000)] })).toEqual([
      { code, message: 'API key "Key" expires on 2027-01-02, more than 365 days from now', fix: 'choose a date up to 2027-01-01', resource: 'Key' },
      { code, message: 'API key "Key" expires on +057973-11-21, more than 365 days from now', fix: 'divide 1767312000000 by 1000: "Expires" counts seconds', resource: 'Key' },
    ]);
  });
});

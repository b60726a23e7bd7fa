/** Search domains as data sources, and the indexes that are kept like tables: the template, the code of the function, and the local API over both. */
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { DynamoTableSource, type EnterpriseGraphqlApi, OpenSearchSource, type OpenSearchSourceProps } from '../../lib';
import { searchIndexerCode } from '../../lib/constructs/search-indexer-code';
import { startLocalApi, userPool } from '../../lib/local';
import { sha256, signatureHeaders } from '../../lib/local/auth';
import { SearchCluster } from '../../lib/local/search';
import { project } from './project';

const files = {
  'schema.graphql': 'type Item {\n  id: ID!\n  name: String\n  price: Float\n}\ntype Query {\n  search(text: String!): [Item!]\n}\ntype Mutation {\n  put(id: ID!, name: String, price: Float): Item\n}\n',
  'resolvers/Query.search.ts': `export function request(ctx) {
  const query = { multi_match: { query: ctx.args.text, fields: ['name'] } };
  return { operation: 'GET', path: '/items/_search', params: { body: { query } } };
}
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.hits.hits.map((hit) => hit._source);
}
`.replace(/^/, "import { util } from '@aws-appsync/utils';\n"),
  'resolvers/Mutation.put.ts': `import { put } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const { id, ...item } = ctx.args;
  return put({ key: { id }, item });
}
export function response(ctx) {
  return ctx.result;
}
`,
};

function stackWith(props: (api: EnterpriseGraphqlApi, items: DynamoTableSource) => OpenSearchSourceProps) {
  const made = project(files);
  const api = made.api();
  const items = new DynamoTableSource(api, 'Items', { partitionKey: 'id' });
  const source = new OpenSearchSource(api, 'Search', props(api, items));
  source.resolve('Query.search');
  items.resolve('Mutation.put');
  return { made, source };
}

const kept = () => stackWith((_, items) => ({ index: { items } }));

describe('the template', () => {
  const template = kept().made.template();
  const statementsOf = (role: string) =>
    Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const at = (suffix: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ApiSearchDomain03AEADAB', 'Arn'] }, suffix]] });

  test('has one small domain, encrypted, logged, and without an access policy', () => {
    template.hasResource('AWS::OpenSearchService::Domain', {
      DeletionPolicy: 'Retain',
      Properties: {
        EngineVersion: 'OpenSearch_2.19',
        ClusterConfig: { InstanceCount: 1, InstanceType: 't3.small.search', DedicatedMasterEnabled: false },
        EncryptionAtRestOptions: { Enabled: true },
        NodeToNodeEncryptionOptions: { Enabled: true },
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
        LogPublishingOptions: { SEARCH_SLOW_LOGS: { Enabled: true }, INDEX_SLOW_LOGS: { Enabled: true }, ES_APPLICATION_LOGS: { Enabled: true } },
      },
    });
    expect(Object.values(template.findResources('AWS::OpenSearchService::Domain'))[0]?.Properties.AccessPolicies).toBeUndefined();
    expect(Object.keys(template.toJSON().Resources).filter((id) => id.startsWith('Custom'))).toEqual([]);
  });

  test('lets resolvers read the index, and the function write it and read the stream', () => {
    expect(statementsOf('ApiSearchRole')).toEqual([
      { Effect: 'Allow', Action: ['es:ESHttpGet', 'es:ESHttpPost'], Resource: [at('/items/_search'), at('/items/_count'), at('/items/_mget')] },
      { Effect: 'Allow', Action: ['es:ESHttpGet', 'es:ESHttpHead'], Resource: at('/items/_doc/*') },
    ]);
    const actions = statementsOf('ApiSearchitemsRole').map(({ Action, Resource }) => [Action, Resource]);
    expect(actions.slice(0, 3)).toEqual([
      ['es:ESHttpPut', at('/items')],
      ['es:ESHttpPost', at('/items/_bulk')],
      [['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], { 'Fn::GetAtt': [expect.stringMatching(/^ApiItemsTable/), 'StreamArn'] }],
    ]);
    expect(JSON.stringify(actions)).not.toContain('"*"');
  });

  test('has the table tell of its changes, and tries again with what could not be indexed', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['ApiSearchitemsUnindexedE0F4C629', 'Arn'] } } },
    });
  });
});

test('exposes what it has made', () => {
  const { source } = kept();

  expect(source.domain).toBeInstanceOf(opensearch.Domain);
  expect([...source.indexes.keys()]).toEqual(['items']);
  expect(Object.keys(source.indexes.get('items') ?? {})).toEqual(expect.arrayContaining(['function', 'role', 'stream', 'deadLetterQueue']));
});

test('takes an existing domain, and lets resolvers write indexes that follow no table', () => {
  const { made } = stackWith((api) => ({ domain: opensearch.Domain.fromDomainAttributes(api, 'Old', { domainArn: 'arn:aws:es:us-east-1:123456789012:domain/old', domainEndpoint: 'search-old.us-east-1.es.amazonaws.com' }), otherIndexes: ['notes'] }));
  const template = made.template();

  template.resourceCountIs('AWS::OpenSearchService::Domain', 0);
  template.resourceCountIs('AWS::Lambda::Function', 0);
  template.hasResourceProperties('AWS::AppSync::DataSource', { OpenSearchServiceConfig: { Endpoint: 'https://search-old.us-east-1.es.amazonaws.com' } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
          Resource: ['arn:aws:es:us-east-1:123456789012:domain/old/notes', 'arn:aws:es:us-east-1:123456789012:domain/old/notes/*'],
        },
      ],
    },
  });
});

test('follows an existing table that has a stream', () => {
  const { made } = stackWith((api) => {
    const table = dynamodb.Table.fromTableAttributes(api, 'Old', { tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/old', tableStreamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/old/stream/2026' });
    return { index: { items: new DynamoTableSource(api, 'OldItems', { table }) }, removalPolicy: RemovalPolicy.DESTROY };
  });

  made.template().hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/old/stream/2026' });
});

test.each<[string, (api: EnterpriseGraphqlApi, items: DynamoTableSource) => OpenSearchSourceProps]>([
  ['Stack/Api/Search: give "index" or "otherIndexes": the data source could read nothing', () => ({})],
  ['Stack/Api/Search: an index is named by lower-case letters, digits, "_", "-" and "+", beginning with a letter or digit, got "Items"', (_, items) => ({ index: { Items: items } })],
  ['Stack/Api/Search: the index "items" is kept like a table, so resolvers do not write it; remove it from "otherIndexes"', (_, items) => ({ index: { items }, otherIndexes: ['items'] })],
  ['Stack/Api/Search: "mappings" has the index "things", which "index" has not', (_, items) => ({ index: { items }, mappings: { things: {} } })],
  [
    'Stack/Api/OldItems: the existing table has no stream, which an index needs to follow it; give the table one with new images',
    (api) => ({ index: { items: new DynamoTableSource(api, 'OldItems', { table: dynamodb.Table.fromTableName(api, 'Old', 'old') }) } }),
  ],
])('refuses with: %s', (message, props) => {
  expect(() => stackWith(props)).toThrow(new Error(message));
});

test('the local API finds what a mutation has put, and a stack without errors', async () => {
  await using api = await startLocalApi(kept().made.app.synth());
  const alice = api.as(userPool({ username: 'alice' }));
  await api.table('Items').put({ id: 'a', name: 'Green apple', price: 10 });
  const search = 'query ($text: String!) { search(text: $text) { id price } }';

  expect(await alice.query(search, { text: 'apple' })).toEqual([{ id: 'a', price: 10 }]);
  await alice.mutate('mutation { put(id: "b", name: "Red apple", price: 9.99) { id } }');
  expect(await alice.query(search, { text: 'RED' })).toEqual([{ id: 'b', price: 9.99 }]);
  await alice.mutate('mutation { put(id: "b", name: "Pear") { id } }');
  expect(await alice.query(search, { text: 'red' })).toEqual([]);
});

describe('the code of the function', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_REGION: 'us-east-1', ENDPOINT: 'https://search.example.com', INDEX: 'items', MAPPINGS: '{"properties":{"price":{"type":"double"}}}' };

  /** Handlers of one container, over a domain that checks signatures. */
  function indexer(status?: number) {
    const cluster = new SearchCluster(() => 0);
    const calls: string[] = [];
    const errors: string[] = [];
    const fetch = async (url: string, { method = '', headers, body }: { method?: string; headers: Record<string, string>; body: string }) => {
      const { pathname: path, host } = new URL(url);
      calls.push(`${method} ${path}`);
      const { authorization, ...sent } = headers;
      const date = sent['x-amz-date'] ?? '';
      const rest = Object.fromEntries(Object.entries(sent).filter(([name]) => !name.startsWith('x-amz-')));
      const time = Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
      const key = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
      expect(authorization).toBe(signatureHeaders({ method, path, headers: { ...rest, host }, bodyHash: sha256(body) }, key, { region: 'us-east-1', service: 'es' }, time).authorization);
      const answer = status !== undefined ? { status, body: {} } : cluster.request({ method, path, body: path.endsWith('/_bulk') ? body : JSON.parse(body) });
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    };
    const exports: { handler?: (event: object) => Promise<unknown> } = {};
    runInContext(searchIndexerCode, createContext({ require: createRequire(__filename), process: { env: environment }, exports, URL, fetch, console: { error: (line: string) => errors.push(line) } }));
    const documents = () => cluster.request({ method: 'GET', path: '/items/_search', body: { sort: ['_id'] } }).body;
    return { handle: (...Records: object[]) => exports.handler?.({ Records }), calls, errors, documents };
  }

  const record = (number: number, Keys: object, NewImage?: object) => ({ eventName: 'ANY', dynamodb: { Keys, ...(NewImage && { NewImage }), SequenceNumber: String(number) } });
  const key = (id: string) => ({ id: { S: id } });

  test('makes the index, then indexes inserts and changes and deletes what is gone, with values as resolvers see them', async () => {
    const { handle, calls, documents } = indexer();
    const image = { ...key('a'), price: { N: '9.50' }, tags: { SS: ['x'] }, sizes: { NS: ['1', '2'] }, more: { M: { is: { BOOL: true }, list: { L: [{ NULL: true }, { S: 's' }] } } }, raw: { B: 'AQI=' } };

    expect(await handle(record(1, key('a'), image), record(2, key('b'), key('b')), record(3, key('b')))).toEqual({ batchItemFailures: [] });
    expect(await handle(record(4, { sort: { N: '7' }, part: { S: 'p|q' } }, { part: { S: 'p|q' }, sort: { N: '7' } }))).toEqual({ batchItemFailures: [] });
    expect(calls).toEqual(['PUT /items', 'POST /items/_bulk', 'POST /items/_bulk']);
    expect(documents()).toMatchObject({
      hits: {
        hits: [
          { _id: 'a', _source: { id: 'a', price: 9.5, tags: ['x'], sizes: [1, 2], more: { is: true, list: [null, 's'] }, raw: 'AQI=' } },
          { _id: 'p%7Cq|7', _source: { part: 'p|q', sort: 7 } },
        ],
      },
    });
  });

  test('reports the first change that was not taken, and is not stopped by an index that is there', async () => {
    const { handle, errors } = indexer();
    await handle(record(1, key('a'), key('a')));

    expect(await handle(record(2, key('b'), key('b')), record(3, key('c'), { ...key('c'), price: { S: 'dear' } }), record(4, key('d'), key('d')))).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
    expect(errors).toEqual([expect.stringContaining('failed to parse field [price] of type [double]')]);
  });

  test('takes the removal of a document that is not there for done', async () => {
    expect(await indexer().handle(record(1, key('none')))).toEqual({ batchItemFailures: [] });
  });

  test('fails as a whole when the domain does, so that Lambda tries again', async () => {
    await expect(indexer(503).handle(record(1, key('a'), key('a')))).rejects.toThrow('PUT /items: 503');
  });

  test('fits into a template', () => {
    expect(searchIndexerCode.length).toBeLessThanOrEqual(4096);
  });
});

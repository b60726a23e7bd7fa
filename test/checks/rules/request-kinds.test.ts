/** The request of each kind of data source, sent to each other kind: in code and in templates, from a resolver and from a function of a pipeline. */
import { checkApi } from '../../../lib/checks';
import type { ApiModel, DataSourceModel, HandlerModel } from '../../../lib/model';
import { apiModel, pipelineFunction, ref, resolver } from '../fixtures';
import { finder, js, vtl } from './api-harness';

const resource = ref('Source');
const other = (awsType: string): DataSourceModel => ({ type: 'OTHER', awsType, name: 'Source', config: {}, resource });

interface Kind {
  readonly source: DataSourceModel;
  /** What `request` returns on its third line. */
  readonly code: string;
  /** Absent where no helper makes it. */
  readonly helper?: string;
  readonly template: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  DynamoDB: {
    source: { type: 'AMAZON_DYNAMODB', name: 'Source', tableName: 'items', region: 'us-east-1', versioned: false, resource },
    code: "{ operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) }",
    helper: 'ddb.query({ query: ctx.stash.query, ...ctx.stash.page })',
    template: '"operation": "GetItem", "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) }',
  },
  Lambda: {
    source: { type: 'AWS_LAMBDA', name: 'Source', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f', resource },
    code: "{ operation: 'BatchInvoke', invocationType: 'Event', payload: ctx.args }",
    template: '"operation": "Invoke", "payload": $util.toJson($ctx.args)',
  },
  HTTP: {
    source: { type: 'HTTP', name: 'Source', endpoint: 'https://example.com', resource },
    code: "{ method: 'GET', resourcePath: `/items/${ctx.args.id}`, params: { query: { a: '1' } } }",
    template: '"method": "GET", "resourcePath": "/items/$ctx.args.id", "params": { "headers": { "a": "b" } }',
  },
  RDS: {
    source: other('RELATIONAL_DATABASE'),
    code: "{ statements: ['SELECT 1'], variableMap: { ':id': ctx.args.id } }",
    helper: "rds.createPgStatement(rds.select({ table: 'items' }))",
    template: '"statements": ["select * from items where id = :id"], "variableMap": { ":id": $util.toJson($ctx.args.id) }',
  },
  OpenSearch: {
    source: other('AMAZON_OPENSEARCH_SERVICE'),
    code: "{ operation: 'GET', path: '/items/_search', params: { body: {} } }",
    template: '"operation": "GET", "path": "/items/_search", "params": { "body": { "query": { "match_all": {} } } }',
  },
  EventBridge: {
    source: other('AMAZON_EVENTBRIDGE'),
    code: "{ operation: 'PutEvents', events: [{ source: 'shop', detailType: 'told', detail: ctx.args }] }",
    template: '"operation": "PutEvents", "events": [{ "source": "shop", "detailType": "told", "detail": $util.toJson($ctx.args) }]',
  },
  Bedrock: {
    source: other('AMAZON_BEDROCK_RUNTIME'),
    code: "{ operation: 'Converse', modelId: 'm', messages: [{ role: 'user', content: [{ text: ctx.args.id }] }] }",
    helper: "ai.converse({ modelId: 'm', messages: [{ role: 'user', content: [{ text: ctx.args.id }] }] })",
    template: '"operation": "InvokeModel", "modelId": "m", "body": {}',
  },
  NONE: { source: { type: 'NONE', name: 'Source', resource }, code: '{ payload: ctx.args }', template: '"payload": $util.toJson($ctx.args)' },
};
const names = Object.keys(kinds);

const code = (returned: string) =>
  js(`import { util } from '@aws-appsync/utils'; import * as ddb from '@aws-appsync/utils/dynamodb'; import * as rds from '@aws-appsync/utils/rds'; import * as ai from '@aws-appsync/utils/ai';\nexport function request(ctx) {\n  return ${returned};\n}`);
const template = (members: string) => vtl(`\n\n{ "version": "2018-05-29", ${members} }`);

const positions: Readonly<Record<string, (source: DataSourceModel, handler: HandlerModel) => Partial<ApiModel>>> = {
  resolver: (source, handler) => ({ dataSources: [source], resolvers: [resolver('Query.ping', { dataSourceName: 'Source', handler })] }),
  function: (source, handler) => ({
    dataSources: [source],
    functions: [pipelineFunction('step', { dataSourceName: 'Source', handler })],
    resolvers: [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['step-id'], handler: js('export const request = () => ({});') })],
  }),
};

/** The lines of everything found about the request. */
const lines = (changes: Partial<ApiModel>) => checkApi(apiModel(changes)).filter(({ code: found }) => /^(API_REQUEST|RES_)/.test(found)).map(({ location }) => location?.line);

describe.each(Object.entries(positions))('a request of a %s', (_, inPosition) => {
  test.each(names)('is clean where it is for %s', (name) => {
    const { source, code: own, helper = own, template: ownTemplate } = kinds[name]!;

    expect(lines(inPosition(source, code(own)))).toEqual([]);
    expect(lines(inPosition(source, code(helper)))).toEqual([]);
    expect(lines(inPosition(source, template(ownTemplate)))).toEqual([]);
  });

  test.each(names.flatMap((asked) => names.filter((name) => name !== asked).map((name) => [asked, name] as const)))('for %s is told once when it goes to %s', (asked, name) => {
    const { source } = kinds[name]!;
    const { code: foreign, helper = foreign, template: foreignTemplate } = kinds[asked]!;
    // A payload is all that NONE wants, and passes on.
    const expected = name === 'NONE' && asked === 'Lambda' ? [] : [3];

    expect(lines(inPosition(source, code(foreign)))).toEqual(expected);
    expect(lines(inPosition(source, code(helper)))).toEqual(expected);
    expect(lines(inPosition(source, template(foreignTemplate)))).toEqual(expected);
  });
});

describe('what is said', () => {
  const operation = finder('API_REQUEST_OPERATION');
  const member = finder('API_REQUEST_MEMBER');
  const inResolver = (name: string, handler: HandlerModel) => positions.resolver!(kinds[name]!.source, handler);

  test('of a helper for another kind, and of a source that asks nobody', () => {
    expect(operation(inResolver('RDS', code('ddb.scan({})')))).toEqual([{ message: 'the request is made for DynamoDB, and data source "Source" is RDS', fix: 'name a data source of the kind that is asked', resource: 'QuerypingResolver', at: '3:10' }]);
    expect(operation(inResolver('NONE', code("{ operation: 'Scan' }")))).toMatchObject([{ message: '"Scan" is asked of data source "Source", which is of type NONE and does nothing but pass "payload" on', fix: 'name the data source that is meant, or return a "payload"' }]);
    expect(finder('RES_VTL_OPERATION')(inResolver('NONE', template('"operation": "Scan"')))).toMatchObject([{ message: '"Scan" is asked of a data source of type NONE, which does nothing but pass "payload" on', at: '3:41' }]);
  });

  test.each([
    ['DynamoDB', "{ operation: 'UpdateItem', key: {} }", '"operation": "UpdateItem", "key": {}', ' for UpdateItem to data source "Source" has no "update"'],
    ['DynamoDB', "{ operation: 'BatchGetItem' }", '"operation": "BatchGetItem"', ' for BatchGetItem to data source "Source" has no "tables"'],
    ['HTTP', "{ method: 'GET', path: '/' }", '"method": "GET", "path": "/"', ' for GET to data source "Source" has no "resourcePath"'],
    ['RDS', "{ statement: 'SELECT 1' }", '"statement": "SELECT 1"', ' to data source "Source" has no "statements"'],
    ['OpenSearch', "{ operation: 'GET', index: 'a' }", '"operation": "GET", "index": "a"', ' for GET to data source "Source" has no "path"'],
    ['EventBridge', "{ operation: 'PutEvents', entries: [] }", '"operation": "PutEvents", "entries": []', ' for PutEvents to data source "Source" has no "events"'],
    ['Bedrock', "{ operation: 'InvokeModel', modelId: 'm' }", '"operation": "InvokeModel", "modelId": "m"', ' for InvokeModel to data source "Source" has no "body"'],
  ])('of what %s is not told in %s', (name, inCode, inTemplate, problem) => {
    expect(member(inResolver(name, code(inCode)))).toMatchObject([{ message: `the request${problem}`, at: '3:10' }]);
    expect(member(inResolver(name, template(inTemplate)))).toMatchObject([{ message: `the request template${problem}`, at: '3:1' }]);
  });

  test('of half an event', () => {
    const problem = [{ message: 'the event has no "detailType"', fix: 'add "detailType"' }];

    expect(member(inResolver('EventBridge', code("{ operation: 'PutEvents', events: [{ source: 'a', detailType: 'b', detail: {} }, { source: 'a', 'detail-type': 'b', detail: {} }] }")))).toMatchObject([{ ...problem[0], at: '3:91' }]);
    expect(member(inResolver('EventBridge', template('"operation": "PutEvents", "events": [{ "source": "a", "DetailType": "b", "detail": {} }]')))).toMatchObject(problem);
  });

  test('of what a helper of Bedrock is not given, and nothing when that may come from elsewhere', () => {
    expect(member(inResolver('Bedrock', code('ai.invokeModel({ body: { prompt: ctx.args.text } })')))).toEqual([
      { message: 'the request for InvokeModel to data source "Source" has no "modelId"', fix: 'add "modelId"', resource: 'QuerypingResolver', at: '3:10' },
    ]);
    expect(member(inResolver('Bedrock', code("ai.converse({ modelId: 'm', system: [{ text: 'Be kind.' }] })")))).toMatchObject([{ message: 'the request for Converse to data source "Source" has no "messages"' }]);
    expect(member(inResolver('Bedrock', code("ai.converse({ modelId: 'm', ...ctx.stash.conversation })")))).toEqual([]);
    expect(member(inResolver('Bedrock', code('ai.invokeModel(ctx.stash.request)')))).toEqual([]);
  });

  test('of messages that Converse does not take', () => {
    const said = (messages: string) => `{ operation: 'Converse', modelId: 'm', messages: ${messages} }`;
    const inTemplate = (messages: string) => template(`"operation": "Converse", "modelId": "m", "messages": ${messages}`);

    expect(member(inResolver('Bedrock', code(said("[{ role: 'system', content: [{ text: 'a' }] }, { role: 'user', content: 'b' }, { role: 'human', content: [] }, { role: 'user', text: 'c' }]"))))).toEqual([
      { message: 'Converse has no role "system"', fix: 'move its text to "system" of the request: [{ text: … }]', resource: 'QuerypingResolver', at: '3:68' },
      { message: '"content" of a message is a text, and Converse takes a list', fix: 'write [{ text: … }]', resource: 'QuerypingResolver', at: '3:131' },
      { message: 'Converse has no role "human"', fix: 'use one of user, assistant', resource: 'QuerypingResolver', at: '3:146' },
      { message: 'the message has no "content"', fix: 'add "content"', resource: 'QuerypingResolver', at: '3:170' },
    ]);
    expect(member(inResolver('Bedrock', inTemplate('[{ "role": "system", "content": [{ "text": "$ctx.args.text" }] }]')))).toMatchObject([{ message: 'Converse has no role "system"' }]);
    expect(member(inResolver('Bedrock', code(said("[{ role: ctx.args.role, content: ctx.stash.content }, { role: 'assistant', content: [{ text: ctx.args.text }] }, ...ctx.stash.history]"))))).toEqual([]);
    expect(member(inResolver('Bedrock', code("ai.invokeModel({ modelId: 'm', body: { messages: [{ role: 'system', content: 'as the model likes it' }] } })")))).toEqual([]);
  });

  test('of a path without its slash, in a text or the beginning of one', () => {
    const message = '"resourcePath" begins with "items/", not with "/"';

    expect(member(inResolver('HTTP', code("{ method: 'GET', resourcePath: `items/${ctx.args.id}` }")))).toMatchObject([{ message, fix: 'begin it with "/"' }]);
    expect(member(inResolver('HTTP', code("{ method: 'GET', resourcePath: 'items/' + ctx.args.id }")))).toMatchObject([{ message }]);
    expect(member(inResolver('HTTP', template('"method": "GET", "resourcePath": "items/$ctx.args.id"')))).toMatchObject([{ message }]);
    expect(member(inResolver('OpenSearch', template('"operation": "GET", "path": "items/_search"')))).toMatchObject([{ message: '"path" begins with "items/_search", not with "/"' }]);
  });

  test.each([
    ['HTTP', code("{ method: 'GET', resourcePath: ctx.args.path + '/a' }")],
    ['HTTP', code("{ method: 'GET', resourcePath: `${ctx.stash.base}/a` }")],
    ['HTTP', template('"method": "GET", "resourcePath": "$path/a"')],
    ['HTTP', code("{ method: 'GET', ...ctx.stash.rest }")],
    ['HTTP', template('"method": "GET" #if( $ctx.args.id ), "resourcePath": "/a" #end')],
    ['RDS', code('rds.createMySQLStatement(rds.sql`SELECT 1`)')],
    ['RDS', template('"statements": $util.toJson($statements)')],
    ['EventBridge', code("{ operation: 'PutEvents', events: [{ source: 'a', ...ctx.stash.event }] }")],
    ['EventBridge', code("{ operation: 'PutEvents', events: ctx.args.all.map((detail) => ({ detail })) }")],
    ['EventBridge', template('"operation": "PutEvents", "events": [ #foreach( $e in $ctx.args.all ) { "source": "a", "detail": {} }#if( $foreach.hasNext ),#end #end ]')],
    ['EventBridge', template('"operation": "PutEvents", "events": [ { "source": "a", #if( $x ) "detailType": "b", #else "detailType": "c", #end "detail": { "list": [1, [2]] } } ]')],
    ['OpenSearch', template('"operation": "GET", "path": "$path"')],
    ['DynamoDB', template('"operation": "PutItem", "key": { "id": { "S": "a" } } #if( $x ), "condition": {} #end')],
  ])('of %s nothing where something is computed', (name, handler) => {
    expect(lines(inResolver(name, handler))).toEqual([]);
  });
});

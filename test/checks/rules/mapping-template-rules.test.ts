/** Rules about VTL. Each template hangs on `Query.ping`, as its request unless told otherwise. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkApi } from '../../../lib/checks';
import type { ApiModel, DataSourceModel } from '../../../lib/model';
import { apiModel, pipelineFunction, ref, resolver } from '../fixtures';

const none: DataSourceModel = { type: 'NONE', name: 'Source', resource: ref('Source') };
const table: DataSourceModel = { type: 'AMAZON_DYNAMODB', name: 'Source', tableName: 'items', region: 'us-east-1', versioned: false, resource: ref('Source') };
const lambda: DataSourceModel = { type: 'AWS_LAMBDA', name: 'Source', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:echo', resource: ref('Source') };
const http: DataSourceModel = { type: 'HTTP', name: 'Source', endpoint: 'https://example.com', resource: ref('Source') };
const other = (awsType: string): DataSourceModel => ({ type: 'OTHER', awsType, config: {}, name: 'Source', resource: ref('Source') });

const source = (text: string) => ({ path: '/app/template.vtl', text });
const vtl = (text: string, part: 'request' | 'response' = 'request') => ({ kind: 'VTL', [part]: source(text) }) as const;

const unit = (dataSource: DataSourceModel, text: string, part?: 'request' | 'response'): Partial<ApiModel> => ({
  dataSources: [dataSource],
  resolvers: [resolver('Query.ping', { dataSourceName: 'Source', handler: vtl(text, part) })],
});
const inFunction = (dataSource: DataSourceModel, text: string): Partial<ApiModel> => ({
  dataSources: [dataSource],
  functions: [pipelineFunction('step', { dataSourceName: 'Source', handler: vtl(text) })],
  resolvers: [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['step-id'], handler: { kind: 'VTL', request: source('{}'), response: source('$util.toJson($ctx.prev.result)') } })],
});

const found = (changes: Partial<ApiModel>) =>
  checkApi(apiModel(changes))
    .filter(({ code }) => code.startsWith('RES_VTL'))
    .map(({ code, message, fix, location, resource, severity }) => ({ code, severity, at: `${location?.line}:${location?.column}`, length: location?.length, message, fix, on: resource?.logicalId }));
const brief = (changes: Partial<ApiModel>) => found(changes).map(({ code, at, message, fix }) => ({ code, at, message, fix }));

describe('templates as they are deployed', () => {
  const dir = join(__dirname, '../../fixtures/velocity/deployed');
  const kinds: Readonly<Record<string, DataSourceModel>> = {
    http,
    'invoke-lambda': lambda,
    'auth-slot': none,
    'owner-claim': none,
    'payload-only': none,
    'put-events': other('AMAZON_EVENTBRIDGE'),
    rds: other('RELATIONAL_DATABASE'),
    search: other('AMAZON_OPENSEARCH_SERVICE'),
  };

  test.each(readdirSync(dir))('%s has no finding', (file) => {
    const [name = '', part] = file.split('.');
    const text = readFileSync(join(dir, file), 'utf8');

    expect(found(unit(kinds[name] ?? table, text, part === 'response' ? 'response' : 'request'))).toEqual([]);
    expect(found(inFunction(kinds[name] ?? table, text))).toEqual([]);
  });
});

describe('mapping-template-parses', () => {
  const code = 'RES_VTL_SYNTAX';

  it('takes names of attributes, prices and single signs for text', () => {
    expect(found(unit(none, '{ "version": "2018-05-29", "payload": { "#name": "$5", "a": "# $ \\\\ 100%", "b": "#endpoint", "c": "#1" } }'))).toEqual([]);
  });

  it('takes escapes, literal text and comments for what they are', () => {
    expect(found(unit(none, '#[[ #if $ctx.nope ]]# #* $util.nope() *# ## #end\n\\#if \\$util.toJson($x)'))).toEqual([]);
  });

  it('shows where a template is no template, with the resource it hangs on', () => {
    expect(found(unit(table, '{\n  "version": "2018-05-29",\n  #if( $ctx.args.id )\n  "operation": "GetItem"\n}'))).toEqual([
      { code, severity: 'error', at: '3:3', length: 3, message: '"#if" has no "#end"', fix: 'add "#end" where its block ends', on: 'QuerypingResolver' },
    ]);
  });

  it.each([
    ['{}\n#end', '2:1', '"#end" closes nothing', 'remove it, or write "#[[#end]]#" if it is text'],
    ['{ "expressionNames": { "#end": "end" } }', '1:25', '"#end" closes nothing', 'remove it, or write "#[[#end]]#" if it is text'],
    ['#else', '1:1', '"#else" is not inside an "#if"', 'remove it, or write "#[[#else]]#" if it is text'],
    ['#foreach($x in $y)#else#end', '1:19', '"#else" is not inside an "#if" of this "#foreach"', undefined],
    ['#if(true)a#else b#elseif(true)c#end', '1:18', '"#elseif" stands behind "#else"', undefined],
    ['#if($a = 1)x#end', '1:8', 'expected ")" at the end of "#if", got "="', 'compare with "=="'],
    ['#if\n', '1:4', 'expected "(" after "#if", got the end', 'write "#[[#if]]#" if it is text'],
    ['#set(x = 1)', '1:6', '"#set" expects a reference, got "x"', 'start the name with "$"'],
    ['#set($x : 1)', '1:9', 'expected "=" after "$x" in "#set", got ":"', undefined],
    ['#set($x = )', '1:11', 'expected a value, got ")"', undefined],
    ['#set($x = 5 -3)', '1:13', '"-3" is one number here, so an operator is missing before it', 'write "- 3"'],
    ['#set($x = -$y)', '1:11', 'expected a value, got "-"', 'write "0 - " before it: a minus sign needs a number'],
    ['#set($x = {a: 1})', '1:12', 'expected a key in quotes, got "a"', 'put the keys of a map in quotes'],
    ['#set($x = {"a" 1})', '1:16', 'expected ":" after a key of a map, got "1"', undefined],
    ['#set($x = {"a": 1,})', '1:19', 'expected a value, got "}"', undefined],
    ['#set($x = [1, 2)', '1:16', 'expected "," or "]" in a list, got ")"', undefined],
    ['#set($x = "say \\"hi\\"")', '1:18', 'expected ")" at the end of "#set", got "hi"', 'write "" for a quote inside a string: a backslash does not escape it'],
    ['#set($x = "open)', '1:11', 'the string that starts with " is not closed', 'add " at its end'],
    ['#foreach($x on $y)#end', '1:13', 'expected "in" after "$x" in "#foreach", got "on"', undefined],
    ['$util.toJson($ctx.result', '1:25', 'expected "," or ")" in the arguments of "toJson", got the end', undefined],
    ['${ctx.args.id', '1:14', 'expected "}" at the end of "${ctx.args.id", got the end', undefined],
    ['$ctx.args.list[0', '1:17', 'expected "]" after an index, got the end', undefined],
    ['#[[ open', '1:1', '"#[[" has no "]]#"', 'add "]]#" at the end of the text'],
    ['#set($x = "a #if($y) b")', '1:14', '"#if" has no "#end"', 'add "#end" where its block ends'],
    ['#set($x = "say ""#end"" now")', '1:18', '"#end" closes nothing', 'remove it, or write "#[[#end]]#" if it is text'],
  ])('rejects %j', (text, at, message, fix) => {
    expect(brief(unit(none, text, 'response'))).toEqual([{ code, at, message, fix }]);
  });

  it('refuses endless nesting instead of running out of stack', () => {
    expect(brief(unit(none, `#set($x = ${'('.repeat(5_000)}`, 'response'))).toMatchObject([{ code, message: 'the template is nested too deeply' }]);
    expect(brief(unit(none, '#if($x)'.repeat(5_000), 'response'))).toMatchObject([{ code, message: 'the template is nested too deeply' }]);
  });

  it('reports a file that two resolvers share once', () => {
    const handler = vtl('#end');
    const resolvers = [resolver('Query.ping', { handler }), resolver('Query.ping', { handler, resource: ref('Second') })];

    expect(found({ resolvers })).toHaveLength(1);
  });
});

describe('mapping-template-calls-existing-helpers', () => {
  const code = 'RES_VTL_UTIL';

  it('leaves alone what the template defines itself', () => {
    expect(found(unit(none, '#set($util = {})$util.mine #foreach($utl in $ctx.args.list)$utl.toJson()#end', 'response'))).toEqual([]);
  });

  it('leaves undefined variables with methods of their own alone', () => {
    expect(found(unit(none, '$until.get("x") $item.toString() $null $uti', 'response'))).toEqual([]);
  });

  it('takes the other spelling of copyHeaders, which is deployed everywhere', () => {
    expect(found(unit(http, '{ "version": "2018-05-29", "method": "GET", "resourcePath": "/", "params": { "headers": $utils.http.copyheaders($ctx.request.headers) } }'))).toEqual([]);
  });

  it('finds misspelt helpers wherever a reference may stand, in quoted strings and arguments too', () => {
    expect(found(unit(none, '$util.toJSON($ctx.result)', 'response'))).toEqual([
      { code, severity: 'error', at: '1:7', length: 6, message: '"$util" has no member "toJSON"', fix: 'did you mean "toJson"?', on: 'QuerypingResolver' },
    ]);
    expect(brief(unit(none, '#if($utils.isnull($x))#end\n#set($y = "a ${util.time.nowISO861()}")\n$util.qr($m.put("a", $util.dynamodb.toStringJson($util.autoID())))', 'response'))).toEqual([
      { code, at: '1:12', message: '"$utils" has no member "isnull"', fix: 'did you mean "isNull"?' },
      { code, at: '2:26', message: '"$util.time" has no member "nowISO861"', fix: 'did you mean "nowISO8601"?' },
      { code, at: '3:56', message: '"$util" has no member "autoID"', fix: 'did you mean "autoId", "autoUlid" or "autoKsuid"?' },
    ]);
  });

  it('tells members that only APPSYNC_JS or nothing has', () => {
    expect(brief(unit(none, '$util.earlyReturnFromHere($x)\n$extensions.setSubscriptionFilters($x)', 'response'))).toMatchObject([
      { code, at: '1:7', message: '"$util" has no member "earlyReturnFromHere"' },
      { code, at: '2:13', message: '"$extensions" has no member "setSubscriptionFilters"', fix: 'did you mean "setSubscriptionFilter"?' },
    ]);
  });

  it('knows $util by its helpers when its own name is misspelt', () => {
    expect(brief(unit(none, '$utl.toJson($ctx.result) $utill.dynamodb.toDynamoDBJson("x")', 'response'))).toEqual([
      { code, at: '1:1', message: '"$utl" is nothing that AppSync or this template defines', fix: 'did you mean "util" or "utils"?' },
      { code, at: '1:26', message: '"$utill" is nothing that AppSync or this template defines', fix: 'did you mean "util" or "utils"?' },
    ]);
  });
});

describe('mapping-template-reads-existing-context', () => {
  const code = 'RES_VTL_CONTEXT';

  it('accepts every member, methods of the map, and what a variable names', () => {
    expect(found(unit(none, '$ctx.args.x $context.arguments.x $ctx.source.x $ctx.stash.x.y $ctx.identity.sub $ctx.info.fieldName $ctx.get("nope") $ctx[$name] $ctx.prev.result $ctx.env.NAME $ctx.outErrors', 'response'))).toEqual([]);
  });

  it('warns of members that are never set', () => {
    expect(found(unit(none, '$util.toJson($ctx.arg.id)', 'response'))).toEqual([
      { code, severity: 'warning', at: '1:19', length: 3, message: '"$ctx" has no member "arg", so it is never set', fix: 'did you mean "args"?', on: 'QuerypingResolver' },
    ]);
    expect(brief(unit(none, '#if($context.info.fieldname == "a")#end\n$ctx.request.header', 'response'))).toEqual([
      { code, at: '1:19', message: '"$context.info" has no member "fieldname", so it is never set', fix: 'did you mean "fieldName"?' },
      { code, at: '2:14', message: '"$ctx.request" has no member "header", so it is never set', fix: 'did you mean "headers"?' },
    ]);
  });
});

describe('mapping-template-has-a-version', () => {
  const code = 'RES_VTL_VERSION';

  it.each([
    ['a whole document made elsewhere', '$util.toJson($request)'],
    ['a version that may come from a condition', '{ #if($ctx.args.new) "version": "2018-05-29", #else "version": "2017-02-28", #end "operation": "Scan" }'],
    ['a version that comes from a variable', '{ "version": "$version", "operation": "Scan" }'],
    ['members that come from a variable', '{ $members }'],
    ['a document behind a return', '#return({}) {}'],
  ])('leaves alone %s', (_, text) => {
    expect(found(unit(table, text))).toEqual([]);
  });

  it('asks functions and templates of pipelines for nothing', () => {
    expect(found(inFunction(table, '{ "operation": "BatchGetItem", "tables": {} }'))).toEqual([]);
    expect(found(inFunction(table, '{ "version": "2017-02-28", "operation": "BatchGetItem", "tables": {} }'))).toEqual([]);
  });

  it('takes the versions that exist', () => {
    expect(brief(unit(table, '{\n  "version": "2018-05-28",\n  "operation": "Scan"\n}'))).toEqual([{ code, at: '2:14', message: 'AppSync has no template version "2018-05-28"', fix: 'use "2018-05-29"' }]);
    expect(brief(unit(table, '\n#set($x = 1)\n{ "operation": "GetItem", "key": { "version": "1" } }'))).toEqual([{ code, at: '3:1', message: 'the request template has no "version"', fix: 'add "version": "2018-05-29"' }]);
  });

  it('wants the second version for what the first does not know', () => {
    const old = (operation: string) => `{ "version": "2017-02-28"${operation} }`;

    expect(brief(unit(table, old(', "operation": "BatchGetItem", "tables": {}')))).toEqual([{ code, at: '1:14', message: 'operation "BatchGetItem" needs template version "2018-05-29", got "2017-02-28"', fix: 'use "2018-05-29"' }]);
    expect(brief(unit(table, old(', "operation": "TransactWriteItems"')))).toMatchObject([{ message: 'operation "TransactWriteItems" needs template version "2018-05-29", got "2017-02-28"' }]);
    expect(brief(unit(http, old(', "method": "GET"')))).toMatchObject([{ code, message: 'an HTTP data source needs template version "2018-05-29", got "2017-02-28"' }]);
    expect(brief(unit(other('RELATIONAL_DATABASE'), old(', "statements": []')))).toMatchObject([{ message: 'an RDS data source needs template version "2018-05-29", got "2017-02-28"' }]);
    expect(brief(unit(other('AMAZON_EVENTBRIDGE'), old(', "operation": "PutEvents"')))).toMatchObject([{ message: 'an EventBridge data source needs template version "2018-05-29", got "2017-02-28"' }]);
    expect(found(unit(lambda, old(', "operation": "BatchInvoke"')))).toEqual([]);
  });
});

describe('mapping-template-asks-for-known-operation', () => {
  const code = 'RES_VTL_OPERATION';
  const request = (members: string) => `{ "version": "2018-05-29", ${members} }`;

  it.each([
    ['an operation from a variable', request('"operation": "$operation"')],
    ['an operation in a condition', request('#if($ctx.args.all) "operation": "Scan" #else "operation": "Query" #end')],
    ['a value that holds the word', request('"operation": "Query", "query": { "expression": "operation = :operation" }')],
    ['an operation built of parts', request('"operation": "#if($x)Put#{else}Delete#{end}Item"')],
  ])('leaves alone %s', (_, text) => {
    expect(found(unit(table, text))).toEqual([]);
  });

  it('leaves a missing data source to the rule about data sources', () => {
    expect(found({ resolvers: [resolver('Query.ping', { dataSourceName: 'Gone', handler: vtl(request('"operation": "Nope"')) })] })).toEqual([]);
  });

  it('names the operations of the data source', () => {
    expect(found(unit(table, request('"operation": "getItem"')))).toEqual([
      { code, severity: 'error', at: '1:41', length: 9, message: 'DynamoDB has no operation "getItem"', fix: 'did you mean "GetItem" or "PutItem"?', on: 'QuerypingResolver' },
    ]);
    expect(brief(unit(lambda, request('"operation": "Call"')))).toEqual([{ code, at: '1:41', message: 'Lambda has no operation "Call"', fix: 'use one of Invoke, BatchInvoke' }]);
    expect(brief(unit(http, request('"method": "FETCH"')))).toEqual([{ code, at: '1:38', message: 'HTTP has no method "FETCH"', fix: 'did you mean "PATCH" or "GET"?' }]);
    expect(brief(inFunction(other('AMAZON_OPENSEARCH_SERVICE'), request('"operation": "SEARCH"')))).toMatchObject([{ code, message: 'OpenSearch has no operation "SEARCH"' }]);
  });

  it('misses an operation only where all members are in sight', () => {
    expect(brief(unit(table, request('"key": { "id": { "S": "$ctx.args.id" } }')))).toEqual([
      { code, at: '1:1', message: 'the request template has no "operation"', fix: 'add "operation" with one of GetItem, PutItem, UpdateItem, DeleteItem, Query, Scan, Sync, BatchGetItem, BatchPutItem, BatchDeleteItem, TransactGetItems, TransactWriteItems' },
    ]);
    expect(found(unit(table, request('"key": {} #if($x), "operation": "GetItem" #end')))).toEqual([]);
  });
});

describe('mapping-template-makes-json', () => {
  const code = 'RES_VTL_JSON';
  const request = (rest: string) => `{ "version": "2018-05-29", "payload": { "a": 1 }${rest}`;

  it.each([
    request(' }\n\n'),
    request(' }\n## the end\n#* and more *#$util.qr($ctx.stash.put("a", 1))'),
    request(' }\n#if( $ctx.args.a ) text #end'),
    request(' }#stop never printed'),
    request(' }$!nothing'),
    request('#if( $x ), "a": 1 #else, "a": 2 #end }'),
    request(', "list": [#foreach( $x in $xs ){ "a": $x }#if( $foreach.hasNext ),#end#end] }'),
    request(', "b": { "payload": 1, "version": 2 } }'),
    request(', "$key": 1, "$key": 2 }'),
    request(', "text": "} payload" }'),
    request(', "text": "{ [ $ctx.args.id \\" {" }'),
    request(' $end'),
    request('$ctx.stash.rest'),
    request(', "a": [ $ctx.prev.result }'),
    request(' #if( $ctx.args.a )}#else, "b": 1 }#end'),
    request(' #foreach( $x in $xs )}#end'),
    `#macro( close )}#end${request(' #close()')}`,
    request(', "text": "an open quote }'),
  ])('accepts %j', (text) => {
    expect(found(unit(none, text))).toEqual([]);
  });

  it('reports a key that is there already, at any depth', () => {
    expect(brief(unit(none, request(',\n"payload": $util.toJson($ctx.args) }')))).toEqual([{ code, at: '2:1', message: 'the key "payload" is in this object twice, which AppSync refuses', fix: 'remove one of the two' }]);
    expect(brief(inFunction(none, request(', "b": { "c": "1", "c": "2" }, "d": [{ "e": 1, "e": 2 }] }')))).toMatchObject([{ at: '1:68' }, { at: '1:96' }]);
  });

  it('reports text behind the end', () => {
    expect(brief(unit(none, request(' }\n}')))).toEqual([{ code, at: '2:1', message: 'there is text behind the end of the request, which AppSync refuses', fix: 'remove it, or a brace before it' }]);
    expect(brief(unit(none, request(' } )')))).toMatchObject([{ code, at: '1:52' }]);
  });

  it('reports a brace or bracket that is never closed, and one that is closed by the other kind', () => {
    const advice = { code, fix: 'close it with "}"' };

    expect(brief(unit(none, request(',\n"b": $util.toJson($ctx.args) ## here\n')))).toEqual([{ ...advice, at: '1:1', message: 'the "{" is never closed, which AppSync refuses' }]);
    expect(brief(inFunction(none, request(', "b": [ { "text": "$ctx.stash.text }", "n": $ctx.args.n } }')))).toEqual([
      { code, at: '1:108', message: 'the "[" in line 1 is closed by "}", which AppSync refuses', fix: 'close it with "]"' },
    ]);
    expect(brief(unit(none, request(',\n"b": {\n "c": $util.time.nowEpochSeconds() ] }')))).toEqual([{ ...advice, at: '3:36', message: 'the "{" in line 2 is closed by "]", which AppSync refuses' }]);
  });

  it('leaves alone what a pipeline starts with', () => {
    expect(found({ resolvers: [resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, handler: vtl('{} more') })] })).toEqual([]);
  });
});

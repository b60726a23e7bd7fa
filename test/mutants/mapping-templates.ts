/** Templates that AppSync cannot read, or that ask for what is not there. */
import { answers, apiTemplate, appSync, type MutantGroup, noneSource, type Resource, tableSource } from './mutant';

const request = `#set( $id = $ctx.args.id )
#if( $util.isNull($id) )
  $util.error("an id is needed")
#end
{
  "version": "2018-05-29",
  "operation": "GetItem",
  "key": {
    "id": $util.dynamodb.toDynamoDBJson($id)
  }
}
`;
const response = '$util.toJson($ctx.result)\n';
const table: Resource = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
};
const http = appSync('DataSource', { Name: 'Http', Type: 'HTTP', HttpConfig: { Endpoint: 'https://example.com' } });
const templates = (field: string, source: string, RequestMappingTemplate: string) =>
  appSync('Resolver', { ...answers(field), DataSourceName: { 'Fn::GetAtt': [source, 'Name'] }, RequestMappingTemplate, ResponseMappingTemplate: response });

const base = apiTemplate('type Query {\n  item(id: ID): AWSJSON\n  page: AWSJSON\n  echo: AWSJSON\n}\n', {
  Items: table,
  ItemsSource: tableSource('Items', 'Items'),
  HttpSource: http,
  NoneSource: noneSource,
  Item: templates('Query.item', 'ItemsSource', request),
  Page: templates('Query.page', 'HttpSource', '{\n  "version": "2018-05-29",\n  "method": "GET",\n  "resourcePath": "/"\n}\n'),
  Echo: templates('Query.echo', 'NoneSource', '{\n  "version": "2018-05-29",\n  "payload": {}\n}\n'),
});
const spaces = (length: number) => `#*${' '.repeat(length - request.length - 4)}*##set`;

export const mappingTemplateMutants: readonly MutantGroup[] = [
  {
    area: 'mapping templates',
    base,
    text: 'Item.Properties.RequestMappingTemplate',
    mutants: [
      { name: 'Not JSON: the brace of the key is not closed', code: 'RES_VTL_JSON', change: ['DBJson($id)\n  }\n', 'DBJson($id)\n'], line: '{\n  "version"' },
      { name: 'Not JSON: a bracket closes a brace', code: 'RES_VTL_JSON', change: ['DBJson($id)\n  }\n', 'DBJson($id)\n  ]\n'] },
      { name: 'Unable to parse: #if without #end', code: 'RES_VTL_SYNTAX', change: ['#end\n', ''], line: '#if' },
      { name: 'Unable to parse: one #end too many', code: 'RES_VTL_SYNTAX', change: ['#end\n', '#end\n#end\n'], line: '#end\n{' },
      { name: 'Unable to parse: #else outside of #if', code: 'RES_VTL_SYNTAX', change: ['#end\n', '#end\n#else\n'] },
      { name: 'Unable to parse: a comparison with one sign', code: 'RES_VTL_SYNTAX', change: ['$util.isNull($id) )', '$id = 1 )'] },
      { name: 'Unable to parse: #set of a name without a dollar sign', code: 'RES_VTL_SYNTAX', change: ['$id = $ctx', 'id = $ctx'] },
      { name: 'Unable to parse: a parenthesis is missing', code: 'RES_VTL_SYNTAX', change: ['toDynamoDBJson($id)\n', 'toDynamoDBJson($id\n'], line: '  }\n}' },
      { name: 'Unable to parse: a text is not closed', code: 'RES_VTL_SYNTAX', change: ['#set( $id = $ctx.args.id )', "#set( $id = 'open )"] },
      { name: '$util has no toDynamoDb', code: 'RES_VTL_UTIL', change: ['$util.dynamodb.toDynamoDBJson', '$util.dynamodb.toDynamoDbJson'] },
      { name: '$util has no isnull: names are case sensitive', code: 'RES_VTL_UTIL', change: ['isNull', 'isnull'] },
      { name: '$utl is nothing', code: 'RES_VTL_UTIL', change: ['$util.dynamodb', '$utl.dynamodb'] },
      { name: '$util.earlyReturn: of APPSYNC_JS only', code: 'RES_VTL_UTIL', change: ['$util.error("an id is needed")', '$util.earlyReturnNow({})'] },
      { name: '$ctx.arg is never set', code: 'RES_VTL_CONTEXT', severity: 'warning', change: ['$ctx.args.id', '$ctx.arg.id'] },
      { name: '$context.identiy is never set', code: 'RES_VTL_CONTEXT', severity: 'warning', change: ['$ctx.args.id', '$context.identiy.sub'] },
      { name: '$ctx.info.field is never set', code: 'RES_VTL_CONTEXT', severity: 'warning', change: ['$ctx.args.id', '$ctx.info.field'] },
      { name: 'The template has no version', code: 'RES_VTL_VERSION', change: ['  "version": "2018-05-29",\n', ''], line: '{\n  "operation"' },
      { name: 'Template version 2018-05-28 is not supported', code: 'RES_VTL_VERSION', change: ['2018-05-29', '2018-05-28'] },
      { name: 'Template version 1 is not supported', code: 'RES_VTL_VERSION', change: ['2018-05-29', '1'] },
      { name: 'BatchGetItem needs version 2018-05-29', code: 'RES_VTL_VERSION', change: ['"2018-05-29",\n  "operation": "GetItem"', '"2017-02-28",\n  "tables": {},\n  "operation": "BatchGetItem"'] },
      { name: 'Unsupported operation Get', code: 'RES_VTL_OPERATION', change: ['"GetItem"', '"Get"'] },
      { name: 'Unsupported operation Invoke of a table', code: 'RES_VTL_OPERATION', change: ['"GetItem"', '"Invoke"'] },
      { name: 'The operation is missing', code: 'RES_VTL_OPERATION', change: ['  "operation": "GetItem",\n', ''], line: '{\n  "version"' },
      { name: 'A template of more than 65,536 characters', code: 'API_TEMPLATE_SIZE', change: ['#set', spaces(65_537)], fixed: { change: ['#set', spaces(65_536)] } },
    ],
  },
  {
    area: 'mapping templates',
    base,
    text: 'Page.Properties.RequestMappingTemplate',
    mutants: [
      { name: 'Unsupported method FETCH of an HTTP source', code: 'RES_VTL_OPERATION', change: ['"GET"', '"FETCH"'] },
      { name: 'An HTTP source needs version 2018-05-29', code: 'RES_VTL_VERSION', change: ['2018-05-29', '2017-02-28'] },
    ],
  },
  {
    area: 'mapping templates',
    base,
    text: 'Echo.Properties.ResponseMappingTemplate',
    mutants: [
      { name: 'Unable to parse a response: #foreach without #end', code: 'RES_VTL_SYNTAX', change: ['$util', '#foreach( $item in $ctx.result )\n$util'] },
      { name: '$util has no toJSON: names are case sensitive', code: 'RES_VTL_UTIL', change: ['toJson', 'toJSON'] },
      { name: '$ctx.results is never set', code: 'RES_VTL_CONTEXT', severity: 'warning', change: ['$ctx.result', '$ctx.results'] },
    ],
  },
];

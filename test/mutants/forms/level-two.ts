/** An app of the CDK's own constructs, written by hand: the schema and handlers in files that the CDK copies, one handler and a template in the app itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { App } from 'aws-cdk-lib';
import { checkAssembly } from '../../../lib/checks';
import type { Diagnostic } from '../../../lib/diagnostics';
import { readApis } from '../../../lib/model';
import type { Form, ProjectMutant } from './form';

const files = {
  'cdk.json': '{ "app": "node stack.js" }\n',
  'resolvers/get-order.js': `import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return get({ key: { id: ctx.args.id } });
}

export function response(ctx) {
  return ctx.result;
}
`,
  'resolvers/tell.js': `export function request(ctx) {
  return { operation: 'PutEvents', events: [{ source: 'orders', detailType: 'placed', detail: ctx.args }] };
}

export function response(ctx) {
  return ctx.args;
}
`,
  'schema.graphql': `type Query {
  order(id: ID!): Order
  orders(limit: Int): [Order]
}

type Mutation {
  placeOrder(id: ID!): Order
}

type Subscription {
  onOrder(id: ID): Order @aws_subscribe(mutations: ["placeOrder"])
}

type Order {
  id: ID!
  total: Float
}
`,
  'stack.js': `const { Stack } = require('aws-cdk-lib');
const appsync = require('aws-cdk-lib/aws-appsync');
const dynamodb = require('aws-cdk-lib/aws-dynamodb');
const events = require('aws-cdk-lib/aws-events');
const { join } = require('node:path');

module.exports = (app) => {
  const stack = new Stack(app, 'Orders');
  const api = new appsync.GraphqlApi(stack, 'Api', {
    name: 'orders',
    definition: appsync.Definition.fromFile(join(__dirname, 'schema.graphql')),
    authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } },
  });
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const orders = api.addDynamoDbDataSource('Orders', table);
  const bus = api.addEventBridgeDataSource('Bus', new events.EventBus(stack, 'EventBus'));
  const runtime = appsync.FunctionRuntime.JS_1_0_0;
  const getOrder = new appsync.AppsyncFunction(stack, 'GetOrder', {
    api,
    name: 'getOrder',
    dataSource: orders,
    runtime,
    code: appsync.Code.fromAsset(join(__dirname, 'resolvers/get-order.js')),
  });
  api.createResolver('Order', {
    typeName: 'Query',
    fieldName: 'order',
    pipelineConfig: [getOrder],
    runtime,
    code: appsync.Code.fromInline(\`
      export function request(ctx) {
        ctx.stash.since = 0;
        return {};
      }

      export function response(ctx) {
        return ctx.prev.result;
      }
    \`),
  });
  orders.createResolver('AllOrders', {
    typeName: 'Query',
    fieldName: 'orders',
    requestMappingTemplate: appsync.MappingTemplate.fromString(\`{
      "version": "2018-05-29",
      "operation": "Scan",
      "limit": $util.defaultIfNull($ctx.args.limit, 20)
    }\`),
    responseMappingTemplate: appsync.MappingTemplate.fromString('$util.toJson($ctx.result.items)'),
  });
  bus.createResolver('Place', {
    typeName: 'Mutation',
    fieldName: 'placeOrder',
    runtime,
    code: appsync.Code.fromAsset(join(__dirname, 'resolvers/tell.js')),
  });
};
`,
};

/** The app runs as the file that it is, so that the CDK notes its lines. */
function check(folder: string): Diagnostic[] {
  // CDK's own template validation takes seconds to start, and is not what is tested.
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const module: { exports?: (app: App) => void } = {};
  const stack = join(folder, 'stack.js');
  compileFunction(readFileSync(stack, 'utf8'), ['require', 'module', '__dirname'], { filename: stack })(createRequire(__filename), module, folder);
  module.exports?.(app);
  app.synth();
  return checkAssembly(readApis(join(folder, 'cdk.out')));
}

const changed = (name: string, code: string, file: string, find: string, replace: string, more: Partial<ProjectMutant> = {}): ProjectMutant => ({ name, code, edits: [[file, find, replace]], ...more });
const schema = 'schema.graphql';
const stack = 'stack.js';
const get = 'resolvers/get-order.js';
const tell = 'resolvers/tell.js';

export const levelTwo: Form = {
  name: "an app of the CDK's own constructs",
  files,
  check,
  mutants: [
    changed('an unknown type', 'SDL_UNKNOWN_TYPE', schema, 'order(id: ID!): Order', 'order(id: ID!): Ordr'),
    changed('a type that is defined twice', 'SDL_DUPLICATE_TYPE', schema, 'type Mutation {', 'type Order { id: ID }\n\ntype Mutation {', { line: 'type Order {\n' }),
    changed('a subscription to an unknown mutation', 'SDL_SUBSCRIPTION_MUTATION', schema, '["placeOrder"]', '["placeOrders"]'),
    changed('an argument that never matches', 'API_SUBSCRIPTION_ARGUMENT', schema, 'onOrder(id: ID)', 'onOrder(orderId: ID)', { severity: 'warning' }),
    changed('a mode that the API lacks', 'API_AUTH_MODE', schema, 'total: Float', 'total: Float @aws_api_key'),
    changed('a loop in a file', 'RES_LOOP', get, '  return get', '  while (true) {}\n  return get'),
    changed('another key in a file', 'API_TABLE_KEY', get, '{ id: ctx', '{ orderId: ctx'),
    changed('an operation that EventBridge does not have', 'API_REQUEST_OPERATION', tell, "'PutEvents'", "'PutEvent'"),
    changed('a request without events', 'API_REQUEST_LIMIT', tell, "[{ source: 'orders', detailType: 'placed', detail: ctx.args }]", '[]'),
    changed('throw in code of the app', 'RES_THROW', stack, '        return {};', "        throw 'x';"),
    changed('a helper that templates do not have', 'RES_VTL_UTIL', stack, '$util.defaultIfNull(', '$util.default('),
    changed('an operation that DynamoDB does not have, in a template of the app', 'RES_VTL_OPERATION', stack, '"Scan"', '"ScanAll"'),
    changed('a resolver of an unknown field', 'API_RESOLVER_FIELD', stack, "fieldName: 'orders'", "fieldName: 'ordrs'", { line: "orders.createResolver('AllOrders'" }),
    changed('a second resolver of a field', 'API_RESOLVER_DUPLICATE', stack, "fieldName: 'orders'", "fieldName: 'order'", { line: "orders.createResolver('AllOrders'" }),
    { name: 'a source that may only be read', code: 'API_PERMISSION', edits: [[get, 'import { get }', 'import { remove }'], [get, 'return get(', 'return remove('], [stack, "api.addDynamoDbDataSource('Orders', table)", "new appsync.DynamoDbDataSource(stack, 'Orders', { api, table, readOnlyAccess: true })"]], line: 'return remove(' },
    changed('code without a runtime', 'MAN_HANDLER', stack, "    fieldName: 'placeOrder',\n    runtime,", "    fieldName: 'placeOrder',", { line: "bus.createResolver('Place'" }),
  ],
};

/** An app of our constructs: the schema in several files, resolvers in TypeScript with modules they share, one of them a folder down. */
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Authorization, Caching, DynamoTableSource, EnterpriseGraphqlApi, Filter, NoneSource, RealtimeSubscriptions } from '../../../lib';
import { checkAssembly } from '../../../lib/checks';
import type { Diagnostic } from '../../../lib/diagnostics';
import { readApis } from '../../../lib/model';
import type { Form, ProjectMutant } from './form';

const files = {
  'resolvers/Mutation.placeOrder/1-check.ts': `import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context<{ productId: string }>) {
  return get({ key: { id: ctx.args.productId } });
}

export function response(ctx: Context) {
  if (!ctx.result) {
    util.error('no such product', 'NotFound');
  }
  ctx.stash.product = ctx.result;
  return ctx.result;
}
`,
  'resolvers/Mutation.placeOrder/2-write.ts': `import { type Context, util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context) {
  const id = util.autoId();
  return put({ key: { id }, item: { owner: ctx.identity.sub, status: 'OPEN', tags: [] } });
}

export function response(ctx: Context) {
  return ctx.result;
}
`,
  'resolvers/Product.label.ts': `import type { Context } from '@aws-appsync/utils';

export function request(ctx: Context) {
  return { payload: \`\${ctx.env.STAGE} \${ctx.source.id}\` };
}

export function response(ctx: Context) {
  return ctx.result;
}
`,
  'resolvers/Query.order.ts': `import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context<{ id: string }>) {
  return get({ key: { id: ctx.args.id } });
}

export function response(ctx: Context) {
  const order = ctx.result;
  if (order && order.owner !== ctx.identity.sub) {
    util.unauthorized();
  }
  return order;
}
`,
  'resolvers/Query.product.ts': `import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx: Context<{ id: string }>) {
  return get({ key: { id: ctx.args.id } });
}

export function response(ctx: Context) {
  return ctx.result;
}
`,
  'resolvers/Query.products.ts': `import type { Context } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { pageOf } from './shared/paging';

export function request(ctx: Context<{ categoryId: string }>) {
  return query({ index: 'byCategory', query: { categoryId: { eq: ctx.args.categoryId } }, ...pageOf(ctx.args) });
}

export function response(ctx: Context) {
  return ctx.result.items;
}
`,
  'resolvers/shared/deep/numbers.ts': `/** Numbers. */

export function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
`,
  'resolvers/shared/paging.ts': `import { clamped } from './deep/numbers';

interface Args {
  readonly limit?: number;
}

export function pageOf(args: Args) {
  return { limit: clamped(args.limit ?? 20, 1, 100) };
}
`,
  'schema/base.graphql': `type Query {
  product(id: ID!): Product
  products(categoryId: ID): [Product]
}

type Product @aws_iam @aws_cognito_user_pools {
  id: ID!
  categoryId: ID
  label: String
  price: Float
}
`,
  'schema/orders/orders.graphql': `extend type Query {
  order(id: ID!): Order
}

type Mutation {
  placeOrder(productId: ID!, count: Int): Order
}

type Subscription {
  onOrder(owner: ID): Order @aws_subscribe(mutations: ["placeOrder"])
}

type Order {
  id: ID!
  owner: ID
  status: Status
  tags: [String]
}

enum Status {
  OPEN
  DONE
}
`,
};

function check(folder: string): Diagnostic[] {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  const api = new EnterpriseGraphqlApi(stack, 'Shop', {
    schema: join(folder, 'schema'),
    resolvers: join(folder, 'resolvers'),
    defaultAuthorization: Authorization.userPool(new cognito.UserPool(stack, 'Users')),
    additionalAuthorization: [Authorization.iam()],
    caching: Caching.perResolver({ ttl: Duration.minutes(5) }),
    environmentVariables: { STAGE: 'test' },
  });
  const products = new DynamoTableSource(api, 'Products', { partitionKey: 'id', indexes: { byCategory: { partitionKey: 'categoryId' } } });
  const orders = new DynamoTableSource(api, 'Orders', { partitionKey: 'id' });
  products.resolve('Query.product', { cacheKeys: ['$context.arguments.id'] });
  products.resolve('Query.products');
  orders.resolve('Query.order');
  new NoneSource(api, 'None').resolve('Product.label');
  api.pipeline('Mutation.placeOrder', [products, orders]);
  new RealtimeSubscriptions(api, 'Live', { onOrder: Filter.field('owner').equalsArgument('owner') });
  // CDK's own template validation takes seconds to start, and is not what is tested.
  process.env.CDK_VALIDATION = 'false';
  // Findings are read off the assembly: with errors in it, a checked synth would throw.
  process.env.CDK_ENTERPRISE_APPSYNC_CHECKS = 'off';
  app.synth();
  delete process.env.CDK_ENTERPRISE_APPSYNC_CHECKS;
  return checkAssembly(readApis(join(folder, 'cdk.out')));
}

const changed = (name: string, code: string, file: string, find: string, replace: string, more: Partial<ProjectMutant> = {}): ProjectMutant => ({ name, code, edits: [[file, find, replace]], ...more });
const base = 'schema/base.graphql';
const orders = 'schema/orders/orders.graphql';
const numbers = 'resolvers/shared/deep/numbers.ts';
const paging = 'resolvers/shared/paging.ts';
const write = 'resolvers/Mutation.placeOrder/2-write.ts';

export const ours: Form = {
  name: 'an app of our constructs',
  files,
  check,
  mutants: [
    changed('while in a module of a module', 'RES_LOOP', numbers, '  return Math.min', '  while (value > most) value -= 1;\n  return Math.min'),
    changed('recursion in a module of a module', 'RES_RECURSION', numbers, 'Math.min(Math.max(value, least), most)', 'value > most ? clamped(value - 1, least, most) : Math.max(value, least)'),
    changed('a pattern in a module', 'RES_REGEX', paging, 'args.limit ?? 20', '/1/ ? args.limit : 20'),
    { name: 'a module returns a function', code: 'RES_FUNCTION_RETURN', edits: [[paging, 'return { limit', 'return () => ({ limit'], [paging, '1, 100) };', '1, 100) });'], ['resolvers/Query.products.ts', '...pageOf(ctx.args)', '...pageOf(ctx.args)()']] },
    changed('try in a step', 'RES_TRY', write, '  const id', '  try {} finally {}\n  const id'),
    changed('a helper that does not exist', 'RES_HELPER', write, 'util.autoId()', 'util.uuid()'),
    changed('throw behind types', 'RES_THROW', 'resolvers/Query.order.ts', 'util.unauthorized();', 'throw new Error("no");'),
    changed('a date in a text', 'RES_NEW', 'resolvers/Product.label.ts', '${ctx.source.id}', '${new Date()}'),
    changed('no response', 'RES_EXPORT', 'resolvers/Query.product.ts', 'export function response', 'function response', { line: 'import type { Context }' }),
    changed('the arguments are written', 'RES_CONTEXT_WRITE', 'resolvers/Query.product.ts', '  return get', '  ctx.args = { id: "1" };\n  return get'),
    changed('a module that is not there', 'RES_BUNDLE', 'resolvers/Query.products.ts', "'./shared/paging'", "'./shared/pager'"),
    { name: 'a module of Node', code: 'RES_IMPORT', edits: [['resolvers/Query.order.ts', 'import { get }', "import { randomUUID } from 'node:crypto';\nimport { get }"], ['resolvers/Query.order.ts', '  return order;', '  return { ...order, x: randomUUID() };']] },
    changed('a file for an unknown field', 'RES_UNATTACHED', 'resolvers/Query.shelf.ts', '', 'export const request = () => ({});\nexport const response = () => null;\n'),
    changed('an index that the table lacks', 'API_TABLE_INDEX', 'resolvers/Query.products.ts', "'byCategory'", "'byCategories'"),
    changed('a consistent read of an index', 'API_TABLE_CONSISTENCY', 'resolvers/Query.products.ts', "index: 'byCategory',", "index: 'byCategory', consistentRead: true,"),
    changed('a key that the table lacks', 'API_TABLE_KEY', 'resolvers/Query.order.ts', '{ id: ctx.args.id } }', '{ orderId: ctx.args.id } }'),
    changed('a variable that the API lacks', 'API_ENVIRONMENT_UNDEFINED', 'resolvers/Product.label.ts', 'ctx.env.STAGE', 'ctx.env.STAG', { severity: 'warning' }),
    changed('an unknown type in the second file', 'SDL_UNKNOWN_TYPE', orders, 'order(id: ID!): Order', 'order(id: ID!): Ordr'),
    changed('syntax in the second file', 'SDL_SYNTAX', orders, 'placeOrder(productId: ID!', 'placeOrder(productId ID!'),
    changed('a type of the other file', 'SDL_DUPLICATE_TYPE', orders, 'enum Status {', 'type Product { id: ID }\n\nenum Status {'),
    changed('a subscription to an unknown mutation', 'SDL_SUBSCRIPTION_MUTATION', orders, '["placeOrder"]', '["placeOrders"]'),
    changed('a type that callers with IAM cannot read', 'API_AUTH_UNREADABLE', orders, 'order(id: ID!): Order', 'order(id: ID!): Order @aws_iam @aws_cognito_user_pools', { severity: 'warning', line: 'type Order {' }),
    changed('a mode that the API lacks', 'API_AUTH_MODE', base, 'type Product @aws_iam', 'type Product @aws_api_key @aws_iam'),
    changed('a field that must not be null, without a resolver', 'API_FIELD_UNANSWERED', base, '(categoryId: ID): [Product]', '(categoryId: ID): [Product]\n  top: Product!'),
  ],
};

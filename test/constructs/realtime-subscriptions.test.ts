import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { DynamoTableSource, type EnterpriseGraphqlApi, Filter, Guard, NoneSource, RealtimeSubscriptions, type SubscriptionRule, Value } from '../../lib';
import { checkAssembly } from '../../lib/checks';
import { checkHandlerCode } from '../../lib/compiler';
import type { TextAsset } from '../../lib/constructs/text-asset';
import { readApis } from '../../lib/model';
import { getHandlers, type Project, project, withoutChecks } from './project';

const liveSchema = `enum Status { OPEN CLOSED }
type Room { id: ID! tenant: String }
type Item {
  id: ID!
  name: String
  owner: String
  status: Status
  n: Int
  isOpen: Boolean
  tags: [String]
  room: Room
  rooms: [Room]
}
type RemovedItem { id: ID! owner: String }
type Query {
  getItem(id: ID!): Item
}
type Mutation {
  putItem(id: ID!, name: String): Item
  removeItem(id: ID!): RemovedItem
}
type Subscription {
  onPutItem(id: ID, owner: String, ids: [ID!], room: ID!, least: Int, most: Int, exact: Int!, flag: Boolean): Item @aws_subscribe(mutations: ["putItem"])
}
`;

function codeOf(app: Project['app'], scope: { readonly node: { findChild(id: string): unknown } }): string {
  return readFileSync(join(app.outdir, (scope.node.findChild('Code') as TextAsset).assetPath), 'utf8');
}

function generatedCode(filter: Filter): string {
  const { app, api, template } = project({ 'schema.graphql': liveSchema, 'resolvers/Query.getItem.ts': getHandlers });
  const subscriptions = new RealtimeSubscriptions(api(), 'Live', { onPutItem: filter });
  withoutChecks(() => template());
  return codeOf(app, subscriptions.resolvers.get('onPutItem')!);
}

/** What is found about the rules of subscriptions. */
function findingsOf(rules: Record<string, SubscriptionRule>, prepare: (api: EnterpriseGraphqlApi) => void = () => undefined, files: Record<string, string> = {}) {
  const { app, api } = built(files);
  const made = api();
  prepare(made);
  new RealtimeSubscriptions(made, 'Live', rules);
  withoutChecks(() => app.synth());
  // What the test leaves out of the API is not what it is about.
  return checkAssembly(readApis(app.outdir)).filter(({ code }) => /FILTER|RES_ENDING/.test(code));
}

function built(files: Record<string, string> = {}): Project {
  return project({ 'schema.graphql': liveSchema, 'resolvers/Query.getItem.ts': getHandlers, ...files });
}

function messagesOf(filter: SubscriptionRule): string[] {
  return findingsOf({ onPutItem: filter }).map(({ code, message, fix }) => `${code}: ${message} (${fix})`);
}

test('a filter becomes a resolver that one can read', () => {
  expect(generatedCode(Filter.field('id').equalsArgument('id'))).toBe(`import { extensions, util } from '@aws-appsync/utils';

/** Subscription.onPutItem, generated from the rule declared in the stack. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
  const filters = [];
  if (ctx.args.id !== undefined && ctx.args.id !== null) {
    filters.push({ fieldName: 'id', operator: 'eq', value: ctx.args.id });
  }
  if (filters.length > 0) {
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });
  }
  return null;
}
`);
});

test('a list argument is held to the five members that AppSync takes', () => {
  expect(generatedCode(Filter.field('id').inArgument('ids'))).toContain(`    if (ctx.args.ids.length > 5) {
      util.error(\`"ids" takes at most 5 values, got \${ctx.args.ids.length}\`, 'BadRequest');
    }
    filters.push({ fieldName: 'id', operator: 'in', value: ctx.args.ids });`);
});

test('a caller without the identity that a filter compares with is refused, unless a group excepts it', () => {
  expect(generatedCode(Filter.field('owner').equalsIdentity('claims.tenant', { exceptGroups: ['admins', "o'hara"] }))).toContain(`
  if (!(ctx.identity?.groups ?? []).some((group) => group === 'admins' || group === 'o\\'hara')) {
    const required = ctx.identity?.claims?.tenant;
    if (!required) {
      util.unauthorized();
    }
    filters.push({ fieldName: 'owner', operator: 'eq', value: required });
  }
`);
});

test('every operator finds its way into the code', () => {
  const n = Filter.field('n');
  const name = Filter.field('name');
  const tags = Filter.field('tags');
  const operators = [
    n.equals(Value.fixed(1)),
    n.notEquals(Value.fixed(2)),
    n.atMost(Value.fixed(3)),
    n.lessThan(Value.fixed(4)),
    n.atLeast(Value.fixed(5)),
    n.moreThan(Value.fixed(6)),
    n.between(Value.fixed(7), Value.fixed(8)),
    n.isOneOf(Value.fixed([9, 10])),
    name.isNoneOf(Value.fixed(['a', "b'c"])),
    name.beginsWith(Value.fixed('d')),
    name.contains(Value.fixed('e')),
    tags.notContains(Value.fixed('f')),
    tags.containsAny(Value.fixed(['g'])),
  ];

  const pushed = [...generatedCode(Filter.all(...operators)).matchAll(/push\((.*)\);/g)].map(([, condition]) => condition);
  expect(pushed).toEqual([
    "{ fieldName: 'n', operator: 'eq', value: 1 }",
    "{ fieldName: 'n', operator: 'ne', value: 2 }",
    "{ fieldName: 'n', operator: 'le', value: 3 }",
    "{ fieldName: 'n', operator: 'lt', value: 4 }",
    "{ fieldName: 'n', operator: 'ge', value: 5 }",
    "{ fieldName: 'n', operator: 'gt', value: 6 }",
    "{ fieldName: 'n', operator: 'between', value: [7, 8] }",
    "{ fieldName: 'n', operator: 'in', value: [9, 10] }",
    "{ fieldName: 'name', operator: 'notIn', value: ['a', 'b\\'c'] }",
    "{ fieldName: 'name', operator: 'beginsWith', value: 'd' }",
    "{ fieldName: 'name', operator: 'contains', value: 'e' }",
    "{ fieldName: 'tags', operator: 'notContains', value: 'f' }",
    "{ fieldName: 'tags', operator: 'containsAny', value: ['g'] }",
  ]);
});

test('a condition around alternatives becomes one of each', () => {
  const filter = Filter.all(Filter.field('owner').equalsIdentity('sub'), Filter.any(Filter.field('id').equals(Value.argument('room')), Filter.field('n').equals(Value.argument('exact'))));

  expect(generatedCode(filter)).toContain(`
  const sub = ctx.identity?.sub;
  if (!sub) {
    util.unauthorized();
  }
  const filters1 = [];
  filters1.push({ fieldName: 'owner', operator: 'eq', value: sub });
  if (ctx.args.room !== undefined && ctx.args.room !== null) {
    filters1.push({ fieldName: 'id', operator: 'eq', value: ctx.args.room });
  }
  const filters2 = [];
  filters2.push({ fieldName: 'owner', operator: 'eq', value: sub });
  if (ctx.args.exact !== undefined && ctx.args.exact !== null) {
    filters2.push({ fieldName: 'n', operator: 'eq', value: ctx.args.exact });
  }
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: filters1 }, { filters: filters2 }] });
`);
});

test('a claim may have any name, and a key of several parts refuses the separator in them', () => {
  const code = generatedCode(Filter.field('room.tenant').equals(Value.join('#', Value.identity('claims.https://example.com/tenant'), Value.argument('room'))));

  expect(code).toContain("const httpsExampleComTenant = ctx.identity?.claims?.['https://example.com/tenant'];");
  expect(code).toContain("filters.push({ fieldName: 'room.tenant', operator: 'eq', value: joined('#', [httpsExampleComTenant, ctx.args.room]) });");
  expect(code).toContain("if (parts.some((part) => part.indexOf(separator) !== -1)) {\n    util.unauthorized();");
});

test.each([
  ['an argument', Filter.field('id').equalsArgument('id')],
  ['a list', Filter.field('id').inArgument('ids')],
  ['an identity', Filter.field('owner').equalsIdentity('sub', { exceptGroups: ['admins'] })],
  ['a range of arguments', Filter.field('n').between(Value.argument('least'), Value.argument('most'))],
  ['the groups of the caller', Filter.field('owner').isOneOf(Value.identity('groups'))],
  ['a fixed text', Filter.field('name').equals(Value.fixed("it's"))],
  ['a composed key', Filter.field('name').equals(Value.join('#', Value.identity('claims.custom:tenant'), Value.argument('room')))],
  ['several conditions', Filter.all(Filter.field('owner').equalsIdentity('sub'), Filter.field('room.id').equalsArgument('room'), Filter.field('n').atLeast(Value.argument('least')))],
  ['alternatives', Filter.any(Filter.field('isOpen').equals(Value.fixed(true)), Filter.field('n').equals(Value.argument('exact')))],
])('code generated for %s is code that AppSync takes, and nothing is found', (_title, filter) => {
  expect(checkHandlerCode({ code: { path: 'generated.js', text: generatedCode(filter) } })).toEqual([]);
  expect(messagesOf(filter)).toEqual([]);
});

test('a finding points at the line of the stack that says so', () => {
  const [finding] = findingsOf({ onPutItem: Filter.field('nmae').equalsArgument('id') });

  expect(finding?.location?.file).toContain('realtime-subscriptions.test.ts');
  expect(finding?.location?.lineText).toContain("Filter.field('nmae')");
});

test.each([
  ['an unknown field', Filter.field('nmae').equalsArgument('id'), 'API_FILTER_FIELD: the filter of Subscription.onPutItem tests "nmae", but "Item" has no field "nmae" (did you mean "name"?)'],
  ['an unknown nested field', Filter.field('room.tenat').equalsArgument('id'), 'API_FILTER_FIELD: the filter of Subscription.onPutItem tests "room.tenat", but "Room" has no field "tenat" (did you mean "tenant"?)'],
  ['an unknown argument', Filter.field('id').equalsArgument('idd'), 'API_FILTER_ARGUMENT: Subscription.onPutItem has no argument "idd" (did you mean "id" or "ids"?)'],
  ['an unknown argument in a key', Filter.field('id').equals(Value.join('#', Value.argument('rom'))), 'API_FILTER_ARGUMENT: Subscription.onPutItem has no argument "rom" (did you mean "room"?)'],
  ['an optional argument among alternatives', Filter.any(Filter.field('id').equalsArgument('id'), Filter.field('n').equals(Value.fixed(1))), 'API_FILTER_ARGUMENT: argument "id" of Subscription.onPutItem may be left out, and what then holds is not said (make it required: "id: ID!")'],
  ['an argument of another type', Filter.field('n').equalsArgument('id'), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "n", which is "Int", with argument "id", which is "ID" (compare values of one type)'],
  ['a list of another type', Filter.field('n').inArgument('ids'), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "n", which is "Int", with argument "ids", which is "[ID!]" (compare values of one type)'],
  ['a list as a single value', Filter.field('id').equalsArgument('ids'), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "id", which is "ID!", with argument "ids", which is "[ID!]", by "eq" (use "isOneOf", or an argument that is no list)'],
  ['an order of booleans', Filter.field('isOpen').lessThan(Value.fixed(true)), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "isOpen", which is "Boolean", by "lt" (use "eq", "ne", "in", "notIn")'],
  ['the beginning of a number', Filter.field('n').beginsWith(Value.fixed('1')), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "n", which is "Int", by "beginsWith" (use "eq", "ne", "in", "notIn", "le", "lt", "ge", "gt", "between")'],
  ['a list by equality', Filter.field('tags').equals(Value.fixed('a')), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "tags", which is "[String]", by "eq" (use "contains", "notContains", "containsAny")'],
  ['an object', Filter.field('room').equals(Value.fixed('a')), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "room", which is "Room", by "eq" (test one of its fields, with a dotted path)'],
  ['a value that an enum has not', Filter.field('status').equals(Value.fixed('OPNE')), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "status", which is "Status", with "OPNE" (did you mean "OPEN"?)'],
  ['the caller as a number', Filter.field('n').equalsIdentity('sub'), 'API_FILTER_TYPE: the filter of Subscription.onPutItem compares "n", which is "Int", with a text (compare values of one type)'],
  ['too many values', Filter.field('n').isOneOf(Value.fixed([1, 2, 3, 4, 5, 6])), 'API_FILTER_LIMIT: the filter of Subscription.onPutItem compares "n" with 6 values by "in", 1 to 5 are allowed (compare with fewer values)'],
  ['no values', Filter.field('n').isNoneOf(Value.fixed([])), 'API_FILTER_LIMIT: the filter of Subscription.onPutItem compares "n" with 0 values by "notIn", 1 to 5 are allowed (compare with at least one value)'],
  ['a long text', Filter.field('name').equals(Value.fixed('x'.repeat(257))), 'API_FILTER_LIMIT: the filter of Subscription.onPutItem compares "name" with a text of 257 characters, 256 are allowed (compare with a shorter text)'],
  [
    'too many alternatives',
    Filter.all(Filter.field('n').isOneOf(Value.fixed([1, 2, 3, 4])), Filter.field('name').isOneOf(Value.fixed(['a', 'b', 'c']))),
    'API_FILTER_LIMIT: the filter of Subscription.onPutItem has 12 alternatives, counting each value of "in", 10 are allowed (use fewer alternatives)',
  ],
  [
    'too many fields at once',
    Filter.all(...['id', 'name', 'owner', 'n', 'room.id', 'room.tenant'].map((field) => Filter.field(field).notEquals(Value.fixed(field === 'n' ? 0 : '-')))),
    'API_FILTER_LIMIT: the filter of Subscription.onPutItem tests 6 fields at once, 5 are allowed (test fewer fields)',
  ],
])('finds %s, once', (_title, filter, message) => {
  expect(messagesOf(filter)).toEqual([message]);
});

test('an exception has no place where it would let everything pass', () => {
  const excepted = Filter.field('owner').equalsIdentity('sub', { exceptGroups: ['admins'] });

  expect(() => Filter.any(excepted, Filter.field('isOpen').equals(Value.fixed(true)))).toThrow('Filter.any: "exceptGroups" has no place in an alternative; put the condition around it with Filter.all');
  expect(() => excepted.endedBy('Mutation.removeItem', excepted)).toThrow('endedBy Mutation.removeItem: "exceptGroups" has no place in what ends a subscription');
  expect(() => Filter.all()).toThrow('Filter.all: give at least one filter');
  expect(() => Value.join('', Value.argument('room'))).toThrow('"separator" of joined values must not be empty');
});

describe('a guard', () => {
  const key = { room: Value.join('#', Value.identity('claims.tenant'), Value.argument('room')), userId: Value.identity('sub') };

  test('is a step that reads the item, with the permission to do so and no other', () => {
    const { app, stack, api } = built();
    const made = api();
    const members = new DynamoTableSource(made, 'Members', { partitionKey: 'room', sortKey: 'userId' });
    new RealtimeSubscriptions(made, 'Live', { onPutItem: Filter.field('room.id').equalsArgument('room').when(Guard.itemExists(members, { key, where: { status: Value.fixed('ACTIVE') }, exceptGroups: ['admins'] })) });
    const template = withoutChecks(() => Template.fromStack(stack));

    template.hasResourceProperties('AWS::AppSync::Resolver', { TypeName: 'Subscription', FieldName: 'onPutItem', Kind: 'PIPELINE' });
    template.hasResourceProperties('AWS::AppSync::FunctionConfiguration', { Name: 'Subscription_onPutItem_guard1', DataSourceName: 'Members' });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Action: 'dynamodb:GetItem', Effect: 'Allow' }] } });
    const code = codeOf(app, made.functions.get('Subscription.onPutItem.guard1')!);
    expect(code).toContain(`  if ((ctx.identity?.groups ?? []).some((group) => group === 'admins')) {
    runtime.earlyReturn(null);
  }
`);
    expect(code).toContain("return get({ key: { room: joined('#', [tenant, ctx.args.room]), userId: sub }, consistentRead: true });");
    expect(code).toContain(`  const item = ctx.result;
  if (!item || item.status !== 'ACTIVE') {
    util.unauthorized();
  }
`);
    expect(checkHandlerCode({ code: { path: 'generated.js', text: code } })).toEqual([]);
  });

  test.each([
    ['owner', 'API_FILTER_ARGUMENT: argument "owner" of Subscription.onPutItem may be left out, and what then holds is not said'],
    ['rom', 'API_FILTER_ARGUMENT: Subscription.onPutItem has no argument "rom"'],
  ])('needs its arguments: "%s"', (argument, message) => {
    const { app, api } = built();
    const made = api();
    const items = new DynamoTableSource(made, 'Items', { partitionKey: 'id' });
    new RealtimeSubscriptions(made, 'Live', { onPutItem: Filter.field('id').equalsArgument('id').when(Guard.itemExists(items, { key: { id: Value.argument(argument) } })) });
    withoutChecks(() => app.synth());

    expect(checkAssembly(readApis(app.outdir)).filter(({ code }) => code.includes('FILTER')).map((finding) => `${finding.code}: ${finding.message}`)).toEqual([message]);
  });
});

describe('an ending', () => {
  const rule = Filter.field('room.id').equalsArgument('room').endedBy('Mutation.removeItem', Filter.all(Filter.field('id').equalsArgument('room'), Filter.field('owner').equalsIdentity('sub')));
  const pipeline = { 'resolvers/Mutation.removeItem/1-remove.ts': 'export const request = () => ({ payload: null });\nexport const response = (ctx) => ctx.result;\n' };

  test.each(['before', 'after'])('is written into both resolvers, whether the mutation is attached %s it is declared', (order) => {
    const { app, api } = built(pipeline);
    const made = api();
    const nothing = new NoneSource(made, 'Nothing');
    const attach = () => made.pipeline('Mutation.removeItem', [nothing]);
    if (order === 'before') attach();
    const live = new RealtimeSubscriptions(made, 'Live', { onPutItem: rule });
    if (order === 'after') attach();
    withoutChecks(() => app.synth());

    expect(codeOf(app, live.resolvers.get('onPutItem')!)).toContain(`  extensions.setSubscriptionInvalidationFilter({
    filterGroup: [
      {
        filters: [
          { fieldName: 'id', operator: 'eq', value: ctx.args.room },
          { fieldName: 'owner', operator: 'eq', value: sub },
        ],
      },
    ],
  });
`);
    const [api0] = readApis(app.outdir).apis;
    const mutation = api0?.resolvers.find(({ fieldName }) => fieldName === 'removeItem')?.handler;
    expect(mutation?.kind === 'APPSYNC_JS' && mutation.code.text).toBe(`import { extensions } from '@aws-appsync/utils';

/** Runs the steps of Mutation.removeItem; its result then ends the subscriptions that the stack ties to it. */
export function request() {
  return {};
}

export function response(ctx) {
  const result = ctx.prev.result;
  if (result) {
    extensions.invalidateSubscriptions({ subscriptionField: 'onPutItem', payload: result });
  }
  return result;
}
`);
    expect(checkAssembly(readApis(app.outdir)).filter(({ code }) => /FILTER|ENDING/.test(code))).toEqual([]);
  });

  const unit = (response: string) => ({ 'resolvers/Mutation.removeItem.ts': `import { extensions } from '@aws-appsync/utils';\nexport const request = () => ({ payload: null });\nexport function response(ctx) {\n  ${response}\n  return ctx.result;\n}\n` });
  const attachUnit = (api: EnterpriseGraphqlApi) => new NoneSource(api, 'Nothing').resolve('Mutation.removeItem');

  test('is demanded of code that people have written', () => {
    expect(findingsOf({ onPutItem: rule }, attachUnit, unit('console.log(extensions);'))).toMatchObject([
      {
        code: 'RES_ENDING',
        message: 'Mutation.removeItem is to end subscriptions to "onPutItem", but its code does not',
        fix: "call extensions.invalidateSubscriptions({ subscriptionField: 'onPutItem', payload: ctx.result }) in its response handler, or make it a pipeline folder without index.ts",
      },
    ]);
    expect(findingsOf({ onPutItem: rule }, attachUnit, unit("extensions.invalidateSubscriptions({ subscriptionField: 'onPutItem', payload: ctx.result });"))).toEqual([]);
  });

  test.each([
    ['a mutation that is none', Filter.field('id').equalsArgument('id').endedBy('Mutation.removItem', Filter.field('id').equalsArgument('room')), 'RES_ENDING: "Mutation.removItem" is to end subscriptions, but there is no such mutation (did you mean "Mutation.removeItem" or "Mutation.putItem"?)'],
    ['a field that the mutation’s result has not', Filter.field('id').equalsArgument('id').endedBy('Mutation.putItem', Filter.field('onwer').equalsIdentity('sub')), 'API_FILTER_FIELD: the filter of Mutation.putItem tests "onwer", but "Item" has no field "onwer" (did you mean "owner"?)'],
    ['an argument that may be left out', Filter.field('id').equalsArgument('id').endedBy('Mutation.putItem', Filter.field('id').equalsArgument('id')), 'API_FILTER_ARGUMENT: argument "id" of Subscription.onPutItem may be left out, and what then holds is not said (make it required: "id: ID!")'],
  ])('finds %s', (_title, bad, message) => {
    expect(messagesOf(bad)).toEqual([message]);
  });

  test('is for at most five subscription fields', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = liveSchema.replace(/type Subscription \{[^}]*\}/, `type Subscription {\n${names.map((name) => `  ${name}(room: ID!): Item @aws_subscribe(mutations: ["putItem"])`).join('\n')}\n}`);

    expect(findingsOf(Object.fromEntries(names.map((name) => [name, rule])), undefined, { 'schema.graphql': many })).toMatchObject([
      { code: 'RES_ENDING', message: 'Mutation.removeItem is to end subscriptions to 6 fields, AppSync takes 5 invalidations in a request' },
    ]);
  });
});

import { compareSchemas, type CompareOptions, loadSchema, schemaChangeCodes, type SchemaModel } from '../../lib/sdl';

function model(path: string, text: string): SchemaModel {
  const { value, diagnostics } = loadSchema([{ path, text }]);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return value;
}

/** Findings as `CODE file:line:column message`, errors marked by `!`. */
function changes(before: string, after: string, options?: CompareOptions): string[] {
  const { diagnostics } = compareSchemas(model('old.graphql', before), model('new.graphql', after), options);
  return diagnostics.map(({ code, severity, message, location }) => `${severity === 'error' ? '!' : ''}${code} ${location?.file}:${location?.line}:${location?.column} ${message}`);
}

const shop = `type Query {
  item(id: ID!, limit: Int = 10): Item
  items(filter: Filter): [Found!]!
}
type Mutation {
  put(id: ID!): Item
  drop(id: ID!): Item
}
type Subscription {
  onPut(id: ID): Item @aws_subscribe(mutations: ["put"])
}
interface Node { id: ID! }
type Item implements Node {
  id: ID!
  name: String
}
type Note { text: String }
union Found = Item | Note
enum Status { ON OFF }
input Filter {
  status: Status = ON
  tag: String
}
`;

describe('plain GraphQL', () => {
  it('finds nothing between equal schemas, in whatever order they are written', () => {
    expect(changes(shop, shop)).toEqual([]);
    expect(changes('type Query { a: Int b: Int } type A { x: Int }', 'type A { x: Int } type Query { b: Int a: Int }')).toEqual([]);
  });

  it.each([
    ['a removed type, in the baseline', shop.replace('type Note { text: String }\n', '').replace(' | Note', ''), ['!SDL_BREAKING_TYPE_REMOVED old.graphql:17:6 Note was removed', '!SDL_BREAKING_MEMBER_REMOVED new.graphql:17:7 Note was removed from union type Found']],
    ['a type of another kind', shop.replace('enum Status { ON OFF }', 'input Status { on: Int }').replace('Status = ON', 'Status'), ['!SDL_BREAKING_TYPE_KIND new.graphql:19:7 Status changed from an Enum type to an Input type', 'SDL_DANGEROUS_DEFAULT new.graphql:21:3 Filter.status has changed its default from ON to none']],
    ['a removed field, in the baseline', shop.replace('  name: String\n', ''), ['!SDL_BREAKING_FIELD_REMOVED old.graphql:15:3 Item.name was removed']],
    ['an output that may become null', shop.replace('[Found!]!', '[Found!]'), ['!SDL_BREAKING_FIELD_TYPE new.graphql:3:3 Query.items changed type from [Found!]! to [Found!]']],
    ['an input field that must be given', shop.replace('tag: String', 'tag: String!'), ['!SDL_BREAKING_FIELD_TYPE new.graphql:22:3 Filter.tag changed type from String to String!']],
    ['a new input field that must be given', shop.replace('tag: String', 'tag: String\n  kind: Int!'), ['!SDL_BREAKING_INPUT_REQUIRED new.graphql:23:3 a required field kind on input type Filter was added']],
    ['a new input field', shop.replace('tag: String', 'tag: String\n  kind: Int'), ['SDL_DANGEROUS_INPUT_ADDED new.graphql:23:3 an optional field kind on input type Filter was added']],
    ['a new argument that must be given', shop.replace('put(id: ID!)', 'put(id: ID!, name: String!)'), ['!SDL_BREAKING_ARGUMENT_REQUIRED new.graphql:6:16 a required arg name on Mutation.put was added']],
    ['a new argument', shop.replace('put(id: ID!)', 'put(id: ID!, name: String)'), ['SDL_DANGEROUS_ARGUMENT_ADDED new.graphql:6:16 an optional arg name on Mutation.put was added']],
    ['a removed argument, in the baseline', shop.replace('(filter: Filter)', ''), ['!SDL_BREAKING_ARGUMENT_REMOVED old.graphql:3:9 Query.items arg filter was removed']],
    ['an argument of another type', shop.replace('limit: Int = 10', 'limit: String'), ['!SDL_BREAKING_ARGUMENT_TYPE new.graphql:2:17 Query.item arg limit has changed type from Int to String']],
    ['the default of an argument', shop.replace('= 10', '= 20'), ['SDL_DANGEROUS_DEFAULT new.graphql:2:17 Query.item arg limit has changed defaultValue from 10 to 20']],
    ['the default of an input field', shop.replace('= ON', '= OFF'), ['SDL_DANGEROUS_DEFAULT new.graphql:21:3 Filter.status has changed its default from ON to OFF']],
    ['a removed enum value', shop.replace('ON OFF', 'ON'), ['!SDL_BREAKING_VALUE_REMOVED new.graphql:19:6 OFF was removed from enum type Status']],
    ['a new enum value', shop.replace('ON OFF', 'ON OFF OLD'), ['SDL_DANGEROUS_VALUE_ADDED new.graphql:19:6 OLD was added to enum type Status']],
    ['a new union member', shop.replace('= Item | Note', '= Item | Note | More') + 'type More { a: Int }', ['SDL_DANGEROUS_MEMBER_ADDED new.graphql:18:7 More was added to union type Found']],
    ['a removed interface', shop.replace(' implements Node', ''), ['!SDL_BREAKING_INTERFACE_REMOVED new.graphql:13:6 Item no longer implements interface Node']],
    ['a new interface', shop.replace('interface Node', 'interface Named { name: String }\ninterface Node').replace('implements Node', 'implements Node & Named'), ['SDL_DANGEROUS_INTERFACE_ADDED new.graphql:14:6 Named added to interfaces implemented by Item']],
    ['a root type that is none any more', `schema { query: Query mutation: Mutation }\n${shop}`, ['!SDL_BREAKING_ROOT new.graphql:10:6 Subscription is no longer the subscription type']],
  ])('reports %s', (_what, after, expected) => {
    expect(changes(shop, after)).toEqual(expected);
  });

  it('lists as safe what no client notices', () => {
    const after = shop.replace('name: String', 'name: String! @deprecated(reason: "x")\n  extra: Extra').replace('drop(id: ID!)', 'drop(id: ID)') + 'type Extra { a: Int }';
    const { diagnostics, safe } = compareSchemas(model('old.graphql', shop), model('new.graphql', after));

    expect(diagnostics).toEqual([]);
    expect(safe.map(({ message, location }) => `${location?.line}:${location?.column} ${message}`)).toEqual(['15:3 Item.name is deprecated', '16:3 Item.extra was added', '25:6 Extra was added']);
  });
});

describe('authorization', () => {
  const query = (field: string, type = '') => `type Query${type} {\n  a: Int${field}\n  b: Int\n}\n`;
  const pool = { defaultMode: 'AMAZON_COGNITO_USER_POOLS' };

  it('takes no other order, and no directive that only says the default again, for a change', () => {
    expect(changes(query(' @aws_iam @aws_api_key'), query(' @aws_api_key @aws_iam'))).toEqual([]);
    expect(changes(query(' @aws_cognito_user_pools'), query(''), pool)).toEqual([]);
    expect(changes(query(' @aws_iam', ' @aws_iam'), query('', ' @aws_iam'))).toEqual([]);
  });

  it('calls a field that opens dangerous', () => {
    expect(changes(query(' @aws_cognito_user_pools(cognito_groups: ["admins"])'), query(' @aws_cognito_user_pools(cognito_groups: ["admins", "staff"])'))).toEqual(['SDL_DANGEROUS_ACCESS new.graphql:2:10 Query.a is opened to the group "staff"']);
    expect(changes(query(' @aws_cognito_user_pools(cognito_groups: ["admins"])'), query(' @aws_cognito_user_pools'))).toEqual(['SDL_DANGEROUS_ACCESS new.graphql:2:10 Query.a is opened to @aws_cognito_user_pools']);
    expect(changes(query(' @aws_auth(cognito_groups: ["admins"])'), query(''), pool)).toEqual(['SDL_DANGEROUS_ACCESS new.graphql:2:3 Query.a is opened to @aws_cognito_user_pools']);
    expect(changes(query(' @aws_cognito_user_pools(cognito_groups: ["admins"])'), query(''))).toEqual(['SDL_DANGEROUS_ACCESS new.graphql:2:3 Query.a is opened to callers of the default mode']);
  });

  it('calls a field that closes breaking', () => {
    expect(changes(query(' @aws_iam @aws_api_key'), query(' @aws_iam'))).toEqual(['!SDL_BREAKING_ACCESS new.graphql:2:10 Query.a is closed to @aws_api_key']);
    expect(changes(query(''), query(' @aws_cognito_user_pools(cognito_groups: ["admins"])'), pool)).toEqual(['!SDL_BREAKING_ACCESS new.graphql:2:10 Query.a is closed to @aws_cognito_user_pools']);
    expect(changes(query(''), query(' @aws_iam'))).toEqual(['!SDL_BREAKING_ACCESS new.graphql:2:10 Query.a is closed to callers of the default mode']);
  });

  it('tells both halves when a field changes hands and the default is known', () => {
    expect(changes(query(' @aws_iam'), query(''), { defaultMode: 'API_KEY' })).toEqual(['!SDL_BREAKING_ACCESS new.graphql:2:3 Query.a is closed to @aws_iam', 'SDL_DANGEROUS_ACCESS new.graphql:2:3 Query.a is opened to @aws_api_key']);
  });

  it('tells a change of a whole type once, and apart the fields with directives of their own', () => {
    expect(changes(query('', ' @aws_iam @aws_api_key'), query('', ' @aws_iam'))).toEqual(['!SDL_BREAKING_ACCESS new.graphql:1:12 Query is closed to @aws_api_key']);
    expect(changes(query(' @aws_api_key', ' @aws_iam'), query('', ' @aws_iam'))).toEqual([
      '!SDL_BREAKING_ACCESS new.graphql:2:3 Query.a is closed to @aws_api_key',
      'SDL_DANGEROUS_ACCESS new.graphql:2:3 Query.a is opened to @aws_iam',
    ]);
  });

  it('shows what stood in the baseline', () => {
    const { diagnostics } = compareSchemas(model('old.graphql', query(' @aws_iam @aws_api_key')), model('new.graphql', query(' @aws_iam')));
    expect(diagnostics[0]?.notes).toMatchObject([{ message: 'in the baseline', location: { file: 'old.graphql', line: 2, column: 10 } }]);
  });
});

describe('subscriptions', () => {
  it('reports mutations that are followed no more, and new ones', () => {
    expect(changes(shop, shop.replace('mutations: ["put"]', 'mutations: ["drop"]'))).toEqual([
      '!SDL_BREAKING_SUBSCRIPTION new.graphql:10:3 Subscription.onPut no longer follows the mutation "put"',
      'SDL_DANGEROUS_SUBSCRIPTION new.graphql:10:3 Subscription.onPut also follows the mutation "drop"',
    ]);
    expect(changes(shop, shop.replace(' @aws_subscribe(mutations: ["put"])', ''))).toEqual(['!SDL_BREAKING_SUBSCRIPTION new.graphql:10:3 Subscription.onPut no longer follows the mutation "put"']);
  });
});

it('gives every code one severity, which its name says', () => {
  const severities = schemaChangeCodes.map(({ code, severity }) => [code.split('_')[1], severity].join(' '));
  expect([...new Set(severities)].sort()).toEqual(['BASELINE error', 'BREAKING error', 'DANGEROUS warning']);
  expect(new Set(schemaChangeCodes.map(({ code }) => code)).size).toBe(schemaChangeCodes.length);
});

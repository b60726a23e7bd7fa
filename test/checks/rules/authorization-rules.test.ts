import { apiKey, expectFound, findings, iam, userPool } from './schema-harness';

describe('caller-can-read-what-it-calls', () => {
  const code = 'API_AUTH_UNREADABLE';
  const authorization = [userPool, iam];

  it('accepts types that list every mode that gets to them', () => {
    expectFound(
      `
        type Query { getOrder: Order @aws_iam mine: Basket }
        type Order @aws_cognito_user_pools @aws_iam { id: ID items: [Item!]! }
        type Item @aws_cognito_user_pools @aws_iam { id: ID }
        type Basket { items: [Item] }
      `,
      { authorization },
    ).toEqual([]);
  });

  it('accepts a type that opens single fields', () => {
    expectFound(
      `
        type Query { getOrder: Order @aws_iam @aws_cognito_user_pools }
        type Order { id: ID @aws_iam @aws_cognito_user_pools total: Float }
      `,
      { authorization },
    ).toEqual([]);
  });

  it('accepts what looks meant: a nullable field of a type kept for others, and one member of a union', () => {
    expectFound(
      `
        type Query { getUser: User @aws_iam search: [Hit] @aws_iam }
        type User @aws_iam { name: String payment: Payment }
        type Payment @aws_cognito_user_pools { card: String }
        union Hit = User | Payment
      `,
      { authorization },
    ).toEqual([]);
  });

  it('says nothing of a single mode, and of what is reached by fields that are closed', () => {
    expectFound('type Query { getOrder: Order }\ntype Order { id: ID }', { authorization: [iam] }).toEqual([]);
    expectFound('type Query { a: A @aws_iam }\ntype A @aws_iam { b: B @aws_cognito_user_pools c: Int }\ntype B { d: Int }', { authorization }).toEqual([]);
  });

  it('reports a nested type without directives once per mode, with the way to it', () => {
    const sdl = `
      type Query {
        getOrder: Order @aws_iam @aws_api_key @aws_cognito_user_pools
        lastOrder: Order @aws_iam
      }
      type Order @aws_iam @aws_api_key @aws_cognito_user_pools { id: ID! items: [OrderItem!]! }
      type OrderItem { sku: ID! }
    `;

    const found = findings(sdl, { authorization: [userPool, iam, apiKey] });
    expect(found).toMatchObject([
      { code, severity: 'warning', location: { line: 6, column: 6 }, message: 'callers with AWS_IAM cannot read "OrderItem", which they reach by Query.getOrder → Order.items → OrderItem' },
      { code, message: 'callers with API_KEY cannot read "OrderItem", which they reach by Query.getOrder → Order.items → OrderItem' },
    ]);
    expect(found[0]?.fix).toBe('add "@aws_cognito_user_pools @aws_iam" to "OrderItem": once it has a directive, it needs the default mode\'s as well');
    expect(found[0]?.notes).toMatchObject([{ message: 'Order.items returns it here', location: { line: 5, column: 68 } }]);
    expect(found[0]?.resource?.logicalId).toBe('ApiSchema');
  });

  it('reports a type that shuts out the default mode, when a field returns it at the top or cannot do without it', () => {
    expectFound(
      `
        type Query { a: A b: B @aws_iam @aws_cognito_user_pools }
        type A @aws_iam { id: ID }
        type B @aws_iam @aws_cognito_user_pools { c: C! }
        type C @aws_cognito_user_pools { id: ID }
      `,
      { authorization },
    ).toEqual([
      { code, at: '2:6', message: 'callers with AMAZON_COGNITO_USER_POOLS cannot read "A", which they reach by Query.a → A' },
      { code, at: '4:6', message: 'callers with AWS_IAM cannot read "C", which they reach by Query.b → B.c → C' },
    ]);
  });

  it('reports an optional type that signed callers cannot read although every holder of an API key can', () => {
    const sdl = `
      type Query { order: Order @aws_cognito_user_pools @aws_api_key @aws_iam }
      type Order @aws_cognito_user_pools @aws_api_key @aws_iam { id: ID items: [Item] again: [Item] }
      type Item @aws_cognito_user_pools @aws_api_key { sku: ID }
    `;

    expectFound(sdl, { authorization: [userPool, apiKey, iam] }).toEqual([{ code, at: '3:6', message: 'callers with AWS_IAM cannot read "Item", which they reach by Query.order → Order.items → Item' }]);
    expect(findings(sdl, { authorization: [userPool, apiKey, iam] })[0]?.fix).toBe('add "@aws_iam" to "Item"');
  });

  it('leaves an optional type that is kept from API keys, or for users', () => {
    expectFound(
      `
        type Query { order: Order @aws_cognito_user_pools @aws_api_key @aws_iam }
        type Order @aws_cognito_user_pools @aws_api_key @aws_iam { id: ID payment: Payment notes: [Note] }
        type Payment @aws_cognito_user_pools @aws_iam { card: ID }
        type Note @aws_cognito_user_pools { text: String }
      `,
      { authorization: [userPool, apiKey, iam] },
    ).toEqual([]);
  });

  it('reports members of a group who may change what they may not read', () => {
    const sdl = `
      type Mutation { stock: Product! @aws_cognito_user_pools(cognito_groups: ["admins", "warehouse"]) }
      type Product @aws_cognito_user_pools(cognito_groups: ["customers", "admins"]) { id: ID! }
    `;

    expectFound(sdl, { authorization: [userPool] }).toEqual([{ code, at: '2:6', message: 'members of "warehouse" cannot read "Product", which they reach by Mutation.stock → Product' }]);
    expect(findings(sdl, { authorization: [userPool] })[0]?.fix).toBe('add "warehouse" to the groups of "Product", or take it from those of Mutation.stock');
  });

  it('leaves a type kept for groups behind a field for everybody', () => {
    expectFound('type Query { getProduct: Product }\ntype Product @aws_cognito_user_pools(cognito_groups: ["admins"]) { id: ID! }', { authorization: [userPool] }).toEqual([]);
  });

  it('counts @aws_auth where it counts', () => {
    expectFound('type Query { a: A @aws_auth(cognito_groups: ["staff"]) }\ntype A @aws_auth(cognito_groups: ["admins"]) { id: ID }', { authorization: [userPool] }).toEqual([
      { code, at: '2:6', message: 'members of "staff" cannot read "A", which they reach by Query.a → A' },
    ]);
  });

  it('walks through circles of types', () => {
    expectFound('type Query { a: A @aws_iam }\ntype A @aws_iam { b: B }\ntype B @aws_iam { a: A c: C }\ntype C { d: Int }', { authorization }).toEqual([
      { code, at: '4:6', message: 'callers with AWS_IAM cannot read "C", which they reach by Query.a → A.b → B.c → C' },
    ]);
  });
});

describe('aws-auth-stands-alone', () => {
  const code = 'API_AWS_AUTH';

  it('accepts the directive with the user pool as single mode', () => {
    expectFound('type Query { a: Int @aws_auth(cognito_groups: ["admins"]) }', { authorization: [userPool] }).toEqual([]);
  });

  it('accepts the newer directive with several modes', () => {
    expectFound('type Query { a: Int @aws_cognito_user_pools(cognito_groups: ["admins"]) }', { authorization: [userPool, iam] }).toEqual([]);
  });

  it('reports it on fields and types of an API with several modes', () => {
    const sdl = `
      type Query @aws_auth(cognito_groups: ["admins"]) { a: Int }
      type Mutation { b: Int @aws_auth(cognito_groups: ["admins"]) }
    `;

    expectFound(sdl, { authorization: [userPool, iam] }).toEqual([
      { code, at: '1:12', message: '"@aws_auth" on Query protects nothing, because the API "Shop" has several authorization modes: AMAZON_COGNITO_USER_POOLS, AWS_IAM' },
      { code, at: '2:24', message: '"@aws_auth" on Mutation.b protects nothing, because the API "Shop" has several authorization modes: AMAZON_COGNITO_USER_POOLS, AWS_IAM' },
    ]);
    expect(findings(sdl, { authorization: [userPool, iam] })[0]).toMatchObject({ severity: 'error', fix: 'write "@aws_cognito_user_pools" in its place' });
  });

  it('counts two user pools as several modes', () => {
    expectFound('type Query { a: Int @aws_auth(cognito_groups: ["admins"]) }', { authorization: [userPool, { ...userPool, userPoolId: 'us-east-1_other' }] }).toMatchObject([{ code, at: '1:21' }]);
  });
});

describe('root-fields-are-protected-alike', () => {
  const code = 'API_AUTH_FORGOTTEN';

  it('accepts a public catalogue beside writing for users', () => {
    expectFound(
      `
        type Query { list: Int get: Int mine: Int @aws_cognito_user_pools theirs: Int @aws_cognito_user_pools all: Int @aws_cognito_user_pools }
        type Mutation { add: Int @aws_cognito_user_pools drop: Int @aws_cognito_user_pools }
      `,
      { authorization: [apiKey, userPool] },
    ).toEqual([]);
  });

  it('accepts fields of users beside fields of backends, and few groups among much that is for everybody', () => {
    expectFound('type Mutation { mine: Int sync: Int @aws_iam load: Int @aws_iam }', { authorization: [userPool, iam] }).toEqual([]);
    expectFound('type Mutation { a: Int b: Int c: Int @aws_auth d: Int @aws_cognito_user_pools(cognito_groups: ["x"]) e: Int @aws_cognito_user_pools(cognito_groups: ["x"]) }', { authorization: [userPool] }).toEqual([]);
  });

  it('accepts a field that says it is meant, a default that denies and a type with a directive', () => {
    const guarded = 'a: Int @aws_cognito_user_pools(cognito_groups: ["x"]) b: Int @aws_cognito_user_pools(cognito_groups: ["x"])';

    expectFound(`type Mutation { ${guarded} c: Int @aws_cognito_user_pools }`, { authorization: [userPool] }).toEqual([]);
    expectFound(`type Mutation { ${guarded} c: Int }`, { authorization: [{ ...userPool, defaultAction: 'DENY' }] }).toEqual([]);
    expectFound(`type Mutation @aws_cognito_user_pools { ${guarded} c: Int }`, { authorization: [userPool] }).toEqual([]);
  });

  it('reports the one mutation that every holder of an API key may call', () => {
    const sdl = `
      type Mutation {
        add: Int @aws_cognito_user_pools
        change: Int @aws_iam
        drop: Int
      }
    `;

    expectFound(sdl, { authorization: [apiKey, userPool, iam] }).toEqual([
      { code, at: '4:3', message: 'Mutation.drop has no authorization directive, so every holder of an API key may call it, unlike Mutation.add and 1 more' },
    ]);
    expect(findings(sdl, { authorization: [apiKey, userPool, iam] })[0]?.fix).toBe('protect it like Mutation.add, or write "@aws_api_key" to say that it is meant');
  });

  it('reports the one field that is not kept to a group', () => {
    expectFound(
      `
        type Query {
          a: Int @aws_cognito_user_pools(cognito_groups: ["admins"])
          b: Int @aws_cognito_user_pools(cognito_groups: ["admins"])
          c: Int
        }
      `,
      { authorization: [userPool] },
    ).toEqual([{ code, at: '4:3', message: 'Query.c has no authorization directive, so every user of the pool may call it, unlike Query.a and 1 more' }]);
  });

  it('knows @aws_auth where it counts', () => {
    const sdl = 'type Mutation { a: Int @aws_auth(cognito_groups: ["x"]) b: Int @aws_auth(cognito_groups: ["x"])\n  c: Int }';

    expectFound(sdl, { authorization: [userPool] }).toEqual([{ code, at: '2:3', message: 'Mutation.c has no authorization directive, so every user of the pool may call it, unlike Mutation.a and 1 more' }]);
  });
});

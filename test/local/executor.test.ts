import { apiKeyCaller, harness } from './executor-fixture';

const schema = `
  type Post { id: ID! title: String views: Int rating: Float live: Boolean status: Status author: Author tags: [String!] meta: AWSJSON at: AWSDateTime related: [Post] }
  type Author { name: String! }
  enum Status { DRAFT PUBLISHED }
  interface Media { url: String! }
  type Image implements Media { url: String! width: Int }
  type Video implements Media { url: String! seconds: Int }
  union Hit = Post | Image
  input PostInput { title: String! tags: [String!] }
  type Query { post(id: ID!): Post posts: [Post!] sure: Post! media: [Media] hit: Hit echo(n: Int = 3, input: PostInput, list: [Int!]): String }
  type Mutation { save(title: String): Post remove: Post }
  schema { query: Query mutation: Mutation }
`;
const location = (line: number, column: number) => [{ line, column, sourceName: null }];

describe('completion', () => {
  test('answers with the value of the resolver, in the order of the selection', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.post': { response: (ctx) => ({ title: 'Hello', id: ctx.args.id, views: '7', author: { name: 'Ann' } }) } } });

    const body = await run('query Q($id: ID!) { post(id: $id) { views id heading: title author { name __typename } tags } }', { id: 1 });

    expect(JSON.stringify(body)).toBe('{"data":{"post":{"views":7,"id":"1","heading":"Hello","author":{"name":"Ann","__typename":"Author"},"tags":null}}}');
  });

  test('leaves a root field without resolver null', async () => {
    expect(await harness({ schema }).run('{ post(id: 1) { id } }')).toEqual({ data: { post: null } });
  });

  test.each([
    ['an object for a list', 'posts', {}, "Can't resolve value (/posts) : type mismatch error, expected type LIST, got OBJECT"],
    ['a list for an object', 'hit: post(id: 1)', [], "Can't resolve value (/hit) : type mismatch error, expected type OBJECT, got LIST"],
  ])('reports %s', async (_name, field, result, message) => {
    const { run } = harness({ schema, resolvers: { 'Query.posts': { response: () => result }, 'Query.post': { response: () => result } } });

    const body = await run(`{ ${field} { id } }`);

    const [key = ''] = field.split(':');
    expect(body).toEqual({ data: { [key]: null }, errors: [{ path: [key], locations: null, message }] });
  });

  test.each([
    ['views', 'many', "Expected type 'Int' but was 'String'."],
    ['views', 2 ** 31, "Expected type 'Int' but was 'Long'."],
    ['rating', true, "Expected type 'Float' but was 'Boolean'."],
    ['live', {}, "Expected type 'Boolean' but was 'LinkedHashMap'."],
    ['status', 'LOST', "Invalid input for Enum 'Status'. No value found for name 'LOST'"],
  ])('makes %s null when it cannot hold %p', async (field, bad, reason) => {
    const { run } = harness({ schema, resolvers: { 'Query.posts': { response: () => [{ [field]: bad }] } } });

    expect(await run(`{ posts { ${field} } }`)).toEqual({
      data: { posts: [{ [field]: null }] },
      errors: [{ path: ['posts', 0, field], locations: null, message: `Can't serialize value (/posts[0]/${field}) : ${reason}` }],
    });
  });

  test('prints maps in text fields the way Java does', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.posts': { response: () => [{ title: { a: 1, b: ['x', null] } }] } } });

    expect(await run('{ posts { title } }')).toEqual({ data: { posts: [{ title: '{a=1, b=[x, null]}' }] } });
  });

  test('carries null in a non-null place up to the nearest nullable parent and reports each one', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.posts': { response: () => [{ id: 'a', author: {} }, { title: 'no id' }] } } });

    expect(await run('{ posts { id author { name } } }')).toEqual({
      data: { posts: null },
      errors: [
        { path: ['posts', 0, 'author', 'name'], locations: null, message: "Cannot return null for non-nullable type: 'String' within parent 'Author' (/posts[0]/author/name)" },
        { path: ['posts', 1, 'id'], locations: null, message: "Cannot return null for non-nullable type: 'ID' within parent 'Post' (/posts[1]/id)" },
      ],
    });
  });

  test('makes the whole of data null when a root field may not be null', async () => {
    expect(await harness({ schema }).run('{ sure { id } posts { id } }')).toEqual({
      data: null,
      errors: [{ path: ['sure'], locations: null, message: "Cannot return null for non-nullable type: 'Post' within parent 'Query' (/sure)" }],
    });
  });

  test('tells the members of interfaces and unions by __typename and reports a value without it', async () => {
    const media = [{ __typename: 'Image', url: 'a', width: 1 }, { url: 'b' }, { __typename: 'Post', url: 'c' }];
    const { run } = harness({ schema, resolvers: { 'Query.media': { response: () => media }, 'Query.hit': { response: () => ({ __typename: 'Post', id: 1 }) } } });

    const body = await run('{ media { kind: __typename url ... on Image { width } ... on Video { seconds } } hit { ... on Post { id } ... on Media { url } } }');

    expect(body).toEqual({
      data: { media: [{ kind: 'Image', url: 'a', width: 1 }, null, null], hit: { id: '1' } },
      errors: [1, 2].map((index) => ({
        path: ['media', index],
        locations: null,
        message: `Can't resolve '/media[${index}]'. Abstract type 'Media' must resolve to an Object type at runtime for field 'Query.media'. Could not determine the exact type of 'Media'`,
      })),
    });
  });

  test('skips and includes fields by variables, at every occurrence of a merged field', async () => {
    const { run } = harness({ schema, resolvers: { 'Query.posts': { response: () => [{ id: 1, title: 'T', views: 2 }] } } });
    const query = 'query ($a: Boolean!, $b: Boolean!) { posts @include(if: $a) { id } posts @skip(if: $b) { title } other: posts @include(if: false) { id } }';

    expect(await run(query, { a: true, b: true })).toEqual({ data: { posts: [{ id: '1' }] } });
    expect(await run(query, { a: true, b: false })).toEqual({ data: { posts: [{ id: '1', title: 'T' }] } });
    expect(await run(query, { a: false, b: true })).toEqual({ data: {} });
  });

  test('serves introspection, and refuses it as undefined fields when it is switched off', async () => {
    const query = '{ __typename __schema { queryType { name } } __type(name: "Status") { kind enumValues { name } } }';

    expect(await harness({ schema }).run(query)).toEqual({
      data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } }, __type: { kind: 'ENUM', enumValues: [{ name: 'DRAFT' }, { name: 'PUBLISHED' }] } },
    });
    const off = harness({ schema, model: { introspection: false } });
    expect(await off.run('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(messages(await off.run(query))).toEqual([
      "Validation error of type FieldUndefined: Field '__schema' in type 'Query' is undefined @ '__schema'",
      "Validation error of type FieldUndefined: Field '__type' in type 'Query' is undefined @ '__type'",
    ]);
  });
});

describe('arguments', () => {
  const echo = { 'Query.echo': { response: (ctx: { args: unknown }) => JSON.stringify(ctx.args) } };

  test.each([
    ['{ echo }', undefined, '{"n":3}'],
    ['{ echo(n: null) }', undefined, '{"n":null}'],
    ['query ($n: Int) { echo(n: $n) }', {}, '{"n":3}'],
    ['query ($n: Int) { echo(n: $n) }', { n: null }, '{"n":null}'],
    ['query ($n: Int = 5) { echo(n: $n) }', {}, '{"n":5}'],
    ['query ($n: Int) { echo(n: $n) }', { n: '12' }, '{"n":12}'],
    ['query ($l: [Int!]) { echo(n: 1, list: $l) }', { l: 4 }, '{"n":1,"list":[4]}'],
    ['query ($t: String!) { echo(n: 1, input: { title: $t, tags: ["a"] }) }', { t: 7 }, '{"n":1,"input":{"title":"7","tags":["a"]}}'],
  ])('%s with %p reach the resolver', async (query, variables, args) => {
    expect(await harness({ schema, resolvers: echo }).run(query, variables)).toEqual({ data: { echo: args } });
  });

  test.each([
    ['query ($i: PostInput) { echo(input: $i) }', { i: {} }, "Variable 'i' has coerced Null value for NonNull type 'String!'", location(1, 8)],
    ['query ($i: PostInput) { echo(input: $i) }', { i: { title: null } }, "Variable 'i' has coerced Null value for NonNull type 'String!'", location(1, 8)],
    ['query ($i: PostInput!) { echo(input: $i) }', {}, "Variable 'i' has coerced Null value for NonNull type 'PostInput!'", location(1, 8)],
    ['query ($i: PostInput) { echo(input: $i) }', { i: { title: 'x', size: 1 } }, "The variables input contains a field that is not defined for input object type 'PostInput' ", null],
    ['query ($n: Int) { echo(n: $n) }', { n: 'x' }, "Variable 'n' has an invalid value.", location(1, 8)],
    ['query ($i: PostInput) { echo(input: $i) }', { i: 'x' }, "Variable 'i' has an invalid value.", location(1, 8)],
  ])('%s refuses %p', async (query, variables, message, locations) => {
    expect(JSON.stringify(await harness({ schema, resolvers: echo }).run(query, variables))).toBe(JSON.stringify({ data: null, errors: [{ path: null, locations, message }] }));
  });
});

describe('validation', () => {
  test.each([
    ['{ bad }', "FieldUndefined: Field 'bad' in type 'Query' is undefined @ 'bad'"],
    ['query Q { p: post(id: 1) { author { age } } }', "FieldUndefined: Field 'age' in type 'Author' is undefined @ 'post/author/age'"],
    ['{ post { id } }', "MissingFieldArgument: Missing field argument id @ 'post'"],
    ['{ posts(page: 1) { id } }', "UnknownArgument: Unknown field argument page @ 'posts'"],
    ['{ echo(n: "x") }', "WrongType: argument 'n' with value 'StringValue{value='x'}' is not a valid 'Int' @ 'echo'"],
    ['{ echo(input: { tags: [] }) }', "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='tags', value=ArrayValue{values=[]}}]}' is missing required fields '[title]' @ 'echo'"],
    ['{ echo(input: { title: "t", x: 1 }) }', "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='title', value=StringValue{value='t'}}, ObjectField{name='x', value=IntValue{value=1}}]}' contains a field not in 'PostInput': 'x' @ 'echo'"],
    ['{ posts }', "SubSelectionRequired: Sub selection required for type Post of field posts @ 'posts'"],
    ['{ posts { title { x } } }', "SubSelectionNotAllowed: Sub selection not allowed on leaf type String of field title @ 'posts/title'"],
    ['{ echo(n: $n) }', "UndefinedVariable: Undefined variable n @ 'echo'"],
    ['query ($n: Int) { echo }', 'UnusedVariable: Unused variable n'],
    ['query ($n: String) { echo(n: $n) }', "VariableTypeMismatch: Variable type 'String' doesn't match expected type 'Int' @ 'echo'"],
    ['{ posts { ...F } }', "UndefinedFragment: Undefined fragment F @ 'posts'"],
    ['{ echo } fragment F on Post { id }', 'UnusedFragment: Unused fragment F'],
    ['{ posts { ...F } } fragment F on Post { nope }', "FieldUndefined: Field 'nope' in type 'Post' is undefined @ 'F/nope'"],
    ['{ echo: posts { id } echo }', "FieldsConflict: echo: posts and echo are different fields @ 'posts'"],
    ['{ posts { ... on Author { name } } }', "InvalidFragmentType: Fragment cannot be spread here as objects of type Post can never be of type Author @ 'posts'"],
    ['{ echo @nope }', "UnknownDirective: Unknown directive nope @ 'echo'"],
    ['query ($x: Nope) { echo(n: $x) }', "UnknownType: Unknown type Nope @ ''"],
  ])('%s', async (query, problem) => {
    expect(messages(await harness({ schema }).run(query))).toContain(`Validation error of type ${problem}`);
  });

  test('errors have path, locations and message, and data is null', async () => {
    expect(JSON.stringify(await harness({ schema }).run('{\n  bad\n}'))).toBe(
      `{"data":null,"errors":[{"path":null,"locations":[{"line":2,"column":3,"sourceName":null}],"message":"Validation error of type FieldUndefined: Field 'bad' in type 'Query' is undefined @ 'bad'"}]}`,
    );
  });

  test.each([
    ['{ post(', undefined, 'Unable to parse GraphQL query.', 'MalformedHttpRequestException'],
    ['', undefined, 'Unable to parse GraphQL query.', 'MalformedHttpRequestException'],
    ['fragment F on Post { id }', undefined, 'Unable to parse GraphQL query.', 'MalformedHttpRequestException'],
    ['query A { echo } query B { echo }', undefined, 'Missing operation name.', 'BadRequestException'],
    ['query A { echo }', 'B', "Unknown operation named 'B'.", 'BadRequestException'],
    [`{ ${'echo '.repeat(15_001)} }`, undefined, 'Maximum char length exceeded', 'BadRequestException'],
  ])('refuses %.40s as a whole', async (query, operationName, message, errorType) => {
    const outcome = await harness({ schema }).executor.execute({ query, operationName }, { caller: apiKeyCaller, headers: {}, requestId: 'r' });

    expect(outcome).toEqual({ httpStatus: 400, body: { errors: [{ message, errorType }] }, responseHeaders: {} });
  });

  test('runs the operation that is named', async () => {
    const { executor } = harness({ schema });

    const { body } = await executor.execute({ query: 'query A { a: __typename } query B { b: __typename }', operationName: 'B' }, { caller: apiKeyCaller, headers: {}, requestId: 'r' });

    expect(body).toEqual({ data: { b: 'Query' } });
  });
});

describe('limits', () => {
  test('nulls what is deeper than the depth limit and keeps the rest', async () => {
    const { run } = harness({ schema, model: { queryDepthLimit: 2 }, resolvers: { 'Query.posts': { response: () => [{ title: 'T', author: { name: 'A' } }] } } });

    expect(await run('{ posts { title author { name } } }')).toEqual({
      data: { posts: [{ title: 'T', author: null }] },
      errors: [{ path: ['posts', 0, 'author', 'name'], data: null, errorType: 'QueryDepthLimitReached', errorInfo: null, locations: location(1, 26), message: 'Query depth limit reached.' }],
    });
  });

  test('fails the resolvers beyond the resolver limit', async () => {
    const { run } = harness({ schema, model: { resolverCountLimit: 1 }, resolvers: { 'Query.echo': { response: () => 'x' } } });

    expect(await run('{ a: echo b: echo }')).toEqual({
      data: { a: 'x', b: null },
      errors: [{ path: ['b'], data: null, errorType: 'ResolverExecutionLimitReached', errorInfo: null, locations: location(1, 11), message: 'Resolver invocation limit reached.' }],
    });
  });
});

function messages(body: unknown): string[] {
  return ((body as { errors?: { message: string }[] }).errors ?? []).map((error) => error.message);
}

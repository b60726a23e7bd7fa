import type { PreparedSubscription } from '../../lib/local/executor';
import { apiKeyCaller, cognitoCaller, fail, harness, iamCaller, type Setup, value } from './executor-fixture';

const schema = `
  type Post { id: ID! title: String author: Author tags: [String!] secret: String @aws_iam }
  type Author { name: String! }
  type Query { post: Post }
  type Mutation { save: Post drop: Post }
  type Subscription {
    onSave(id: ID, title: String): Post @aws_subscribe(mutations: ["save", "drop"])
    onDrop: Post @aws_subscribe(mutations: ["drop"]) @aws_iam
  }
  schema { query: Query mutation: Mutation subscription: Subscription }
`;
const modes = { authorization: [{ type: 'API_KEY' }, { type: 'AWS_IAM' }] } as const;

async function subscribe(query: string, setup: Partial<Setup> = {}, variables: Record<string, unknown> = {}, caller = apiKeyCaller) {
  return harness({ schema, model: modes, ...setup }).executor.subscribe({ query, variables }, { caller, headers: {}, requestId: 'r' });
}

async function prepared(...args: Parameters<typeof subscribe>): Promise<PreparedSubscription> {
  const outcome = await subscribe(...args);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.subscription;
}

describe('subscribing', () => {
  test('names the mutations and keeps apart an omitted argument and an explicit null', async () => {
    const query = 'subscription ($id: ID, $title: String) { onSave(id: $id, title: $title) { id } }';

    expect(await prepared(query, {}, { title: null })).toMatchObject({ fieldName: 'onSave', mutations: ['save', 'drop'], args: { title: null } });
    expect((await prepared(query, {}, { id: 7 })).args).toEqual({ id: '7' });
  });

  test('runs the resolver of the field once and takes the filters it sets', async () => {
    const filter = { filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: '1' }] }] };
    const response = () => value({ not: 'delivered' }, { effects: { subscriptionFilter: filter, invalidationFilter: filter } });

    expect(await prepared('subscription { onSave { id } }', { resolvers: { 'Subscription.onSave': { response } } })).toMatchObject({ filter, invalidationFilter: filter });
  });

  test('takes no filter from a request handler', async () => {
    const request = () => value({}, { effects: { subscriptionFilter: { filterGroup: [] } } });

    expect(await prepared('subscription { onSave { id } }', { resolvers: { 'Subscription.onSave': { request } } })).not.toHaveProperty('filter');
  });

  test('is refused with the error of its resolver', async () => {
    const outcome = await subscribe('subscription { onSave { id } }', { resolvers: { 'Subscription.onSave': { response: () => fail('not you', 'Denied') } } });

    expect(outcome).toMatchObject({ ok: false, errors: [{ path: ['onSave'], errorType: 'Denied', message: 'not you' }] });
  });

  test('is refused to callers that may not read the field', async () => {
    expect(await subscribe('subscription { onDrop { id } }')).toMatchObject({
      ok: false,
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access onDrop on type Subscription' }],
    });
    expect((await subscribe('subscription { onDrop { id } }', {}, {}, iamCaller)).ok).toBe(true);
  });

  test.each([
    ['{ post { id } }', { errorType: 'UnsupportedOperation', message: ' not supported through the realtime channel' }],
    ['subscription {', { errorType: 'MalformedHttpRequestException', message: 'Unable to parse GraphQL query.' }],
    ['subscription { nope }', { message: "Validation error of type FieldUndefined: Field 'nope' in type 'Subscription' is undefined @ 'nope'" }],
    ['subscription S { onSave { id } onDrop { id } }', { message: "Validation error of type SubscriptionMultipleRootFields: Subscription operation 'S' must have exactly one root field" }],
    ['subscription ($id: ID!) { onSave(id: $id) { id } }', { message: "Variable 'id' has coerced Null value for NonNull type 'ID!'" }],
  ])('refuses %s', async (query, error) => {
    expect(await subscribe(query)).toMatchObject({ ok: false, errors: [error] });
  });

  test('is refused over HTTP', async () => {
    const { executor } = harness({ schema });

    expect(await executor.execute({ query: 'subscription { onSave { id } }' }, { caller: apiKeyCaller, headers: {}, requestId: 'r' })).toMatchObject({
      httpStatus: 400,
      body: { errors: [{ errorType: 'UnsupportedOperation' }] },
    });
  });
});

describe('projecting a payload', () => {
  const payload = { id: '1', title: 'T', author: { name: 'A' }, tags: ['x'] };

  test('answers with what the subscriber selected, under its own aliases', async () => {
    const { project } = await prepared('subscription { saved: onSave { key: id author { name __typename } tags } }');

    expect(project(payload)).toEqual({ data: { saved: { key: '1', author: { name: 'A', __typename: 'Author' }, tags: ['x'] } } });
  });

  test('gives null for what the mutation did not select, and an error where null may not be', async () => {
    const { project } = await prepared('subscription { onSave { id title } }');

    expect(project({ id: '1' })).toEqual({ data: { onSave: { id: '1', title: null } } });
    expect(project({ title: 'T' })).toEqual({
      data: { onSave: null },
      errors: [{ path: ['onSave', 'id'], locations: null, message: "Cannot return null for non-nullable type: 'ID' within parent 'Post' (/onSave/id)" }],
    });
  });

  test('runs no resolver of the payload and passes leaves as they are', async () => {
    let calls = 0;
    const { project } = await prepared('subscription { onSave { id title } }', { resolvers: { 'Post.title': { request: () => calls++ } } });

    expect(project({ id: '1', title: '{"already":"text"}' })).toEqual({ data: { onSave: { id: '1', title: '{"already":"text"}' } } });
    expect(calls).toBe(0);
  });

  test('holds back fields the subscriber may not read', async () => {
    const { project } = await prepared('subscription { onSave { id secret } }');

    expect(project({ id: '1', secret: 's' })).toMatchObject({ data: { onSave: { id: '1', secret: null } }, errors: [{ message: 'Not Authorized to access secret on type Post' }] });
  });

  test('has one key for subscribers that get the same bytes, whatever they filter by', async () => {
    const query = 'subscription ($id: ID, $full: Boolean = false) { onSave(id: $id) { id title @include(if: $full) } }';
    const keyOf = async (...args: Parameters<typeof prepared>) => (await prepared(...args)).projectionKey;

    expect(await keyOf(query, {}, { id: 1 })).toBe(await keyOf(query, {}, { id: 2 }));
    expect(await keyOf(query, {}, { full: true })).not.toBe(await keyOf(query, {}, {}));
    expect(await keyOf(query, {}, {}, iamCaller).catch(() => 'refused')).toBe('refused');
    const single = { model: { authorization: [{ type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'p', region: 'r', defaultAction: 'ALLOW' }] } } as const;
    expect(await keyOf(query, single, {}, cognitoCaller(['a', 'b']))).toBe(await keyOf(query, single, {}, cognitoCaller(['b', 'a'])));
    expect(await keyOf(query, single, {}, cognitoCaller(['a']))).not.toBe(await keyOf(query, single, {}, cognitoCaller(['b'])));
  });
});

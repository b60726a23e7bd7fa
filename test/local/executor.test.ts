import { harness } from './executor-fixture';

const schema = `
  type Post { id: ID! title: String views: Int author: Author tags: [String!] }
  type Author { name: String! }
  type Query { post(id: ID!): Post posts: [Post!]! }
  schema { query: Query }
`;

test('answers a query with the value of its resolver, in the order of the selection', async () => {
  const { run } = harness({ schema, resolvers: { 'Query.post': { response: (ctx) => ({ title: 'Hello', id: ctx.args.id, views: '7', author: { name: 'Ann' } }) } } });

  const body = await run('query Q($id: ID!) { post(id: $id) { views id heading: title author { name __typename } tags } }', { id: 1 });

  expect(JSON.stringify(body)).toBe('{"data":{"post":{"views":7,"id":"1","heading":"Hello","author":{"name":"Ann","__typename":"Author"},"tags":null}}}');
});

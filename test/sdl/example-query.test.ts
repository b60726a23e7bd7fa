import { parse, validate } from 'graphql';
import { exampleQuery, type ExampleQueryOptions, loadSchema } from '../../lib/sdl';

const users: ExampleQueryOptions = { directives: ['aws_cognito_user_pools'], isDefault: true };
const guests: ExampleQueryOptions = { directives: ['aws_api_key'], isDefault: false };

function example(sdl: string, caller = users): string | undefined {
  const { value: model, diagnostics } = loadSchema([{ path: '/app/schema.graphql', text: sdl }]);
  if (!model) throw new Error(JSON.stringify(diagnostics));
  const query = exampleQuery(model, caller);
  if (query !== undefined) expect(validate(model.schema, parse(query))).toEqual([]);
  return query;
}

describe('exampleQuery', () => {
  it('prefers a field that needs no argument', () => {
    expect(example('type Query { get(id: ID!): Int list(limit: Int): [Foo!]! } type Foo { id: ID! name: String }')).toBe('{ list { id name } }');
  });

  it('looks into the items of a connection', () => {
    expect(example('type Query { list: Page } type Page { nextToken: String items: [Foo] } type Foo { id: ID! }')).toBe('{ list { items { id } nextToken } }');
  });

  it('fills required arguments with values of their types', () => {
    const sdl = 'enum E { A B } input I { e: E! n: [Int!]! o: String } type Query { get(i: I!, at: AWSDateTime!, x: Int): Int }';

    expect(example(sdl)).toBe('{ get(i: { e: A, n: [1] }, at: "2026-01-31T12:00:00Z") }');
  });

  it('stays with what the caller may read', () => {
    const sdl = `
      type Query { users: [Foo] @aws_cognito_user_pools catalogue: [Foo] @aws_api_key @aws_cognito_user_pools }
      type Foo @aws_api_key @aws_cognito_user_pools { id: ID! cost: Int @aws_iam owner: String @aws_cognito_user_pools }
    `;

    expect(example(sdl, guests)).toBe('{ catalogue { id } }');
    expect(example(sdl)).toBe('{ users { id owner } }');
  });

  it('takes what carries no directive for those of the default mode alone', () => {
    const sdl = 'type Query { profile: Int status: Int @aws_api_key }';

    expect(example(sdl)).toBe('{ profile }');
    expect(example(sdl, guests)).toBe('{ status }');
  });

  it('asks a union or interface for its type only', () => {
    expect(example('type Query { any: U } union U = Foo type Foo { id: ID }')).toBe('{ any { __typename } }');
  });

  it('gives nothing when no field is open, and ends on types that only lead to themselves', () => {
    expect(example('type Query { a: Int @aws_iam }')).toBeUndefined();
    expect(example('type Query { a: Loop } type Loop { next: Loop }')).toBeUndefined();
  });
});

import { loadSchema } from '../../../lib/sdl';
import { expectClean, expectDiagnostics, expectFixes } from './harness';

describe('query-type-exists', () => {
  it('accepts a type named Query', () => {
    expectClean('type Query { a: Int }');
  });

  it('accepts a query type of another name that the schema block states', () => {
    expectClean(`
      schema { query: RootQuery }
      type RootQuery { a: Int }
    `);
  });

  it('accepts a Query type that gets all its fields from extensions', () => {
    expectClean(`
      type Query
      extend type Query { a: Int }
    `);
  });

  it('reports a schema without a Query type, once', () => {
    const { value, diagnostics } = loadSchema([{ path: '/app/a.graphql', text: 'type Foo { a: Int }' }]);

    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([
      {
        code: 'SDL_NO_QUERY',
        severity: 'error',
        message: 'the schema has no "Query" type',
        notes: [],
        fix: 'add `type Query` with at least one field',
        url: 'https://docs.aws.amazon.com/appsync/latest/devguide/designing-your-schema.html',
      },
    ]);
  });

  it('reports a schema block that leaves the query type out, although a type is named Query', () => {
    const sdl = `
      schema { mutation: Mutation }
      type Query { a: Int }
      type Mutation { a: Int }
    `;

    expectDiagnostics(sdl).toEqual([{ code: 'SDL_NO_QUERY', at: '1:1', message: 'the "schema" block names no query type' }]);
    expectFixes(sdl).toEqual(['add `query: Query` to the "schema" block']);
  });
});

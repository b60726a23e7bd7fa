import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_DEFAULT_VALUE';

describe('default-value-has-declared-type', () => {
  it('accepts values of the type, null for a nullable one, and a single value for a list', () => {
    expectClean(`
      enum Size { BIG SMALL }
      input Filter { size: Size = BIG, tags: [String!] = "new" }
      type Query { find(limit: Int = 20, filter: Filter = { size: SMALL }, after: String = null, ratio: Float = 1): String }
    `);
  });

  it('accepts JSON text for AWSJSON', () => {
    expectClean(String.raw`type Query { find(filter: AWSJSON = "{\"a\":1}"): String }`);
  });

  it('reports arguments and input fields with a default of another type', () => {
    const sdl = `
      enum Size { BIG SMALL }
      input Filter { size: Size = "BIG" }
      type Query { find(limit: Int = "20", id: ID! = null): String }
    `;

    expectDiagnostics(sdl).toEqual([
      { code, at: '2:29', message: 'the default "BIG" of Filter.size is not of type "Size"' },
      { code, at: '3:32', message: 'the default "20" of Query.find(limit:) is not of type "Int"' },
      { code, at: '3:48', message: 'the default null of Query.find(id:) is not of type "ID!"' },
    ]);
    expectFixes(sdl).toEqual(['write a value of type "Size"', 'write a value of type "Int"', 'write a value of type "ID!"']);
  });

  it('leaves an argument of an output type to the rule that forbids it', () => {
    expectDiagnostics('type Query { find(query: Query = 1): String }').toEqual([
      { code: 'SDL_TYPE_KIND', at: '1:26', message: 'argument "query" of Query.find has the output type "Query"' },
    ]);
  });
});

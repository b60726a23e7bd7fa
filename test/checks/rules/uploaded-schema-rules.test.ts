import { expectFound, findings } from './schema-harness';

const sdl = `
  scalar AWSDate
  directive @aws_iam on OBJECT
  type Query { at: AWSDate }
  extend type Query { more: Int }
  extend enum Size { BIG }
  enum Size { SMALL }
`;

describe('uploaded-schema-is-merged', () => {
  it('accepts extensions that our constructs merge', () => {
    expectFound(sdl, { schemaIsMerged: true }).toEqual([]);
  });

  it('accepts a text without extensions of objects', () => {
    expectFound('enum Size { SMALL }\nextend enum Size { BIG }', { schemaIsMerged: false }).toEqual([]);
  });

  it('reports extensions of object types in a text that is uploaded as it is', () => {
    const found = findings(sdl, { schemaIsMerged: false }).filter(({ code }) => code === 'API_SCHEMA_EXTENSION');

    expect(found).toMatchObject([
      {
        severity: 'error',
        message: 'AppSync knows no "extend type", so it refuses the extension of "Query"',
        location: { line: 4, column: 13 },
        resource: { logicalId: 'ApiSchema' },
        fix: 'move the fields into the definition of "Query", or let EnterpriseGraphqlApi merge the files',
      },
    ]);
  });

  it('reports an extension of nothing once, as that', () => {
    expectFound('extend type Basket { a: Int }', { schemaIsMerged: false }).toMatchObject([{ code: 'SDL_UNKNOWN_TYPE' }]);
    expect(findings('extend type Basket { a: Int }', { schemaIsMerged: false })).toHaveLength(1);
  });
});

describe('uploaded-schema-redeclares-nothing', () => {
  const code = 'API_SCHEMA_REDECLARATION';

  it('accepts directives and declarations of the schema\'s own', () => {
    expectFound('directive @mine on OBJECT\ntype Foo @mine { a: AWSDate }', { schemaIsMerged: false }).toEqual([]);
  });

  it('accepts redeclarations that our constructs leave out', () => {
    expectFound('scalar AWSDate\ndirective @aws_iam on OBJECT', { schemaIsMerged: true }).toEqual([]);
  });

  it('warns of scalars and directives of AppSync', () => {
    expectFound('scalar AWSDate\ndirective @aws_iam on OBJECT', { schemaIsMerged: false }).toEqual([
      { code, at: '1:8', message: 'the scalar "AWSDate" is AppSync\'s own; AppSync may refuse a schema that declares it again' },
      { code, at: '2:12', message: 'the directive "@aws_iam" is AppSync\'s own; AppSync may refuse a schema that declares it again' },
    ]);
    expect(findings('scalar AWSDate', { schemaIsMerged: false })[0]?.severity).toBe('warning');
  });
});

describe('schema-fits-one-megabyte', () => {
  const code = 'API_SCHEMA_SIZE';
  const megabyte = 1024 * 1024;
  const withComment = (bytes: number) => {
    const text = 'type Query { a: Int }\n#';
    return text + 'x'.repeat(bytes - text.length);
  };

  it('accepts a megabyte to the byte', () => {
    expectFound(withComment(megabyte), { schemaIsMerged: false }).toEqual([]);
  });

  it('accepts comments beyond it that are not uploaded', () => {
    expectFound(withComment(megabyte + 1), { schemaIsMerged: true }).toEqual([]);
  });

  it('reports one byte more in a text that is uploaded as it is', () => {
    expectFound(withComment(megabyte + 1), { schemaIsMerged: false }).toEqual([{ code, at: '1:1', message: 'the schema has 1048577 bytes, 1 more than AppSync takes' }]);
  });

  it('reports descriptions that make the merged text too large', () => {
    expectFound(`"${'é'.repeat(megabyte / 2)}"\ntype Query { a: Int }`, { schemaIsMerged: true }).toMatchObject([{ code, at: '1:1' }]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { formatDiagnostics } from '../../lib/diagnostics';
import { loadSchema, mergeSchema, readSchemaFiles } from '../../lib/sdl';
import { dedent } from './rules/harness';

describe('readSchemaFiles', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sdl-'));
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
  beforeAll(() => {
    mkdirSync(join(dir, 'more'));
    mkdirSync(join(dir, 'empty'));
    write('b.graphql', 'type B { a: Int }');
    write('a.gql', '\uFEFFtype A { a: Int }');
    write('more/c.graphqls', 'type C { a: Int }');
    write('more/notes.txt', 'not a schema');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('reads every schema file below a folder in name order, without byte order marks', () => {
    expect(readSchemaFiles(dir)).toEqual({
      value: [
        { path: join(dir, 'a.gql'), text: 'type A { a: Int }' },
        { path: join(dir, 'b.graphql'), text: 'type B { a: Int }' },
        { path: join(dir, 'more', 'c.graphqls'), text: 'type C { a: Int }' },
      ],
      diagnostics: [],
    });
  });

  it('keeps the order of several paths, and reads a file once that two of them name', () => {
    const { value } = readSchemaFiles([join(dir, 'more'), join(dir, 'b.graphql'), dir]);

    expect(value.map(({ path }) => path)).toEqual([join(dir, 'more', 'c.graphqls'), join(dir, 'b.graphql'), join(dir, 'a.gql')]);
  });

  it('reports paths that lead nowhere, and reads the others', () => {
    const { value, diagnostics } = readSchemaFiles(['no-such.graphql', join(dir, 'b.graphql'), join(dir, 'empty')]);

    expect(value).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => ({ code, message }))).toEqual([
      { code: 'SDL_NO_FILE', message: 'schema path "no-such.graphql" does not exist' },
      { code: 'SDL_NO_FILE', message: `schema path "${relative(process.cwd(), join(dir, 'empty'))}" is a folder without *.graphql files` },
    ]);
  });
});

describe('loadSchema', () => {
  const load = (...texts: string[]) => loadSchema(texts.map((text, i) => ({ path: `/app/${i + 1}.graphql`, text: dedent(text) })));
  const value = (...texts: string[]) => {
    const loaded = load(...texts);
    if (!loaded.value) throw new Error(formatDiagnostics(loaded.diagnostics, { cwd: '/app' }));
    return loaded.value;
  };

  it('reports the syntax errors of all files together, drawn with their lines, and nothing that follows from them', () => {
    const { value: model, diagnostics } = load('type Query {\n  a: \n}', 'type Fine { a: Missing }', 'typo Foo { a: Int }');

    expect(model).toBeUndefined();
    expect(formatDiagnostics(diagnostics, { cwd: '/app' })).toBe(
      dedent(`
        1.graphql:3:1 - error SDL_SYNTAX: expected Name, found "}"

         3 | }
           | ^

        why: https://spec.graphql.org/June2018/#sec-Type-System

        3.graphql:1:1 - error SDL_SYNTAX: unexpected Name "typo"

         1 | typo Foo { a: Int }
           | ^^^^

        why: https://spec.graphql.org/June2018/#sec-Type-System
      `),
    );
  });

  it('reads a file of comments as an empty one', () => {
    expect(load('# nothing yet', 'type Query { a: Int }').diagnostics).toEqual([]);
  });

  it('gives places in the file that each definition is written in', () => {
    const model = value('type Query { a(x: Int): Int }', '\n\nextend type Query { b: Int }\ninput Filter { c: Int }');

    expect(model.locationOf('Query')).toMatchObject({ file: '/app/1.graphql', line: 1, column: 6, length: 5 });
    expect(model.locationOf('Query.a.x')).toMatchObject({ file: '/app/1.graphql', line: 1, column: 16, length: 1 });
    expect(model.locationOf('Query.b')).toEqual({ file: '/app/2.graphql', line: 2, column: 21, length: 1, lineText: 'extend type Query { b: Int }' });
    expect(model.locationOf('Filter.c')).toMatchObject({ file: '/app/2.graphql', line: 3, column: 16 });
    expect(model.locationOf('Query.zzz')).toBeUndefined();
  });

  it('prints one document as AppSync takes it: extensions folded in, its own definitions left out, order kept', () => {
    const model = value(
      `
      "the entry" schema { query: Query }
      scalar AWSDate
      directive @aws_iam on FIELD_DEFINITION
      """The way in."""
      type Query { "All of them." all(size: Size = BIG): [Found!]! @aws_iam } # comment
      enum Size { "very" BIG SMALL }
      union Found = Foo
      interface Node { id: ID! }
      input Filter { a: Int }
      `,
      `
      extend schema { mutation: Mutation }
      extend type Query @aws_api_key { one: Foo }
      type Mutation { go(filter: Filter): AWSDate }
      extend enum Size { HUGE }
      extend union Found = Bar
      extend interface Node { at: AWSDate }
      extend input Filter { b: Int }
      type Foo { id: ID! at: AWSDate }
      extend type Foo implements Node
      type Bar { id: ID }
      `,
    );

    expect(model.sdl).toBe(`${dedent(`
      schema {
        query: Query
        mutation: Mutation
      }

      """The way in."""
      type Query @aws_api_key {
        "All of them."
        all(size: Size = BIG): [Found!]! @aws_iam
        one: Foo
      }

      enum Size {
        BIG
        SMALL
        HUGE
      }

      union Found = Foo | Bar

      interface Node {
        id: ID!
        at: AWSDate
      }

      input Filter {
        a: Int
        b: Int
      }

      type Mutation {
        go(filter: Filter): AWSDate
      }

      type Foo implements Node {
        id: ID!
        at: AWSDate
      }

      type Bar {
        id: ID
      }
    `)}\n`);
  });

  it('prints what it reads from its own print byte for byte', () => {
    const model = value('type Query { a(x: [Int!] = [1, 2], s: String = "a\\"b"): Int @deprecated(reason: "no") }');

    expect(value(model.sdl).sdl).toBe(model.sdl);
  });

  it('writes the schema block that the default names stand for when an extension needs one', () => {
    const model = value('type Query { a: Int } type Events { on: Int } extend schema { subscription: Events }');

    expect(model.sdl).toMatch(/^schema \{\n {2}query: Query\n {2}subscription: Events\n\}\n/);
    expect(model.subscriptions.map(({ fieldName }) => fieldName)).toEqual(['on']);
  });

  it('says what is wrong with the schema block that an extension stands for, at the extension', () => {
    const { diagnostics } = load('type Events { on: Int } extend schema { subscription: Events }');

    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'SDL_NO_QUERY', message: 'the "schema" block names no query type', location: { line: 1, column: 25 } }]);
  });

  it('gives the auth directives of types and fields with groups and places, extensions included', () => {
    const model = value(`
      type Query @aws_api_key {
        a: Int @aws_cognito_user_pools(cognito_groups: ["admins", "staff"]) @aws_iam @deprecated
        b: Int @aws_auth(cognito_groups: null)
        c: Int
      }
      extend type Query @aws_oidc
    `);

    expect(model.authDirectives('Query')).toMatchObject([
      { name: 'aws_api_key', location: { line: 1, column: 12, length: 12 } },
      { name: 'aws_oidc', location: { line: 6, column: 19 } },
    ]);
    expect(model.authDirectives('Query.a')).toMatchObject([
      { name: 'aws_cognito_user_pools', groups: ['admins', 'staff'], location: { line: 2, column: 10 } },
      { name: 'aws_iam' },
    ]);
    expect(model.authDirectives('Query.b')[0]).not.toHaveProperty('groups');
    expect(model.authDirectives('Query.c')).toEqual([]);
    expect(model.authDirectives('No.such')).toEqual([]);
  });

  it('gives the subscription fields with the mutations they listen to', () => {
    const model = value(`
      type Query { a: Int }
      type Mutation { add: Int drop: Int }
      type Subscription { onAny: Int @aws_subscribe(mutations: ["add", "drop"]) onNone: Int }
    `);

    expect(model.subscriptions).toMatchObject([
      { fieldName: 'onAny', mutations: [{ name: 'add', location: { line: 3, column: 59 } }, { name: 'drop' }], location: { line: 3, column: 21 } },
      { fieldName: 'onNone', mutations: [] },
    ]);
  });
});

describe('the draft of a schema with errors', () => {
  const load = (text: string) => loadSchema([{ path: '/app/schema.graphql', text: dedent(text) }]);

  it('is the value itself when there are none', () => {
    const { value, draft } = load('type Query { a: Int }');

    expect(value).toBeDefined();
    expect(draft).toBe(value);
  });

  it('lets unknown types stand anywhere, so that the rules about the rest are heard', () => {
    const { value, draft, diagnostics } = load(`
      type Query { a(x: Missing = 1): Missing }
      type Foo implements Gone { a: Int }
      union Both = Foo | Gone
      type Mutation { add: Foo }
      type Subscription { onAdd: Both @aws_subscribe(mutations: ["add"]) }
    `);

    expect(value).toBeUndefined();
    expect(draft?.locationOf('Query.a.x')).toMatchObject({ line: 1, column: 16 });
    expect(diagnostics.map(({ code, location }) => `${location?.line}:${location?.column} ${code}`)).toEqual([
      '1:19 SDL_UNKNOWN_TYPE',
      '1:33 SDL_UNKNOWN_TYPE',
      '2:21 SDL_UNKNOWN_TYPE',
      '3:20 SDL_UNKNOWN_TYPE',
      '5:28 SDL_SUBSCRIPTION_TYPE',
    ]);
  });

  it('leaves out a root type that is unknown', () => {
    expect(load('schema { query: Query mutation: Gone } type Query { a: Int }').draft?.schema.getMutationType()).toBeFalsy();
  });

  it('is missing when the text could mean two things', () => {
    expect(load('type Query { a: Int } type Query { b: Int }').draft).toBeUndefined();
    expect(load('type Query { a: Int').draft).toBeUndefined();
  });
});

describe('what the merged text has differently', () => {
  it('lists extensions and redeclarations at their places', () => {
    const { value } = loadSchema([
      { path: '/app/schema.graphql', text: 'scalar AWSDate\ntype Query { a: Int }\nextend type Query { b: AWSDate }\nextend schema @aws_iam\ndirective @aws_iam on OBJECT\ndirective @mine on OBJECT' },
    ]);

    expect(value?.adapted).toMatchObject([
      { how: 'left out', kind: 'ScalarTypeDefinition', name: 'AWSDate', location: { line: 1, column: 8 } },
      { how: 'merged', kind: 'ObjectTypeExtension', name: 'Query', location: { line: 3, column: 13 } },
      { how: 'merged', kind: 'SchemaExtension', name: 'schema', location: { line: 4, column: 1 } },
      { how: 'left out', kind: 'DirectiveDefinition', name: 'aws_iam', location: { line: 5, column: 12 } },
    ]);
  });
});

describe('mergeSchema', () => {
  const file = (path: string, text: string) => ({ path, text });
  const good = [file('a.graphql', 'scalar AWSJSON\ntype Query { size: Size }\nenum Size { "Small." S }'), file('b.graphql', 'extend enum Size { L }\nextend type Query { more: AWSJSON }')];

  it('gives the text that the checked model has', () => {
    expect(mergeSchema(good)).toBe('type Query {\n  size: Size\n  more: AWSJSON\n}\n\nenum Size {\n  S\n  L\n}\n');
    expect(mergeSchema(good)).toBe(loadSchema(good).value?.sdl);
  });

  it('merges what does not pass the checks', () => {
    expect(mergeSchema([file('a.graphql', 'type Query { a: Unknown }')])).toBe('type Query {\n  a: Unknown\n}\n');
  });

  it('gives nothing when a file does not parse, or none has a definition', () => {
    expect(mergeSchema([...good, file('c.graphql', 'type {')])).toBeUndefined();
    expect(mergeSchema([file('a.graphql', '# later')])).toBeUndefined();
    expect(mergeSchema([])).toBeUndefined();
  });
});

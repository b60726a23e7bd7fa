import { expectClean, expectDiagnostics, expectFixes, findings } from './rules/harness';

describe('what the SDL says before a schema is built', () => {
  it('reports an unknown type at each place that names it, with a suggestion', () => {
    const sdl = `
      type Product { id: ID }
      type Query {
        a: [Prodct!]!
        b(at: DateTime, x: Widget): Product
      }
    `;

    expectDiagnostics(sdl).toEqual([
      { code: 'SDL_UNKNOWN_TYPE', at: '3:7', message: 'unknown type "Prodct"' },
      { code: 'SDL_UNKNOWN_TYPE', at: '4:9', message: 'unknown type "DateTime"' },
      { code: 'SDL_UNKNOWN_TYPE', at: '4:22', message: 'unknown type "Widget"' },
    ]);
    expectFixes(sdl).toEqual(['did you mean "Product"?', 'use "AWSDateTime"', 'define "Widget"']);
  });

  it('reports an extension of nothing', () => {
    const sdl = `
      type Product { id: ID }
      extend type Produkt { name: String }
      extend type Basket { name: String }
    `;

    expectDiagnostics(sdl).toEqual([
      { code: 'SDL_UNKNOWN_TYPE', at: '2:13', message: 'cannot extend "Produkt", which is not defined' },
      { code: 'SDL_UNKNOWN_TYPE', at: '3:13', message: 'cannot extend "Basket", which is not defined' },
    ]);
    expectFixes(sdl).toEqual(['did you mean "Product"?', 'delete `extend` to define "Basket" here']);
  });

  it('reports a second definition of a type, but not the fields that it repeats', () => {
    const sdl = `
      type Product { id: ID }
      type Product { id: ID name: String }
    `;

    expectDiagnostics(sdl).toEqual([{ code: 'SDL_DUPLICATE_TYPE', at: '2:6', message: 'type "Product" is defined twice' }]);
    expectFixes(sdl).toEqual(['write `extend` before the second definition to add to "Product", or give it another name']);
    expect(findings(sdl)[0]?.notes).toMatchObject([{ message: 'first written here', location: { line: 1, column: 6 } }]);
  });

  it('reports a type that takes the name of a scalar of AppSync', () => {
    expectDiagnostics('type AWSDate { day: Int }').toEqual([
      { code: 'SDL_DUPLICATE_TYPE', at: '1:6', message: 'type "AWSDate" is AppSync\'s own and cannot be defined again' },
    ]);
  });

  it('reports names that are used twice in one place, across extensions too', () => {
    expectDiagnostics(`
      type Foo { a: Int }
      extend type Foo { a: String }
      enum Size { BIG BIG }
      type Bar @aws_iam @aws_iam { a(x: Int, x: Int): Int }
    `).toEqual([
      { code: 'SDL_DUPLICATE_NAME', at: '2:19', message: 'field "Foo.a" can only be defined once' },
      { code: 'SDL_DUPLICATE_NAME', at: '3:17', message: 'enum value "Size.BIG" can only be defined once' },
      { code: 'SDL_DUPLICATE_DIRECTIVE', at: '4:19', message: 'the directive "@aws_iam" can only be used once at this location' },
      { code: 'SDL_DUPLICATE_NAME', at: '4:40', message: 'argument "Bar.a(x:)" can only be defined once' },
    ]);
  });

  it('accepts the directives of AppSync where they apply', () => {
    expectClean(`
      type Query @aws_api_key @aws_cognito_user_pools(cognito_groups: ["admins"]) @hidden {
        a: Int @aws_iam @aws_oidc @aws_lambda @deprecated(reason: "old") @renamed(to: "b")
        b: Int @aws_auth(cognito_groups: "admins")
      }
    `);
  });

  it('accepts directives that AppSync brings itself although the SDL declares them', () => {
    expectClean(`
      directive @aws_iam on FIELD_DEFINITION
      directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
      type Foo @aws_iam { a: Int }
    `);
  });

  it('accepts a directive that the schema defines', () => {
    expectClean(`
      directive @mine(size: Int) on OBJECT
      type Foo @mine(size: 1) { a: Int }
    `);
  });

  it('reports directives nobody defined', () => {
    const sdl = `
      type Foo @aws_im { a: Int @cognito_user_pools }
      type Bar @oneOf { a: Int }
    `;

    expectDiagnostics(sdl).toEqual([
      { code: 'SDL_UNKNOWN_DIRECTIVE', at: '1:10', message: 'unknown directive "@aws_im"' },
      { code: 'SDL_UNKNOWN_DIRECTIVE', at: '1:27', message: 'unknown directive "@cognito_user_pools"' },
      { code: 'SDL_FOREIGN_DIRECTIVE', at: '2:10', message: 'unknown directive "@oneOf"' },
    ]);
    expectFixes(sdl).toEqual(['did you mean "@aws_iam" or "@aws_oidc"?', 'did you mean "@aws_cognito_user_pools"?', 'remove it: AppSync has only its own directives']);
  });

  it('reports directives where they do not apply', () => {
    expectDiagnostics(`
      enum Size @aws_iam { BIG }
      type Foo @aws_subscribe(mutations: []) { a(x: Int @aws_api_key): Int }
    `).toEqual([
      { code: 'SDL_DIRECTIVE_LOCATION', at: '1:11', message: '"@aws_iam" does not apply to enums, only to object types, interfaces, unions and fields' },
      { code: 'SDL_DIRECTIVE_LOCATION', at: '2:10', message: '"@aws_subscribe" does not apply to object types, only to fields' },
      { code: 'SDL_DIRECTIVE_LOCATION', at: '2:51', message: '"@aws_api_key" does not apply to arguments, only to object types, interfaces, unions and fields' },
    ]);
  });

  it('finds nothing in authorization directives as deployed schemas have them', () => {
    expectDiagnostics(`
      interface Note @aws_iam @aws_cognito_user_pools { id: ID }
      type Liked implements Note @aws_iam @aws_cognito_user_pools @aws_cognito_user_pools(cognito_groups: ["staff"]) { id: ID }
      union Event @aws_iam @aws_cognito_user_pools = Liked
    `).toEqual([]);
  });

  it('warns of directives that AppSync deploys and ignores, and fails on those that seem to protect', () => {
    const severities = (sdl: string) => findings(sdl).map(({ severity }) => severity);

    expect(severities('input Filter @aws_iam { a: Int }')).toEqual(['warning']);
    expect(severities('enum Size @aws_cognito_user_pools { BIG }')).toEqual(['warning']);
    expect(severities('type Foo @model { a: Int }')).toEqual(['warning']);
    expect(severities('type Foo @aws_iam @aws_iam { a: Int }')).toEqual(['warning']);
    expect(severities('type Foo @aws_cognito_userpools { a: Int }')).toEqual(['error']);
    expect(severities('type Foo @aws_iam(cognito_groups: ["a"]) { a: Int }')).toEqual(['error']);
  });

  it('reports arguments of directives that are unknown, missing or of another type', () => {
    expectDiagnostics(`
      type Foo {
        a: Int @aws_cognito_user_pools(groups: ["a"])
        b: Int @aws_cognito_user_pools(cognito_groups: [1])
        c: Int @renamed
      }
    `).toEqual([
      { code: 'SDL_DIRECTIVE_ARGUMENT', at: '2:34', message: 'unknown argument "groups" on directive "@aws_cognito_user_pools"' },
      { code: 'SDL_DIRECTIVE_ARGUMENT', at: '3:50', message: '"cognito_groups" of "@aws_cognito_user_pools" must be of type "[String]", got [1]' },
      { code: 'SDL_DIRECTIVE_ARGUMENT', at: '4:10', message: 'directive "@renamed" argument "to" of type "String!" is required, but it was not provided' },
    ]);
  });

  it('reports root types that are no object types', () => {
    expectDiagnostics(`
      schema { query: Filter }
      input Filter { a: Int }
    `).toEqual([{ code: 'SDL_ROOT_TYPE', at: '1:17', message: 'the query type "Filter" is not an object type' }]);
  });

  it('reports types that stand where only the other direction is allowed', () => {
    const sdl = `
      input Filter { product: Product }
      type Product { a(p: [Product!]): Filter }
    `;

    expectDiagnostics(sdl).toEqual([
      { code: 'SDL_TYPE_KIND', at: '1:25', message: 'field "product" of input "Filter" has the output type "Product"' },
      { code: 'SDL_TYPE_KIND', at: '2:22', message: 'argument "p" of Product.a has the output type "Product"' },
      { code: 'SDL_TYPE_KIND', at: '2:34', message: 'Product.a returns the input type "Filter"' },
    ]);
    expectFixes(sdl).toEqual([
      'define an `input` with the fields it needs, and use that in place of "Product"',
      'define an `input` with the fields it needs, and use that in place of "Product"',
      'define a `type` with the fields it returns, and use that in place of "Filter"',
    ]);
  });

  it('reports operations in a schema file', () => {
    expectDiagnostics(`
      type Query { a: Int }
      query { a }
    `).toEqual([{ code: 'SDL_INVALID', at: '2:1', message: 'a schema file holds definitions, not operations or fragments' }]);
  });

  it('reports a type that breaks the promise of its interface, at the type', () => {
    const sdl = `
      interface Node { id: ID! }
      type Foo implements Node { name: String }
      type Bar implements Node { id: String }
    `;

    expectDiagnostics(sdl).toEqual([
      { code: 'SDL_INVALID', at: '2:6', message: 'interface field Node.id expected but Foo does not provide it' },
      { code: 'SDL_INVALID', at: '3:32', message: 'interface field Node.id expects type ID! but Bar.id is type String' },
    ]);
    expect(findings(sdl)[0]?.notes).toMatchObject([{ message: 'because of this', location: { line: 1, column: 18 } }]);
  });
});

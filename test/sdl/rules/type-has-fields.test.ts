import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_EMPTY_TYPE';

describe('type-has-fields', () => {
  it('accepts types whose fields come from extensions alone', () => {
    expectClean(`
      type Mutation
      extend type Mutation { a: Int }
      enum Size
      extend enum Size { BIG }
    `);
  });

  it('accepts a comment of empty braces', () => {
    expectClean(`
      # type Foo {}
      type Foo { a: Int }
    `);
  });

  it.each([
    ['type Foo {}', '1:6', 'type "Foo" has no fields between its braces', 'add a field to "Foo", or delete it'],
    ['input Foo { # nothing yet\n}', '1:7', 'input "Foo" has no fields between its braces', 'add a field to "Foo", or delete it'],
    ['interface Foo @aws_iam {}', '1:11', 'interface "Foo" has no fields between its braces', 'add a field to "Foo", or delete it'],
    ['type type {}', '1:6', 'type "type" has no fields between its braces', 'add a field to "type", or delete it'],
    ['enum Foo {}', '1:6', 'enum "Foo" has no values between its braces', 'add a value to "Foo", or delete it'],
  ])('names the type in %j, which is no syntax for the parser', (sdl, at, message, fix) => {
    expectDiagnostics(sdl).toEqual([{ code, at, message }]);
    expectFixes(sdl).toEqual([fix]);
  });

  it('reports every kind of type that has no braces at all', () => {
    expectDiagnostics(`
      type A
      interface B
      input C
      enum D
      union E
    `).toEqual([
      { code, at: '1:6', message: '"A" has no fields' },
      { code, at: '2:11', message: '"B" has no fields' },
      { code, at: '3:7', message: '"C" has no fields' },
      { code, at: '4:6', message: 'enum "D" has no values' },
      { code, at: '5:7', message: 'union "E" has no members' },
    ]);
  });
});

import { withAmpersands } from '../../lib/sdl/legacy-syntax';
import { expectClean, expectDiagnostics } from './rules/harness';

describe('lists of interfaces in the older form', () => {
  it('reads the form with commas, as AppSync exports it', () => {
    expectClean(`
      interface A { a: Int }
      interface B { b: Int }
      type Foo implements A, B @aws_iam { a: Int b: Int }
      type Bar implements A & B { a: Int b: Int }
    `);
  });

  it('keeps every place where it was', () => {
    expectDiagnostics(`
      interface A { a: Int }
      interface B { b: Int }
      type Foo implements A, B { a: Int b: Int c: Missing }
    `).toEqual([{ code: 'SDL_UNKNOWN_TYPE', at: '3:45', message: 'unknown type "Missing"' }]);
  });

  it('reports a syntax error elsewhere in the words of the text as written', () => {
    expectDiagnostics('type Query implements A & { a: Int }').toEqual([{ code: 'SDL_SYNTAX', at: '1:27', message: 'expected Name, found "{"' }]);
  });

  it.each([
    ['type A implements B, C, D { a: Int }', 'type A implements B& C& D { a: Int }'],
    ['type A implements B C { a: Int }', 'type A implements B&C { a: Int }'],
    ['type A implements B,\n  # and\n  C { a: Int }', 'type A implements B&\n  # and\n  C { a: Int }'],
    ['type A implements B # , no\n C { a: Int }', 'type A implements B&# , no\n C { a: Int }'],
    ['type A implements B type C { a: Int }', 'type A implements B type C { a: Int }'],
    ['type A implements B & C { a: Int implements: B, c: C }', 'type A implements B & C { a: Int implements: B, c: C }'],
    ['"implements A, B" type C { a: Int }', '"implements A, B" type C { a: Int }'],
    ['type A implements B, C { a: \u0000', 'type A implements B& C { a: \u0000'],
  ])('rewrites %j to %j', (text, expected) => {
    expect(withAmpersands(text)).toBe(expected);
  });
});

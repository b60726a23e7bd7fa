import { expectClean, expectDiagnostics, expectFixes } from './harness';

const code = 'SDL_CUSTOM_SCALAR';

describe('scalars-are-built-in', () => {
  it('accepts all scalars of AppSync without a definition', () => {
    expectClean('type Foo { a: AWSDate b: AWSTime c: AWSDateTime d: AWSTimestamp e: AWSEmail f: AWSJSON g: AWSPhone h: AWSURL i: AWSIPAddress j: ID }');
  });

  it('accepts the declaration of a scalar that AppSync brings itself, as editors need it', () => {
    expectClean(`
      scalar AWSDateTime
      scalar ID
      type Foo { a: AWSDateTime b: ID }
    `);
  });

  it('reports a scalar of the user, and the one of AppSync to use in its place', () => {
    const sdl = `
      scalar DateTime
      scalar Money
      type Foo { a: DateTime b: Money }
    `;

    expectDiagnostics(sdl).toEqual([
      { code, at: '1:8', message: 'AppSync has no custom scalars, so "DateTime" cannot be defined' },
      { code, at: '2:8', message: 'AppSync has no custom scalars, so "Money" cannot be defined' },
    ]);
    expectFixes(sdl).toEqual([
      'delete the definition and use "AWSDateTime" in place of "DateTime"',
      'delete the definition and use a scalar of AppSync, such as "String" or "AWSJSON", in place of "Money"',
    ]);
  });

  it('reports a new scalar of the AWS prefix once', () => {
    expectDiagnostics('scalar AWSMoney').toEqual([{ code, at: '1:8', message: 'AppSync has no custom scalars, so "AWSMoney" cannot be defined' }]);
  });
});

import { expectClean, expectDiagnostics, expectFixes } from './harness';

describe('type-name-leaves-aws-prefix', () => {
  it('accepts AWS anywhere but at the beginning, and in the names of fields', () => {
    expectClean('type MyAWSAccount { AWSRegion: String }');
  });

  it('accepts a beginning that differs in case', () => {
    expectClean('type AwsAccount { id: ID }');
  });

  it('reports types of every kind', () => {
    const code = 'SDL_RESERVED_NAME';
    const sdl = `
      type AWSAccount { id: ID }
      enum AWSRegion { EU }
    `;

    expectDiagnostics(sdl).toEqual([
      { code, at: '1:6', message: 'type name "AWSAccount" begins with "AWS", which AppSync keeps for its own types' },
      { code, at: '2:6', message: 'type name "AWSRegion" begins with "AWS", which AppSync keeps for its own types' },
    ]);
    expectFixes(sdl).toEqual(['give the type another name', 'give the type another name']);
  });
});

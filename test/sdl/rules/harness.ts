/**
 * How a rule is tested: inline SDL in, findings out as `{ code, at: 'line:column', message }`.
 * Common indentation and the first line break are removed, so the first line of SDL is line 1 and its first letter column 1.
 * A Query type is added behind SDL that names none, so that a test shows its subject alone. All rules run: an unexpected finding fails the test.
 */
import type { Diagnostic } from '../../../lib/diagnostics';
import { loadSchema } from '../../../lib/sdl';

/** The SDL has no finding, of any rule. */
export function expectClean(sdl: string): void {
  expectDiagnostics(sdl).toEqual([]);
}

/** `expectDiagnostics(sdl).toEqual([{ code, at: '3:5', message }])`, in the order of the text. */
export function expectDiagnostics(sdl: string): jest.JestMatchers<{ code: string; at: string; message: string }[]> {
  return expect(findings(sdl).map((d) => ({ code: d.code, at: place(d), message: d.message })));
}

/** `expectFixes(sdl).toEqual(['did you mean "createUser"?'])`, in the order of the text. */
export function expectFixes(sdl: string): jest.JestMatchers<(string | undefined)[]> {
  return expect(findings(sdl).map(({ fix }) => fix));
}

/** The findings of a rule test's SDL, in the order of the text; for what the three above do not show, such as notes. */
export function findings(sdl: string): Diagnostic[] {
  const text = dedent(sdl);
  const complete = /\bQuery\b/.test(text) ? text : `${text}\ntype Query { ok: Boolean }`;
  const order = (d: Diagnostic) => (d.location?.line ?? 0) * 10_000 + (d.location?.column ?? 0);
  return loadSchema([{ path: '/app/schema.graphql', text: complete }]).diagnostics.sort((a, b) => order(a) - order(b));
}

function place({ location }: Diagnostic): string {
  return location ? `${location.line}:${location.column}` : 'nowhere';
}

export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\s+$/, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join('\n');
}

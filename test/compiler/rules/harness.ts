/** Checks one snippet as a whole handler, so that a test sees every finding and not only those of the rule it is about. */
import { checkHandlerCode } from '../../../lib/compiler';

const handlers = '\nexport function request(ctx) { return {}; }\nexport function response(ctx) { return ctx.result; }\n';

/** @param code a module; without an `export` of its own it gets a plain request and response, after its last line */
export function findingsIn(code: string): { code: string; at: string; message: string }[] {
  const text = code.includes('export') ? code : code + handlers;
  return checkHandlerCode({ code: { path: 'handler.js', text } }).map(({ code, location, message }) => ({ code, at: `${location?.line}:${location?.column}`, message }));
}

export function expectClean(code: string): void {
  expect(findingsIn(code)).toEqual([]);
}

/** Where findings are no errors. */
export function warningsIn(code: string): string[] {
  return checkHandlerCode({ code: { path: 'handler.js', text: code + handlers } }).flatMap(({ severity, location }) => (severity === 'warning' ? [`${location?.line}:${location?.column}`] : []));
}

/** The words that the only finding underlines, and how to repair them. */
export function markAndFix(code: string): { marked: string | undefined; fix: string | undefined } {
  const text = code.includes('export') ? code : code + handlers;
  const [finding, ...others] = checkHandlerCode({ code: { path: 'handler.js', text } });
  expect(others).toEqual([]);
  const { lineText, column, length } = finding!.location!;
  return { marked: lineText?.slice(column - 1, column - 1 + length!), fix: finding!.fix };
}

/** Whatever AWS's own linter refuses, we refuse: one snippet per rule of @aws-appsync/eslint-plugin, and no rule without one. */
import { findingsIn } from './rules/harness';

const snippets: Readonly<Record<string, readonly [snippet: string, codes: readonly string[]]>> = {
  'no-async': ['async function load() {}', ['RES_ASYNC']],
  'no-await': ['await util.autoId();', ['RES_ASYNC']],
  'no-classes': ['class Cart {}', ['RES_CLASS']],
  'no-for': ['for (let i = 0; i < 3; i += 1) console.log(i);', ['RES_LOOP']],
  'no-continue': ['for (const x of [1]) {\n  continue;\n}', ['RES_CONTINUE']],
  'no-generators': ['function* ids() {}', ['RES_GENERATOR']],
  'no-yield': ['function* ids() {\n  yield 1;\n}', ['RES_GENERATOR']],
  'no-labels': ['here: for (const x of [1]) break here;', ['RES_LABEL']],
  'no-regex': ['const r = /a/;\nconsole.log(r);', ['RES_REGEX']],
  'no-this': ['function f() {\n  return this;\n}', ['RES_THIS']],
  'no-try': ['try {\n  util.autoId();\n} catch {}', ['RES_TRY']],
  'no-while': ['while (util.autoId()) {}', ['RES_LOOP']],
  'no-recursion': ['const ping = () => pong();\nconst pong = () => ping();', ['RES_RECURSION']],
  'no-disallowed-unary-operators': ['let n = 1;\nn++;\n--n;\nconsole.log(~n);', ['RES_OPERATOR', 'RES_OPERATOR', 'RES_OPERATOR']],
  'no-disallowed-binary-operators': ['console.log([] instanceof Array);', ['RES_OPERATOR']],
  'no-in-operator': ['console.log("a" in {});', ['RES_OPERATOR']],
  'no-promise': ['const p = new Promise(() => {});\nconsole.log(p);', ['RES_NEW']],
  'no-disallowed-methods': ['console.log(Object.freeze({}), Array.of(1), "a".padEnd(2));', ['RES_METHOD', 'RES_METHOD', 'RES_METHOD']],
  'no-function-passing': ['const call = (g) => g();\ncall(() => 1);', ['RES_FUNCTION_ARGUMENT']],
  'no-function-reassign': ['const one = () => 1;\nconst two = one;\nconsole.log(two());', ['RES_FUNCTION_REASSIGN']],
  'no-function-return': ['const make = () => () => 1;\nconsole.log(make());', ['RES_FUNCTION_RETURN']],
  'no-disallowed-re-assignment': ['export function request(ctx) {\n  ctx.args = {};\n  return {};\n}\nexport function response(ctx) {\n  return ctx.result;\n}', ['RES_CONTEXT_WRITE']],
};

describe.each(Object.entries(snippets))('%s', (_rule, [snippet, codes]) => {
  it('is refused, with nothing said twice', () => {
    expect(findingsIn(snippet).map(({ code }) => code)).toEqual(codes);
  });
});

it('covers every rule of the plugin', async () => {
  const { default: plugin } = (await import('@aws-appsync/eslint-plugin' as string)) as { default: { rules: Record<string, unknown> } };

  expect(Object.keys(snippets).sort()).toEqual(Object.keys(plugin.rules).sort());
});

import type { HandlerRule } from './handler-rule';

export const exportsRequestAndResponse: HandlerRule = {
  code: 'RES_EXPORT',
  severity: 'error',
  summary: 'a resolver or function exports "request" and "response"',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html',
  *check(handler) {
    // A CommonJS module exports in its own way; that it is one is reported.
    if (handler.bundler.commonJsModules.some(({ isEntry }) => isEntry)) return;
    // What `export * from` brings is not known here; that it cannot be imported is reported.
    if (handler.nodes('ExportAllDeclaration').some(({ exported }) => !exported)) return;
    const exported = [...handler.exports.keys()];
    const has = exported.length === 0 ? 'it exports nothing' : `it exports ${exported.map((name) => `"${name}"`).join(', ')}`;
    for (const name of ['request', 'response']) {
      if (handler.exports.has(name)) continue;
      const body = name === 'request' ? 'return {};' : 'return ctx.result;';
      yield { at: { start: 0, end: 0 }, location: handler.start, message: `the export "${name}" is missing: ${has}`, fix: `add export function ${name}(ctx) { ${body} }` };
    }
  },
};

import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

/** Assumed: refused because the language page does not list it; it could do nothing in a deployed handler anyway. */
export const hasNoDebugger: HandlerRule = {
  code: 'RES_DEBUGGER',
  severity: 'error',
  summary: 'there is no "debugger" statement',
  url: supportedFeatures,
  *check(handler) {
    for (const node of handler.nodes('DebuggerStatement')) yield { at: keyword(node, 'debugger'), message: '"debugger" is not available', fix: 'use console.log' };
  },
};

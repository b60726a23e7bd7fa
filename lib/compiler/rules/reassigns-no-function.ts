import { functionOf } from '../names';
import type { SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

/** Source: `no-function-reassign` of @aws-appsync/eslint-plugin: a second name for a function counts too. */
export const reassignsNoFunction: HandlerRule = {
  code: 'RES_FUNCTION_REASSIGN',
  severity: 'error',
  summary: 'a function keeps its one name, and the name its function',
  url: supportedFeatures,
  *check(handler) {
    for (const binding of handler.bindings) {
      if (!functionOf(binding)) continue;
      for (const reference of binding.references) {
        if (handler.names.isWritten(reference)) yield { at: reference, message: `the function "${binding.name}" is re-assigned`, fix: 'declare a second function, or choose with if inside the first' };
      }
    }
    const values: SyntaxNode[] = [
      ...handler.nodes('VariableDeclarator').flatMap(({ init }) => init ?? []),
      ...handler.nodes('AssignmentExpression').flatMap(({ operator, right }) => (operator === '=' ? right : [])),
    ];
    for (const value of values) {
      if (value.type === 'Identifier' && handler.names.functionBehind(value)) {
        yield { at: value, message: `the function "${value.name}" is given a second name`, fix: `use "${value.name}" itself, or export it where it is declared` };
      }
    }
  },
};

import type { HandlerProgram } from '../handler-program';
import { type SyntaxNode, writtenName, writtenTargets } from '../syntax-tree';
import type { HandlerRule } from './handler-rule';

/** Source: `no-disallowed-re-assignment` of @aws-appsync/eslint-plugin; writing below a member, `ctx.stash.x = 1`, is fine. */
export const leavesContextAlone: HandlerRule = {
  code: 'RES_CONTEXT_WRITE',
  severity: 'error',
  summary: 'request and response write neither the context nor its members, only what is below them',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html',
  *check(handler) {
    for (const { params } of handler.handlers) {
      const [context] = params;
      if (context?.type !== 'Identifier') continue;
      for (const target of targets(handler)) {
        const object = target.type === 'MemberExpression' ? target.object : target;
        if (object.type !== 'Identifier' || handler.names.bindingOf(object)?.identifier !== context) continue;
        const member = target.type === 'MemberExpression' ? writtenName(target) : undefined;
        const name = target === object ? context.name : `${context.name}${member === undefined ? '[…]' : `.${member}`}`;
        const fix = target === object ? 'use a variable of your own' : `write to ${context.name}.stash.${member ?? 'name'}, or use a variable of your own`;
        yield { at: target, message: `"${name}" cannot be written`, fix };
      }
    }
  },
};

/** Everything that is assigned, counted up or down, looped into, or deleted. */
function targets(handler: HandlerProgram): SyntaxNode[] {
  return [
    ...handler.nodes('AssignmentExpression').flatMap(({ left }) => writtenTargets(left)),
    ...handler.nodes('ForInStatement', 'ForOfStatement').flatMap(({ left }) => (left.type === 'VariableDeclaration' ? [] : writtenTargets(left))),
    ...handler.nodes('UpdateExpression').map(({ argument }) => argument),
    ...handler.nodes('UnaryExpression').flatMap(({ operator, argument }) => (operator === 'delete' ? argument : [])),
  ];
}

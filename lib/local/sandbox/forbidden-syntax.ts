/**
 * The syntax APPSYNC_JS has not. AWS refuses such code when it is deployed; the sandbox refuses it when it is loaded,
 * so that a handler cannot work here and fail there.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html and the rules of `@aws-appsync/eslint-plugin`.
 */
import type { AnyNode } from 'acorn';

/**
 * @returns what AppSync lacks, in the words of its documentation, when this node alone makes the code invalid
 */
export function forbiddenSyntax(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'ForStatement':
      return 'C-style for loops';
    case 'WhileStatement':
    case 'DoWhileStatement':
      return 'while and do-while loops';
    case 'ContinueStatement':
      return 'continue statements';
    case 'LabeledStatement':
      return 'labels';
    case 'TryStatement':
      return 'try, catch and finally';
    case 'ThrowStatement':
      return 'throw statements';
    case 'ClassDeclaration':
    case 'ClassExpression':
      return 'classes';
    case 'YieldExpression':
      return 'generators';
    case 'AwaitExpression':
      return 'async and await';
    case 'ForOfStatement':
      return node.await ? 'async and await' : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.async) return 'async and await';
      return node.generator ? 'generators' : undefined;
    case 'ThisExpression':
      return 'the this keyword';
    case 'ImportExpression':
      return 'dynamic imports';
    case 'MetaProperty':
      return 'meta properties';
    case 'UpdateExpression':
      return `the ${node.operator} operator`;
    case 'UnaryExpression':
      return node.operator === '~' ? 'the ~ operator' : undefined;
    case 'BinaryExpression':
      return node.operator === 'in' || node.operator === 'instanceof' ? `the ${node.operator} operator` : undefined;
    case 'Literal':
      return node.regex === undefined ? undefined : 'regular expression literals';
    case 'Property':
      return node.kind === 'init' ? undefined : 'getters and setters';
    case 'DebuggerStatement':
      return 'debugger statements';
    default:
      return undefined;
  }
}

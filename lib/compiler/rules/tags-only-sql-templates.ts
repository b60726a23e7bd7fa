import type { HandlerProgram } from '../handler-program';
import type { SyntaxNode } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

/**
 * Assumed: tags of the user's own are refused: the language page lists plain template literals only, and `sql` is the one documented tag.
 * `String.raw` is on that page yet denied by AWS's own linter; it passes here.
 */
export const tagsOnlySqlTemplates: HandlerRule = {
  code: 'RES_TAGGED_TEMPLATE',
  severity: 'error',
  summary: 'the only template tag is "sql" of @aws-appsync/utils/rds',
  url: supportedFeatures,
  *check(handler) {
    for (const { tag } of handler.nodes('TaggedTemplateExpression')) {
      if (isSql(tag, handler) || isStringRaw(tag, handler)) continue;
      const text = handler.code.slice(tag.start, tag.end);
      yield { at: tag, message: `the template tag "${text}" is not available`, fix: 'call it as a function with an untagged template' };
    }
  },
};

function isSql(tag: SyntaxNode, { names, tree }: HandlerProgram): boolean {
  const root = tag.type === 'MemberExpression' ? tag.object : tag;
  const specifier = root.type === 'Identifier' ? names.bindingOf(root)?.declaration : undefined;
  const declaration = specifier && tree.parentOf(specifier);
  if (declaration?.type !== 'ImportDeclaration' || declaration.source.value !== '@aws-appsync/utils/rds') return false;
  return tag.type === 'MemberExpression' || (specifier?.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' && specifier.imported.name === 'sql');
}

function isStringRaw(tag: SyntaxNode, { names }: HandlerProgram): boolean {
  return tag.type === 'MemberExpression' && tag.object.type === 'Identifier' && tag.object.name === 'String' && !names.bindingOf(tag.object);
}

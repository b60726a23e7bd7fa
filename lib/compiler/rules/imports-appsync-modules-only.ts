import type { HandlerRule } from './handler-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html */
const provided: ReadonlySet<string> = new Set(['@aws-appsync/utils', '@aws-appsync/utils/dynamodb', '@aws-appsync/utils/rds', '@aws-appsync/utils/ai']);

const nodeModule = /^(?:node:|(?:assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|querystring|stream|url|util|zlib)(?:\/|$))/;

export const importsAppSyncModulesOnly: HandlerRule = {
  code: 'RES_IMPORT',
  severity: 'error',
  summary: 'what is left to import is @aws-appsync/utils or its dynamodb, rds or ai module, by an import declaration',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html',
  *check(handler) {
    for (const { source } of handler.nodes('ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration')) {
      if (!source || typeof source.value !== 'string' || provided.has(source.value)) continue;
      const specifier = source.value;
      if (nodeModule.test(specifier)) {
        yield { at: source, message: `"${specifier}" is a module of Node, which AppSync does not have`, fix: 'use the helpers of util, or move the work to a Lambda data source' };
      } else if (specifier.startsWith('@aws-appsync/utils')) {
        yield { at: source, message: `"${specifier}" does not exist`, fix: `import from ${[...provided].map((name) => `"${name}"`).join(', ')}` };
      } else {
        yield { at: source, message: `"${specifier}" cannot be imported: the code has to be a single file`, fix: `bundle "${specifier}" into the code` };
      }
    }
    for (const node of [...handler.nodes('ImportExpression'), ...handler.bundler.dynamicImports]) {
      yield { at: { start: node.start, end: node.start + 'import'.length }, message: '"import()" is not available', fix: 'use an import declaration' };
    }
  },
};

import type { HandlerRule } from './handler-rule';

export const bundlesEsModulesOnly: HandlerRule = {
  code: 'RES_COMMONJS',
  severity: 'error',
  summary: 'everything bundled is an ES module: the wrapper of a CommonJS module uses try, throw and functions as arguments',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/additional-utilities.html',
  *check(handler) {
    for (const { path, uses, isEntry } of handler.bundler.commonJsModules) {
      const fix = path.includes('node_modules/') ? 'import an ES module build of it, or move the work to a Lambda data source' : 'write it with import and export';
      for (const use of uses) {
        yield { at: use, ...(isEntry ? { location: handler.start } : {}), message: `"${path}" is a CommonJS module, and its wrapper is not valid in AppSync`, fix };
      }
    }
  },
};

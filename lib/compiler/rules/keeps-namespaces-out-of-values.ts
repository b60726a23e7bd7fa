import { locationAt, type SourceLocation } from '../../diagnostics';
import type { HandlerProgram } from '../handler-program';
import type { HandlerRule, Span } from './handler-rule';

export const keepsNamespacesOutOfValues: HandlerRule = {
  code: 'RES_NAMESPACE',
  severity: 'error',
  summary: 'a namespace import is used member by member: as a whole it needs Object.defineProperty and getters',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html',
  *check(handler) {
    for (const [use] of handler.bundler.namespaceObjects) {
      if (!use) continue;
      const declared = importOf(use, handler);
      const notes = declared ? [{ message: 'it is used as a value here', location: handler.original.locate(use) }] : [];
      const name = declared?.name ?? handler.code.slice(use.start, use.end);
      yield { at: use, ...(declared ? { location: declared.location } : {}), notes, message: `the namespace "${name}" is used as a value, which AppSync cannot run`, fix: 'name the members: an object literal of what is needed, or named imports' };
    }
  },
};

/** The `import * as x` statement of the file that uses the namespace. */
function importOf(use: Span, { original }: HandlerProgram): { name: string; location: SourceLocation } | undefined {
  const { lineText, column, length } = original.locate(use);
  const name = lineText?.slice(column - 1, column - 1 + (length ?? 1));
  const file = original.files.find(({ path }) => path === original.fileOf(use));
  if (!file || name === undefined || !/^[\w$]+$/.test(name)) return undefined;
  const statement = new RegExp(`\\bimport\\s*\\*\\s*as\\s+${name.replaceAll('$', '\\$')}\\b`).exec(file.text);
  return statement ? { name, location: locationAt(file, statement.index, statement[0].length) } : undefined;
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { createLibrary } from '../../../lib/local/builtins';

const typings = dirname(require.resolve('@aws-appsync/utils'));
const library = createLibrary({ now: () => 0, current: () => { throw new Error('no handler runs'); } });

function declarations(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(typings, file), 'utf8'), ts.ScriptTarget.Latest);
}

/** Names of the members of `export type Name = { … }`, with those of the types it refers to below them. */
function membersOf(name: string, files: readonly ts.SourceFile[]): string[] {
  for (const file of files) {
    for (const statement of file.statements) {
      if (!ts.isTypeAliasDeclaration(statement) || statement.name.text !== name || !ts.isTypeLiteralNode(statement.type)) continue;
      return statement.type.members.flatMap((member) => {
        const key = member.name?.getText(file) ?? '';
        const isGroup = ts.isPropertySignature(member) && member.type && ts.isTypeReferenceNode(member.type);
        return isGroup ? membersOf(member.type.getText(file), files).map((inner) => `${key}.${inner}`) : [key];
      });
    }
  }
  throw new Error(`no type ${name}`);
}

function valuesOf(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement)) return statement.name?.text ?? [];
    return ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ name }) => name.getText(file)) : [];
  });
}

function at(path: string, root: unknown): unknown {
  return path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], root);
}

const utilFiles = ['index', 'dynamodb-utils', 'rds-utils', 'string-utils', 'time-utils', 'http-utils', 'xml-utils', 'math-utils', 'transform-utils'].map((name) => declarations(`${name}.d.ts`));

it.each([
  ['util', 'Util', 50],
  ['extensions', 'Extensions', 4],
  ['runtime', 'Runtime', 1],
])('%s has every member the typings list', (object, type, atLeast) => {
  const members = membersOf(type, utilFiles);

  expect(members.length).toBeGreaterThanOrEqual(atLeast);
  expect(members.filter((path) => typeof at(path, library.globals[object]) !== 'function')).toEqual([]);
});

it.each([
  ['dynamodb', 'dynamodb-helpers.d.ts', 16],
  ['rds', 'rds-helpers.d.ts', 10],
  ['ai', 'bedrock-helpers.d.ts', 2],
])('the module %s exports every value the typings declare', (module, file, count) => {
  const names = valuesOf(declarations(file));

  expect(names).toHaveLength(count);
  expect(Object.keys(library.modules[`@aws-appsync/utils/${module}`] ?? {}).sort()).toEqual(names.sort());
});

it.each([
  ['dynamodb', 'operations', 'DynamoDBOperation', 'dynamodb-helpers.d.ts'],
  ['rds', 'typeHint', 'RDSTypeHintHelper', 'rds-helpers.d.ts'],
  ['rds', 'agg', 'RDSAggregatesHelper', 'rds-helpers.d.ts'],
])('%s.%s has every member the typings list', (module, object, type, file) => {
  expect(Object.keys(library.modules[`@aws-appsync/utils/${module}`]?.[object] ?? {}).sort()).toEqual(membersOf(type, [declarations(file)]).sort());
});

it('docs/fidelity.md has a row for every one of them', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'fidelity.md'), 'utf8');
  const named = new Set([...page.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.split('.').at(-1)));
  const leaves = (node: unknown): string[] => Object.entries(node as object).flatMap(([name, member]) => (typeof member === 'function' ? [name] : leaves(member)));

  expect([...leaves(library.globals), ...leaves(library.modules)].filter((name) => name !== 'debug' && !named.has(name))).toEqual([]);
});

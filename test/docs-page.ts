/** A page under `docs/` as its tests see it: files of an example in a project of their own, synthesized, free of findings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import ts from 'typescript';
import * as constructs from '../lib';
import { checkAssembly } from '../lib/checks';
import { readApis } from '../lib/model';
import { project, withoutChecks } from './constructs/project';

export interface PageOptions {
  /** Which of the page's files has the statements of the stack. @default 'stack.ts' */
  readonly stack?: string;
  /** Of the `api` that is in scope where the stack makes none. */
  readonly api?: Partial<constructs.EnterpriseGraphqlApiProps>;
}

/** @param page path below `docs`, without `.md` */
export function pageText(page: string): string {
  return readFileSync(join(__dirname, '../docs', `${page}.md`), 'utf8');
}

/** Runs the page's example as somebody with these files would. @returns the folder of the assembly */
export function assemblyOfPage(page: string, { stack: name = 'stack.ts', api }: PageOptions = {}): string {
  const { [name]: text = '', ...files } = filesOf(pageText(page));
  const made = project(files);
  const scope = { ...constructs, Duration, cognito, iam, lambda, ...(!/\bconst api = /.test(text) && { api: made.api(api) }) };
  const before = process.cwd();
  process.chdir(made.folder);
  try {
    run(withKeysOfToday(text), made.stack, scope);
    const folder = withoutChecks(() => made.app.synth()).directory;
    expect(checkAssembly(readApis(folder)).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    return folder;
  } finally {
    process.chdir(before);
  }
}

/** Code blocks under `<!-- file: PATH -->`, by path. */
export function filesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, path = '', content = '']) => [path, content]));
}

/** A page names a date; its example has to work after that date too. */
function withKeysOfToday(stack: string): string {
  const inHalfAYear = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
  return stack.replace(/expires: '\d{4}-\d{2}-\d{2}'/g, `expires: '${inHalfAYear}'`);
}

function run(statements: string, stack: Stack, scope: Readonly<Record<string, unknown>>): void {
  const code = ts.transpile(statements, { target: ts.ScriptTarget.ES2022 });
  (new Function(...Object.keys(scope), code) as (...values: unknown[]) => void).call(stack, ...Object.values(scope));
}

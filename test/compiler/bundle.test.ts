import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleHandlers, rebundleHandler } from '../../lib/compiler';
import { makeProject, type Project } from './project';

const response = 'export function response(ctx) { return ctx.result; }\n';
const resolver = `import { util, type Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { Product } from './schema-types';
import { Unused } from './schema-types';
import { keyOf } from './shared';

export function request(ctx: Context<{ id: string }>) {
  const wanted: Product | undefined = ctx.args as Product;
  return get({ key: keyOf(wanted?.id ?? util.autoId()) });
}
${response.replace('ctx', 'ctx: Context')}`;
const shared = 'export const keyOf = (id: string) => ({ id });\nexport const unused = 1;\n';

let project: Project;
afterEach(() => project.remove());

describe('bundleHandlers', () => {
  it('makes one ES module per resolver, with the AppSync modules left as imports and types gone', () => {
    project = makeProject({ 'Query.a.ts': resolver, 'shared.ts': shared, 'schema-types.ts': 'export interface Product { id: string }\nexport type Unused = 1;\n' });

    const { value, diagnostics } = bundleHandlers([project.path('Query.a.ts')], { root: project.root });

    expect(diagnostics).toEqual([]);
    expect(value.get(project.path('Query.a.ts'))!.code).toBe(`// Query.a.ts
import { util } from "@aws-appsync/utils";
import { get } from "@aws-appsync/utils/dynamodb";

// shared.ts
var keyOf = (id) => ({ id });

// Query.a.ts
function request(ctx) {
  const wanted = ctx.args;
  return get({ key: keyOf(wanted?.id ?? util.autoId()) });
}
function response(ctx) {
  return ctx.result;
}
export {
  request,
  response
};
`);
  });

  it('gives an external map with absolute sources and their text, and every file that went in', () => {
    project = makeProject({ 'api/Query.a.ts': `import { x } from '../lib/x';\nexport function request() { return { x }; }\n${response}`, 'lib/x.ts': `import { y } from './y';\nexport const x = y;\n`, 'lib/y.ts': 'export const y = 1;\n' });

    const bundle = bundleHandlers([project.path('api/Query.a.ts')], { root: project.root }).value.get(project.path('api/Query.a.ts'))!;
    const map = JSON.parse(bundle.sourceMap);

    expect(bundle.file).toBe(project.path('api/Query.a.ts'));
    expect(bundle.inputs).toEqual(['api/Query.a.ts', 'lib/x.ts', 'lib/y.ts'].map(project.path));
    expect(map.version).toBe(3);
    expect([...map.sources].sort()).toEqual(bundle.inputs);
    expect(map.sourcesContent).toContain('export const y = 1;\n');
    expect(bundle.code).not.toContain('sourceMappingURL');
  });

  it('writes nothing and names no folder of this machine', () => {
    project = makeProject({ 'Query.a.ts': `import { x } from 'dep';\nexport function request() { return { x }; }\n${response}`, 'node_modules/dep/index.js': 'module.exports = { x: 1 };' });
    const before = readdirSync(project.root);

    const { value } = bundleHandlers([project.path('Query.a.ts')], { root: project.root });

    expect(readdirSync(project.root)).toEqual(before);
    expect(value.get(project.path('Query.a.ts'))!.code).not.toContain(project.root);
  });

  it('makes the same bytes in another folder, in other company, and one by one', async () => {
    const files = { 'Query.a.ts': resolver, 'Query.b.ts': resolver.replace('ctx.args as', '{} as'), 'shared.ts': shared, 'schema-types.ts': 'export interface Product { id: string }\nexport type Unused = 1;\n' };
    project = makeProject(files);
    const other = makeProject(files);
    const a = (in_: Project, entries: string[]) => bundleHandlers(entries.map(in_.path), { root: in_.root }).value.get(in_.path('Query.a.ts'))!;

    const together = a(project, ['Query.a.ts', 'Query.b.ts']);
    const alone = await rebundleHandler(project.path('Query.a.ts'), { root: project.root });
    const elsewhere = a(other, ['Query.b.ts', 'Query.a.ts']);
    other.remove();

    expect(alone.value).toEqual(together);
    expect(elsewhere.code).toBe(together.code);
  });

  it('keeps files of the same name apart', () => {
    project = makeProject({ 'one/Query.a.ts': `export const request = () => ({ n: 1 });\n${response}`, 'two/Query.a.ts': `export const request = () => ({ n: 2 });\n${response}`, 'two/Query.a.js': `export const request = () => ({ n: 3 });\n${response}` });
    const entries = ['one/Query.a.ts', 'two/Query.a.ts', 'two/Query.a.js', 'one/Query.a.ts'].map(project.path);

    const { value } = bundleHandlers(entries, { root: project.root });

    expect([...value.values()].map(({ code }) => /n: (\d)/.exec(code)?.[1])).toEqual(['1', '2', '3']);
  });

  it('keeps handlers that are re-exported from another file', () => {
    project = makeProject({ 'Query.a.ts': `export { request } from './pass';\nexport { done as response } from './pass';\n`, 'pass.ts': 'export const request = () => ({});\nexport const done = (ctx: { result: unknown }) => ctx.result;\n' });

    expect(bundleHandlers([project.path('Query.a.ts')], { root: project.root }).value.get(project.path('Query.a.ts'))!.code).toMatch(/export \{\n  request,\n  done as response\n\};\n$/);
  });

  it('keeps legal comments, text beyond ASCII, and modern syntax', () => {
    project = makeProject({ 'Query.a.ts': `/*! licence of a */\nexport function request(ctx) { ctx.stash.a ??= ctx.args?.b; return { é: '日本' }; }\n${response}` });

    const { code } = bundleHandlers([project.path('Query.a.ts')], { root: project.root }).value.get(project.path('Query.a.ts'))!;

    expect(code).toContain('/*! licence of a */');
    expect(code).toContain('ctx.stash.a ??= ctx.args?.b;');
    expect(code).toContain('é: "日本"');
  });

  it('prefers the ES module of a package', () => {
    project = makeProject({
      'Query.a.ts': `import { x } from 'dual';\nexport const request = () => ({ x });\n${response}`,
      'node_modules/dual/package.json': '{ "name": "dual", "main": "index.cjs", "module": "index.mjs" }',
      'node_modules/dual/index.cjs': 'exports.x = 1;',
      'node_modules/dual/index.mjs': 'export const x = 2;',
    });

    expect(bundleHandlers([project.path('Query.a.ts')], { root: project.root }).value.get(project.path('Query.a.ts'))!.code).not.toContain('__commonJS');
  });

  it('leaves out a file that does not compile, says where, and bundles the rest', () => {
    project = makeProject({ 'Query.good.ts': `export const request = () => ({});\n${response}`, 'Query.bad.ts': `export function request() {\n  const é = 'ü', x = ;\n}\n` });

    const { value, diagnostics } = bundleHandlers([project.path('Query.bad.ts'), project.path('Query.good.ts')], { root: project.root });

    expect([...value.keys()]).toEqual([project.path('Query.good.ts')]);
    expect(diagnostics).toEqual([
      {
        code: 'RES_BUNDLE',
        severity: 'error',
        message: 'unexpected ";"',
        location: { file: project.path('Query.bad.ts'), line: 2, column: 22, length: 1, lineText: `  const é = 'ü', x = ;` },
        notes: [],
        url: 'https://docs.aws.amazon.com/appsync/latest/devguide/additional-utilities.html',
      },
    ]);
  });

  it('reports a broken shared module once, and leaves out every resolver that leads to it', () => {
    project = makeProject({
      'broken.ts': 'export const x = ;\n',
      'through.ts': `export { x } from './broken';\n`,
      'Query.a.ts': `import { x } from './broken';\nexport const request = () => ({ x });\n`,
      'Query.b.ts': `import { x } from './through';\nexport const request = () => ({ x });\n`,
      'Query.c.ts': 'export const request = () => ({});\n',
    });

    const { value, diagnostics } = bundleHandlers(['Query.a.ts', 'Query.b.ts', 'Query.c.ts'].map(project.path), { root: project.root });

    expect(diagnostics.map(({ message, location }) => [message, location?.file])).toEqual([['unexpected ";"', project.path('broken.ts')]]);
    expect([...value.keys()]).toEqual([project.path('Query.c.ts')]);
  });

  it('reports errors that show only after others are out of the way, all in one call', () => {
    project = makeProject({
      'Query.a.ts': 'export const request = ;\n',
      'Query.b.ts': `import { nope } from './shared';\nexport const request = () => ({ nope });\n`,
      'Query.c.ts': `import { x } from 'not-installed';\nimport { y } from './gone';\nexport const request = () => ({ x, y });\n`,
      'shared.ts': 'export const nop = 1;\n',
    });

    const { value, diagnostics } = bundleHandlers(['Query.a.ts', 'Query.b.ts', 'Query.c.ts'].map(project.path), { root: project.root });

    expect(value.size).toBe(0);
    expect(diagnostics.map(({ message, fix }) => [message, fix]).sort()).toEqual([
      ['could not resolve "./gone"', 'correct the path of the import'],
      ['could not resolve "not-installed"', 'install "not-installed", or correct its name'],
      ['no matching export in "shared.ts" for import "nope"', 'export it there, or correct its name'],
      ['unexpected ";"', undefined],
    ]);
  });

  it('reports a missing file and goes on', () => {
    project = makeProject({ 'Query.a.ts': `export const request = () => ({});\n${response}` });

    const { value, diagnostics } = bundleHandlers([project.path('Query.none.ts'), project.root, project.path('Query.a.ts')], { root: project.root });

    expect(diagnostics.map(({ code, message, location }) => [code, message, location?.file])).toEqual([
      ['RES_BUNDLE', 'the resolver file does not exist', project.path('Query.none.ts')],
      ['RES_BUNDLE', 'the resolver file does not exist', project.root],
    ]);
    expect(value.size).toBe(1);
  });

  it('reports a broken tsconfig.json once and gives up on what it governs', () => {
    project = makeProject({ 'Query.a.ts': `export const request = () => ({});\n`, 'tsconfig.json': '{ "extends": 1, ' });

    const { diagnostics } = bundleHandlers([project.path('Query.a.ts')], { root: project.root });

    expect(diagnostics.map(({ location }) => location?.file)).toEqual([project.path('tsconfig.json')]);
  });

  it('has nothing to do for no files', () => {
    project = makeProject({});

    expect(bundleHandlers([], { root: project.root })).toEqual({ value: new Map(), diagnostics: [] });
  });
});

describe('rebundleHandler', () => {
  it('sees an edit', async () => {
    project = makeProject({ 'Query.a.ts': `export const request = () => ({ n: 1 });\n${response}` });
    const file = project.path('Query.a.ts');
    await rebundleHandler(file, { root: project.root });
    writeFileSync(file, `export const request = () => ({ n: 2 });\n${response}`);

    expect((await rebundleHandler(file, { root: project.root })).value?.code).toContain('n: 2');
  });

  it('answers a file that does not compile with its diagnostics', async () => {
    project = makeProject({ 'Query.a.ts': 'export const request = ;\n' });

    const { value, diagnostics } = await rebundleHandler(join(project.root, 'Query.a.ts'), { root: project.root });

    expect(value).toBeUndefined();
    expect(diagnostics.map(({ message }) => message)).toEqual(['unexpected ";"']);
  });

});

describe('in a process of its own', () => {
  it('bundles what is too much for one answer of esbuild, and ends when it is done', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `Query.${name}.ts`);
    project = makeProject(Object.fromEntries(names.map((name) => [name, `export const request = () => ({ text: '${'x'.repeat(4000)}' });\n${response}`])));
    const [files, options] = [JSON.stringify(names.map(project.path)), JSON.stringify({ root: project.root })];
    const script = `const { bundleHandlers, rebundleHandler } = require(${JSON.stringify(resolve('lib/compiler/index.ts'))});
      const { value, diagnostics } = bundleHandlers(${files}, ${options});
      rebundleHandler(${files}[0], ${options}).then((again) => process.stdout.write([value.size, diagnostics.length, again.value.code.length > 4000].join(' ')));`;

    const env = { ...process.env, ESBUILD_MAX_BUFFER: '40000', ESBUILD_WORKER_THREADS: '0' };
    const child = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8', env, timeout: 20_000 });

    expect([child.stdout, child.status]).toEqual(['5 0 true', 0]);
  });
});

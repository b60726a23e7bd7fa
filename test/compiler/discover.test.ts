import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { discoverResolvers } from '../../lib/compiler';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'discover-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}

/** The findings as `code path: message`, paths relative to the resolver folder. */
function findings(): string[] {
  return discoverResolvers(root).diagnostics.map(({ code, location, message }) => `${code} ${location!.file.slice(root.length + 1)}: ${message}`);
}

describe('discoverResolvers', () => {
  it('takes a file per field, in any of the four extensions', () => {
    write('Query.getProduct.ts', 'Query.a_1.js', 'Mutation.create.mts', '_Service.sdl.mjs');

    const { value, diagnostics } = discoverResolvers(root);

    expect(diagnostics).toEqual([]);
    expect([...value.units]).toEqual([
      ['Mutation.create', join(root, 'Mutation.create.mts')],
      ['Query.a_1', join(root, 'Query.a_1.js')],
      ['Query.getProduct', join(root, 'Query.getProduct.ts')],
      ['_Service.sdl', join(root, '_Service.sdl.mjs')],
    ]);
    expect(value.pipelines.size + value.functions.size).toBe(0);
  });

  it('orders the steps of a pipeline by number, not by text', () => {
    write('Mutation.createOrder/10-placeOrder.ts', 'Mutation.createOrder/2-reserve.ts', 'Mutation.createOrder/1-priceItems.ts', 'Mutation.createOrder/index.ts');

    const pipeline = discoverResolvers(root).value.pipelines.get('Mutation.createOrder');

    expect(pipeline?.ownFile).toBe(join(root, 'Mutation.createOrder/index.ts'));
    expect(pipeline?.steps).toEqual([
      { name: 'priceItems', file: join(root, 'Mutation.createOrder/1-priceItems.ts') },
      { name: 'reserve', file: join(root, 'Mutation.createOrder/2-reserve.ts') },
      { name: 'placeOrder', file: join(root, 'Mutation.createOrder/10-placeOrder.ts') },
    ]);
  });

  it('leaves out the own file when the folder has no index', () => {
    write('Mutation.x/1-a.ts');

    expect(discoverResolvers(root).value.pipelines.get('Mutation.x')).toEqual({ steps: [{ name: 'a', file: join(root, 'Mutation.x/1-a.ts') }] });
  });

  it('finds shared functions by file name', () => {
    write('functions/authorize.ts', 'functions/load.js', 'functions/index.ts', 'functions/price-list.ts', 'functions/nested/deep.ts');

    expect([...discoverResolvers(root).value.functions.keys()]).toEqual(['authorize', 'load']);
  });

  it('leaves modules, declarations, tests, hidden files and other shapes alone', () => {
    write('shared.ts', 'schema-types.ts', 'query.getProduct.ts', 'Query.a.d.ts', 'Query.d.ts', 'Query.a.test.ts', 'Query.test.ts', '.Query.b.ts', 'Query.c.tsx', 'Query.d.json', 'Query.a.b.ts', 'Query.1a.ts', 'lib/Query.deep.ts');
    write('Mutation.y/1-a.ts', 'Mutation.y/1-a.test.ts', 'Mutation.y/helpers.ts', 'Mutation.y/.1-b.ts', 'Mutation.y/types.d.ts');

    const { value, diagnostics } = discoverResolvers(root);

    expect(diagnostics).toEqual([]);
    expect([...value.units.keys()]).toEqual([]);
    expect(value.pipelines.get('Mutation.y')?.steps.map(({ name }) => name)).toEqual(['a']);
  });

  it('reports a missing folder, and a file in its place', () => {
    write('file.ts');

    for (const name of ['nowhere', 'file.ts']) {
      expect(discoverResolvers(join(root, name)).diagnostics).toEqual([
        {
          code: 'RES_FOLDER_MISSING',
          severity: 'error',
          message: 'the resolver folder does not exist',
          location: { file: join(root, name), line: 1, column: 1 },
          notes: [],
          fix: 'create the folder, or correct the path given as `resolvers`',
        },
      ]);
    }
  });

  it('reports two files for one field and keeps the first', () => {
    write('Query.a.ts', 'Query.a.js');

    expect(findings()).toEqual(['RES_DUPLICATE Query.a.ts: two files answer "Query.a"']);
    expect(discoverResolvers(root).value.units.get('Query.a')).toBe(join(root, 'Query.a.js'));
  });

  it('reports a field with a file and a folder, and keeps both so that neither is missed elsewhere', () => {
    write('Query.a.ts', 'Query.a/1-load.ts');

    const { value, diagnostics } = discoverResolvers(root);

    expect(findings()).toEqual(['RES_DUPLICATE Query.a.ts: Query.a has both a file and a pipeline folder']);
    expect(diagnostics[0]!.notes).toEqual([{ message: 'the folder "Query.a" answers it as a pipeline', location: { file: join(root, 'Query.a'), line: 1, column: 1 } }]);
    expect(value.units.has('Query.a') && value.pipelines.has('Query.a')).toBe(true);
  });

  it('reports a pipeline folder without steps', () => {
    write('Mutation.a/index.ts', 'Mutation.a/load.ts');

    expect(findings()).toEqual(['RES_STEPS_MISSING Mutation.a: the pipeline folder of Mutation.a has no steps']);
  });

  it('reports two steps with one number, however it is written', () => {
    write('Mutation.a/1-first.ts', 'Mutation.a/01-second.ts');

    expect(findings()).toEqual(['RES_STEP_ORDER Mutation.a/01-second.ts: Mutation.a has two steps numbered 1']);
    expect(discoverResolvers(root).value.pipelines.get('Mutation.a')!.steps.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('reports a step name used twice, once', () => {
    write('Mutation.a/1-load.ts', 'Mutation.a/1-load.js', 'Mutation.a/2-save.ts', 'Mutation.a/3-save.ts');

    expect(findings()).toEqual(['RES_STEP_NAME Mutation.a/1-load.ts: Mutation.a has two steps named "load"', 'RES_STEP_NAME Mutation.a/3-save.ts: Mutation.a has two steps named "save"']);
  });

  it('reports a step name that AppSync refuses and offers one that it takes', () => {
    write('Mutation.a/1-price-items.ts');

    const [finding] = discoverResolvers(root).diagnostics;

    expect(finding!.message).toBe('"price-items" cannot name a step of Mutation.a: AppSync takes letters, digits and _');
    expect(finding!.fix).toBe('rename the file to "1-priceItems"');
  });
});

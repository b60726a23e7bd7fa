import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { TextAsset } from '../../lib/constructs/text-asset';

const outdir = mkdtempSync(join(tmpdir(), 'text-asset-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const app = () => new App({ outdir: mkdtempSync(join(outdir, 'app-')) });

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: string }; readonly destinations: Readonly<Record<string, { readonly objectKey: string }>> }>>;
}

function manifest(folder: string, stack: string): AssetManifest {
  return JSON.parse(readFileSync(join(folder, `${stack}.assets.json`), 'utf8')) as AssetManifest;
}

test('a text is uploaded as one file, under a key with its extension', () => {
  const tree = app();
  const stack = new Stack(tree, 'Stack');
  const asset = new TextAsset(stack, 'Code', { text: 'export {};\n', extension: '.js' });
  const url = stack.resolve(asset.s3ObjectUrl) as unknown;
  tree.synth();

  const { source, destinations } = manifest(tree.outdir, 'Stack').files[asset.assetHash]!;
  expect(source).toEqual({ path: `asset.${asset.assetHash}.js`, packaging: 'file' });
  expect(Object.values(destinations)[0]?.objectKey).toBe(`${asset.assetHash}.js`);
  expect(JSON.stringify(url)).toContain(`/${asset.assetHash}.js`);
  expect(readFileSync(join(tree.outdir, asset.assetPath), 'utf8')).toBe('export {};\n');
});

test('the map stands beside the text, with paths relative to it, and is not uploaded', () => {
  const tree = app();
  const origin = { sources: [join(tree.outdir, '..', 'schema.graphql')], sourcesContent: ['type Query { a: Int }'], mappings: '' };
  const asset = new TextAsset(new Stack(tree, 'Stack'), 'Schema', { text: 'type Query {\n  a: Int\n}\n', extension: '.graphql', origin });
  tree.synth();

  expect(JSON.parse(readFileSync(join(tree.outdir, `${asset.assetPath}.map`), 'utf8'))).toEqual({
    version: 3,
    file: asset.assetPath,
    sources: ['../schema.graphql'],
    sourcesContent: ['type Query { a: Int }'],
    mappings: '',
  });
  expect(JSON.stringify(manifest(tree.outdir, 'Stack'))).not.toContain('.map');
});

test('equal texts share a file, different texts do not', () => {
  const stack = new Stack(app(), 'Stack');
  const [a, b, c] = ['same', 'same', 'other'].map((text, i) => new TextAsset(stack, `Code${i}`, { text, extension: '.js' }));

  expect(a!.assetPath).toBe(b!.assetPath);
  expect(a!.assetPath).not.toBe(c!.assetPath);
});

test('stages of one app share the assets of its assembly', () => {
  const tree = app();
  const assets = ['Beta', 'Live'].map((name) => new TextAsset(new Stack(new Stage(tree, name), 'Stack'), 'Code', { text: 'shared', extension: '.js' }));
  tree.synth();

  expect(assets.map((asset) => asset.assetPath)).toEqual(Array(2).fill(`../asset.${assets[0]!.assetHash}.js`));
  expect(readdirSync(tree.outdir)).toContain(`asset.${assets[0]!.assetHash}.js`);
});

test('a nested stack publishes through the stack around it', () => {
  const tree = app();
  const parent = new Stack(tree, 'Parent');
  const asset = new TextAsset(new NestedStack(parent, 'Nested'), 'Code', { text: 'nested', extension: '.js' });
  tree.synth();

  expect(Object.keys(manifest(tree.outdir, 'Parent').files)).toContain(asset.assetHash);
});

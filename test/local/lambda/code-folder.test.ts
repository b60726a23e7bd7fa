/** Code in every form it is deployed in. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { unzip } from '../../../lib/local/lambda/zip-archive';
import type { LambdaFunctionModel } from '../../../lib/model';
import { folder, inline, running } from './functions-fixture';

const at = (path: string, more: Partial<LambdaFunctionModel> = {}) => inline('', { code: { kind: 'PATH', path }, ...more });
const value = (of: unknown) => ({ kind: 'value', value: of });

async function outcomeOf(model: LambdaFunctionModel, packagesFrom?: string) {
  await using local = await running([model], packagesFrom === undefined ? {} : { packagesFrom });
  return { outcome: await local.call({ id: 7 }), log: local.log };
}

/** An archive with deflated and stored entries. */
function zip(files: Readonly<Record<string, string>>, change: (archive: Buffer) => Buffer = (archive) => archive): string {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const method = index % 2 === 0 ? 8 : 0;
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(local, Buffer.from(name), data);
    offset += 30 + name.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  const path = join(folder({}), 'code.zip');
  writeFileSync(path, change(Buffer.concat([...parts, listing, end])));
  return path;
}

describe('a function runs', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a CommonJS module', { 'index.js': 'exports.handler = async () => __filename.length > 0' }, 'index.handler'],
    ['an ES module by its extension', { 'index.mjs': "import { dirname } from 'node:path'; export const handler = async () => dirname(import.meta.url).length > 0;" }, 'index.handler'],
    ['an ES module by its package', { 'package.json': '{"type":"module"}', 'index.js': 'const late = await Promise.resolve(true); export const handler = async () => late;' }, 'index.handler'],
    ['a CommonJS module inside an ES package', { 'package.json': '{"type":"module"}', 'index.cjs': 'exports.handler = async () => true' }, 'index.handler'],
    ['a module in a folder, which reads what lies beside it', { 'src/orders.js': "const { ok } = require('./data.json'); exports.api = { place: async () => ok }", 'src/data.json': '{"ok":true}' }, 'src/orders.api.place'],
    ['the default export of an ES module', { 'index.mjs': 'export default { handler: async () => true };' }, 'index.handler'],
  ])('from a folder with %s', async (_, files, handler) => {
    expect((await outcomeOf(at(folder(files), { handler }))).outcome).toEqual(value(true));
  });

  it('from an archive', async () => {
    const archive = zip({ 'src/': '', 'src/index.js': "exports.handler = async () => require('./words').hello", 'src/words.js': 'exports.hello = "hello"' });

    expect((await outcomeOf(at(archive, { handler: 'src/index.handler' }))).outcome).toEqual(value('hello'));
  });

  it('from a single module, whatever its file is called', async () => {
    const path = join(folder({ 'asset.0a1b.js': 'exports.handler = async () => "single"' }), 'asset.0a1b.js');

    expect((await outcomeOf(at(path))).outcome).toEqual(value('single'));
  });

  it.each([
    ['index.js', "const { word } = require('@aws-sdk/client-words'); exports.handler = async () => word;"],
    ['index.mjs', "import { word } from '@aws-sdk/client-words'; export const handler = async () => word;"],
  ])('with packages of the project that it does not bundle: %s', async (file, text) => {
    const project = folder({ 'node_modules/@aws-sdk/client-words/package.json': '{"name":"@aws-sdk/client-words","main":"main.js"}', 'node_modules/@aws-sdk/client-words/main.js': 'exports.word = "sdk";' });

    expect((await outcomeOf(at(folder({ [file]: text })), project)).outcome).toEqual(value('sdk'));
  });

  it('with its own packages before those of the project', async () => {
    const project = folder({ 'node_modules/words/index.js': 'exports.word = "project";' });
    const code = folder({ 'node_modules/words/index.js': 'exports.word = "own";', 'index.js': "exports.handler = async () => require('words').word" });

    expect((await outcomeOf(at(code), project)).outcome).toEqual(value('own'));
  });
});

describe('a package that is missing', () => {
  it.each([
    ['of the AWS SDK', "require('@aws-sdk/client-nothing/lib'); exports.handler = async () => 1", 'Lambda brings "@aws-sdk/client-nothing" along, this machine does not: run npm install --save-dev @aws-sdk/client-nothing'],
    ['of somebody else', "require('nothing-of-that-name'); exports.handler = async () => 1", 'the package "nothing-of-that-name" is neither bundled nor installed: run npm install --save-dev nothing-of-that-name'],
  ])('%s is named in the log', async (_, text, hint) => {
    const { outcome, log } = await outcomeOf(inline(text));

    expect(outcome).toMatchObject({ kind: 'error', errorType: 'Runtime.ImportModuleError', errorMessage: expect.stringMatching(/^Error: Cannot find module/) });
    expect(log[log.length - 1]).toBe(`function Orders: ${hint}`);
  });
});

describe('an archive that cannot be unpacked', () => {
  it.each<[string, string, RegExp]>([
    ['no archive', zip({}, () => Buffer.from('plain text')), /^the code of function "Orders" cannot be run: it is no ZIP archive$/],
    ['a cut one', zip({ 'index.js': 'x'.repeat(1000) }, (archive) => Buffer.concat([archive.subarray(0, 40), archive.subarray(-60)])), /cannot be run: it is damaged/],
    ['one that leads out of its folder', zip({ '../evil.js': '1' }), /cannot be run: "\.\.\/evil\.js" leads out of it$/],
  ])('%s: the call says so', async (_, archive, reason) => {
    expect((await outcomeOf(at(archive))).outcome).toEqual({ kind: 'unavailable', reason: expect.stringMatching(reason) });
  });

  it('leaves nothing outside', () => {
    const target = join(folder({}), 'inner');
    mkdirSync(target);
    expect(() => unzip(zip({ '../evil.js': '1' }), target)).toThrow('"../evil.js" leads out of it');
    expect(existsSync(join(target, '..', 'evil.js'))).toBe(false);
  });
});

it('sees edits of code that stays where it is', async () => {
  const code = folder({ 'index.js': 'exports.handler = async () => "before"' });
  await using local = await running([at(code)]);
  expect(await local.call()).toEqual(value('before'));

  writeFileSync(join(code, 'index.js'), 'exports.handler = async () => "after the edit"');
  local.functions.use([at(code)]);

  expect(await local.call()).toEqual(value('after the edit'));
  expect(readFileSync(join(code, 'index.js'), 'utf8')).toContain('after');
});

describe('layers', () => {
  const using = (path: string) => inline("const { word } = require('words'); exports.handler = async () => word;", { layers: [{ name: 'Words', path }] });
  const words = (word: string) => ({ 'nodejs/node_modules/words/index.js': `exports.word = '${word}'` });

  it('are found by require, as a folder and as an archive, also those of one version of Node.js', async () => {
    expect((await outcomeOf(using(folder(words('folder'))))).outcome).toEqual(value('folder'));
    expect((await outcomeOf(using(zip(words('archive'))))).outcome).toEqual(value('archive'));
    expect((await outcomeOf(using(folder({ 'nodejs/node20/node_modules/words/index.js': "exports.word = '20'" })))).outcome).toEqual(value('20'));
  });

  it('cover each other, the last one all others', async () => {
    const layers = ['first', 'last'].map((name) => ({ name, path: folder(words(name)) }));

    expect((await outcomeOf({ ...using(''), layers })).outcome).toEqual(value('last'));
  });

  it('that are not here are named when a package is missing', async () => {
    const { outcome, log } = await outcomeOf({ ...using(''), layers: [{ name: 'arn:aws:lambda:eu-west-1:1:layer:words:3' }] });

    expect(outcome).toMatchObject({ kind: 'error', errorType: 'Runtime.ImportModuleError' });
    expect(log).toContain('function Orders: the package "words" may be in the layer arn:aws:lambda:eu-west-1:1:layer:words:3, which is not on disk here: run npm install --save-dev words, or run the function elsewhere (--lambda Orders=URL)');
  });
});

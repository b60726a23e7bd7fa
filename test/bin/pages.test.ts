/** `dev --pages`: what it serves, to whom, and what it keeps to itself. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { cleanUp, type Dev, fixtures, runCli, startDev, temporaryFolder } from './cli-process';

const notes = join(fixtures, 'notes.yaml');
let dev: Dev;
let page: string;
const state = temporaryFolder();

beforeAll(async () => {
  const folder = temporaryFolder();
  const files = { 'index.html': '<h1>Notes</h1>', 'style.css': 'h1 {}', 'main.ts': "import { greeting } from './greeting';\nconsole.log(greeting satisfies string);\n", 'greeting.ts': "export const greeting = 'Hello from the page';\n", 'notes.txt': 'no' };
  page = join(folder, 'notes');
  mkdirSync(page);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(page, name), text);
  writeFileSync(join(folder, 'secret.html'), 'secret');
  dev = await startDev(['--template', notes, '--pages', folder, '--state', state]);
});
afterAll(cleanUp);

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Asked {
  readonly host?: string;
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
}

/** With any path and `Host`, which fetch would tidy up. */
function send(start: typeof httpRequest, path: string, { host, method = 'GET', body = '', type }: Asked): Promise<Answer> {
  const { port } = new URL(dev.ready.apis[0]!.url);
  const headers = { host: host ?? `localhost:${port}`, ...(type !== undefined && { 'content-type': type }) };
  return new Promise((settle, fail) => {
    const sent = start({ port, path, method, headers, ca: readFileSync(join(state, 'ca.pem')) } as RequestOptions, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => settle({ status: response.statusCode, headers: response.headers, body: text }));
    });
    sent.on('error', fail).end(body);
  });
}

const plain = (path: string, asked: Asked = {}) => send(httpRequest, path, asked);
const secure = (path: string, asked: Asked = {}) => send(httpsRequest as typeof httpRequest, path, asked);

test('prints where the page is', () => expect(dev.output).toContain(`    page       ${dev.ready.apis[0]!.httpsUrl.replace(/graphql$/, '')}\n`));

test('serves the page, its files and its bundled script', async () => {
  expect(await secure('/notes/')).toMatchObject({ status: 200, body: '<h1>Notes</h1>', headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
  expect(await secure('/notes/style.css')).toMatchObject({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' } });
  expect((await secure('/notes/main.js')).body).toContain('Hello from the page');
  expect(await secure('/notes')).toMatchObject({ status: 307, headers: { location: '/notes/' } });
});

test('bundles the script as it is now, and shows what is wrong with it', async () => {
  writeFileSync(join(page, 'greeting.ts'), "export const greeting = 'Changed';\n");
  expect((await secure('/notes/main.js')).body).toContain('Changed');

  writeFileSync(join(page, 'greeting.ts'), 'export const = 1;\n');
  expect(await secure('/notes/main.js')).toMatchObject({ status: 500, body: expect.stringContaining('Expected identifier but found "="') });
});

test('tells the page where its API is', async () => {
  const api = dev.ready.apis[0]!;

  expect(JSON.parse((await secure('/notes/config.json')).body)).toEqual({ name: 'Notes', endpoint: api.httpsUrl, region: 'us-east-1', apiKey: api.apiKeys[0] });
});

test('sends http to https, where sockets are trusted too', async () => {
  const { port } = new URL(dev.ready.apis[0]!.url);

  expect(await plain('/notes/')).toMatchObject({ status: 307, headers: { location: `https://localhost:${port}/notes/` } });
});

test.each(['/notes/greeting.ts', '/notes/notes.txt', '/notes/../secret.html', '/notes/%2e%2e/secret.html', '/notes/..%2fsecret.html', '/notes/%', '/notes//etc/passwd', '/other/', '/'])('does not serve %s', async (path) => {
  expect((await secure(path)).status).toBe(404);
});

test.each(['evil.example.com', 'localhost.evil.example.com', '169.254.169.254'])('does not talk to a page that came as "%s"', async (host) => {
  expect((await plain('/notes/config.json', { host })).status).toBe(403);
  expect((await plain('/notes/sign-in', { host, method: 'POST', type: 'application/json', body: '{"username":"a"}' })).status).toBe(403);
});

test.each([
  ['text/plain', '{"username":"a"}', 415, 'application/json is needed'],
  ['application/json', '{}', 400, 'a "username" of 1 to 128 characters is needed'],
  ['application/json', 'no json', 400, 'a "username" of 1 to 128 characters is needed'],
  ['application/json', `{"username":"${'a'.repeat(129)}"}`, 400, 'a "username" of 1 to 128 characters is needed'],
])('refuses to sign in with %s %s', async (type, body, status, text) => {
  expect(await secure('/notes/sign-in', { method: 'POST', body, type })).toMatchObject({ status, body: text });
});

test('says so when the API has no user pool to sign in to', async () => {
  expect(await secure('/notes/sign-in', { method: 'POST', body: '{"username":"a"}', type: 'application/json' })).toMatchObject({ status: 400, body: 'API "Notes" takes no user pool tokens' });
});

test('a folder without pages is refused before anything starts', async () => {
  const folder = temporaryFolder();

  expect(await runCli(['dev', '--template', notes, '--pages', folder])).toMatchObject({ code: 2, stderr: expect.stringContaining(`there are no pages in ${folder}: a page is a folder, named as the API is in its URL, with index.html and main.ts`) });
  expect(await runCli(['dev', '--template', notes, '--pages', join(folder, 'gone')])).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no such file or folder') });
});

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { openStateFolder } from '../../lib/local';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes the folder, and a place for data only when data is kept', async () => {
  const path = join(folder, 'a', 'b');

  expect(await openStateFolder(path, { keepData: false })).toMatchObject({ path });
  expect(await openStateFolder(path, { keepData: false })).not.toHaveProperty('dataPath');
  expect((await openStateFolder(path, { keepData: true })).dataPath).toBe(join(path, 'data'));
});

test('makes the signing key once, for its owner alone, even when two start together', async () => {
  const [first, second] = await Promise.all([openStateFolder(folder, { keepData: false }), openStateFolder(folder, { keepData: false })]);

  const [one, two] = await Promise.all([first.signingKey(), second.signingKey()]);

  expect(one).toBe(two);
  expect(createPrivateKey(one).asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect((await stat(join(folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
  expect(await (await openStateFolder(folder, { keepData: true })).signingKey()).toBe(one);
});

test('publishes one IAM key pair, in the format of the AWS tools', async () => {
  const { accessKeyId, secretAccessKey } = await (await openStateFolder(folder, { keepData: false })).credentials();

  expect(accessKeyId).toMatch(/^AKIALOCAL[0-9A-F]{11}$/);
  expect(secretAccessKey).toHaveLength(40);
  expect(await readFile(join(folder, 'aws-credentials'), 'utf8')).toBe(`[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`);
  expect(await (await openStateFolder(folder, { keepData: false })).credentials()).toEqual({ accessKeyId, secretAccessKey });
});

test('makes a certificate for localhost that a client trusting the authority accepts, and keeps both', async () => {
  const { cert, key, caPath } = await (await openStateFolder(folder, { keepData: false })).tls();
  const ca = await readFile(caPath, 'utf8');

  const server = createServer({ cert, key }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  for (const servername of ['localhost', '']) {
    const authorized = await new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca, ...(servername && { servername }) }, () => (resolve(socket.authorized), socket.end()));
      socket.on('error', reject);
    });
    expect(authorized).toBe(true);
  }
  await new Promise((resolve) => server.close(resolve));

  expect(new X509Certificate(cert).subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(new X509Certificate(ca).ca).toBe(true);
  expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
  expect(await (await openStateFolder(folder, { keepData: false })).tls()).toEqual({ cert, key, caPath });
});

test('makes a new certificate when the old one does not fit, under the same authority', async () => {
  const { cert, caPath } = await (await openStateFolder(folder, { keepData: false })).tls();
  const ca = await readFile(caPath, 'utf8');
  await writeFile(join(folder, 'localhost.pem'), 'damaged');

  const renewed = await (await openStateFolder(folder, { keepData: false })).tls();

  expect(renewed.cert).not.toBe(cert);
  expect(await readFile(caPath, 'utf8')).toBe(ca);
});

test('says which folder cannot be made, and what to do', async () => {
  await writeFile(join(folder, 'file'), '');
  const path = join(folder, 'file', 'below');

  await expect(openStateFolder(path, { keepData: false })).rejects.toMatchObject({
    diagnostics: [{ code: 'RUN_STATE_FOLDER', severity: 'error', message: `the state folder "${path}" cannot be made: a file is where a folder should be`, fix: 'give a folder you may write to with `--state`' }],
  });
});

test('says which key file is damaged', async () => {
  await writeFile(join(folder, 'signing-key.pem'), 'not a key');

  await expect((await openStateFolder(folder, { keepData: false })).signingKey()).rejects.toMatchObject({
    diagnostics: [{ code: 'RUN_STATE_FOLDER', message: `"${join(folder, 'signing-key.pem')}" is damaged`, fix: 'delete the file; a new one is made at the next start' }],
  });
});

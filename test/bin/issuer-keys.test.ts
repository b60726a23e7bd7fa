import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIssuerKeys, requireIssuers } from '../../bin/commands/issuer-keys';
import type { Assembly } from '../../lib/model';
import { apiModel } from '../local/executor-fixture';

const issuer = 'https://login.example.com';
const folder = mkdtempSync(join(tmpdir(), 'issuer-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'jwks.json');
  writeFileSync(file, text);
  return file;
}

const trusting = (...issuers: string[]): Assembly => ({
  apis: [apiModel({ authorization: [{ type: 'API_KEY' }, ...issuers.map((name) => ({ type: 'OPENID_CONNECT' as const, issuer: name }))] })],
  tables: [],
  userPools: [],
  diagnostics: [],
});

it('takes a file with a key set, and an address, which need not answer yet', () => {
  const file = fileWith('{ "keys": [] }');

  expect(readIssuerKeys({ oidc: [`${issuer}=${file}`, 'https://other.example.com=http://localhost:9/jwks'] })).toEqual({ [issuer]: file, 'https://other.example.com': 'http://localhost:9/jwks' });
});

it.each([
  ['{ nope', /^cannot read the keys of https:\/\/login\.example\.com from .+jwks\.json: .*JSON/],
  ['null', /jwks\.json holds no keys of https:\/\/login\.example\.com: a key set \(JWKS\) is \{ "keys": \[\.\.\.\] \}$/],
  ['{ "keys": "none" }', /holds no keys of/],
])('refuses a file with %s', (text, message) => {
  expect(() => readIssuerKeys({ oidc: [`${issuer}=${fileWith(text)}`] })).toThrow(message);
});

it('refuses keys of an issuer that no API trusts', () => {
  const keys = { [issuer]: '/jwks.json' };

  expect(() => requireIssuers(keys, trusting('https://other.example.org', issuer))).not.toThrow();
  expect(() => requireIssuers(keys, trusting(`${issuer}/`))).toThrow(`--oidc names issuer "${issuer}", which no API trusts: they trust "${issuer}/"`);
  expect(() => requireIssuers(keys, trusting())).toThrow(`--oidc names issuer "${issuer}", which no API trusts: they trust none`);
});

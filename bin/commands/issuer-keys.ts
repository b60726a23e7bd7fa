/** `--oidc ISSUER=JWKS`: the keys of an OpenID Connect issuer that this machine does not reach, or that stands for another one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../../lib/diagnostics';
import type { Assembly } from '../../lib/model';
import { listOption, UsageError } from './command';

/** Issuer → URL or absolute path of its key set. */
export type IssuerKeys = Readonly<Record<string, string>>;

/** @throws UsageError for an option that is no such pair, or a file that holds no key set */
export function readIssuerKeys(values: Readonly<Record<string, unknown>>): IssuerKeys {
  return Object.fromEntries(
    listOption(values, 'oidc').map((option) => {
      const [, issuer = '', location = ''] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
      if (!URL.canParse(issuer)) throw new UsageError(`--oidc is ISSUER=JWKS, such as https://login.example.com=jwks.json, not "${option}"`);
      if (/^https?:/.test(location)) return [issuer, location];
      requireKeySet(issuer, location);
      return [issuer, resolve(location)];
    }),
  );
}

/** @throws UsageError for keys of an issuer that no API trusts: they would never be read */
export function requireIssuers(keys: IssuerKeys, { apis }: Assembly): void {
  const known = [...new Set(apis.flatMap(({ authorization }) => authorization.flatMap((mode) => (mode.type === 'OPENID_CONNECT' ? [mode.issuer] : []))))];
  for (const issuer of Object.keys(keys)) {
    if (known.includes(issuer)) continue;
    const list = known.length === 0 ? 'they trust none' : `they trust ${known.map((other) => `"${other}"`).join(', ')}`;
    throw new UsageError(`--oidc names issuer "${issuer}", which no API trusts: ${list}`);
  }
}

/** The file is read again when a token arrives; by then the one who gave it looks elsewhere. */
function requireKeySet(issuer: string, file: string): void {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`cannot read the keys of ${issuer} from ${file}: ${reasonOf(error)}`);
  }
  if (!Array.isArray((content as { keys?: unknown } | null)?.keys)) throw new UsageError(`${file} holds no keys of ${issuer}: a key set (JWKS) is { "keys": [...] }`);
}

/** `--oidc ISSUER=JWKS`: the keys of an OpenID Connect issuer that this machine does not reach, or that stands for another one. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { listOption, UsageError } from './command';

/** Issuer → URL or absolute path of its key set. @throws UsageError for an option that is no such pair, or a file that is not there */
export function readIssuerKeys(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listOption(values, 'oidc').map((option) => {
      const [, issuer = '', location = ''] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
      if (!URL.canParse(issuer)) throw new UsageError(`--oidc is ISSUER=JWKS, such as https://login.example.com=jwks.json, not "${option}"`);
      if (/^https?:/.test(location)) return [issuer, location];
      if (!existsSync(location)) throw new UsageError(`cannot read the keys of ${issuer} from ${location}: there is no such file`);
      return [issuer, resolve(location)];
    }),
  );
}

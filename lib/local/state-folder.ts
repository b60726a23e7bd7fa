/**
 * What a local API keeps between starts: the token signing key, the IAM key pair, the certificate authority, table data.
 * Everything secret is readable by its owner alone and written whole or not at all.
 */
import { createHmac, createPrivateKey, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DiagnosticError, reasonOf } from '../diagnostics';
import type { LocalCredentials } from './auth';

export interface StateFolder {
  /** Absolute path. */
  readonly path: string;
  /** Where table data goes; absent when tables live in memory only. */
  readonly dataPath?: string;
  /** PKCS8 PEM of the RSA key that signs local tokens; made on first use. */
  signingKey(): Promise<string>;
  /** The key pair that IAM requests are signed with; also in `aws-credentials`, for `AWS_SHARED_CREDENTIALS_FILE`. */
  credentials(): Promise<LocalCredentials>;
  /** Certificate for localhost and the authority that signed it; made on first use. `caPath` is the file to name in `NODE_EXTRA_CA_CERTS`. */
  tls(): Promise<{ readonly cert: string; readonly key: string; readonly caPath: string }>;
}

const dayMs = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
/** Browsers refuse server certificates that live longer than 825 days. */
const certificateDays = 397;
const renewBeforeDays = 30;

/**
 * @param keepData true keeps table data in the folder; false keeps keys only
 * @throws DiagnosticError `RUN_STATE_FOLDER` when the folder cannot be made, read or written
 */
export async function openStateFolder(path: string, options: { readonly keepData: boolean }): Promise<StateFolder> {
  const folder = new Folder(resolve(path));
  await folder.create();
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => (made ??= make());
  };
  const signingKey = once(() => folder.readOrCreate('signing-key.pem', newSigningKey, isPrivateKey));
  return {
    path: folder.path,
    ...(options.keepData && { dataPath: join(folder.path, 'data') }),
    signingKey,
    credentials: once(async () => {
      const credentials = credentialsFrom(await signingKey());
      await folder.write('aws-credentials', awsCredentialsFile(credentials));
      return credentials;
    }),
    tls: once(() => tls(folder)),
  };
}

/** PKCS8 PEM of a new RSA key. Takes about a tenth of a second. */
export async function newSigningKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The IAM key pair that goes with a secret: nothing more to keep, nothing to guess. */
export function credentialsFrom(secret: string): LocalCredentials {
  const derive = (purpose: string) => createHmac('sha256', secret).update(purpose).digest();
  return {
    accessKeyId: `AKIALOCAL${derive('access key id').toString('hex').slice(0, 11).toUpperCase()}`,
    secretAccessKey: derive('secret access key').toString('base64').slice(0, 40),
  };
}

/** One folder; every failure of the file system becomes the same diagnostic. */
class Folder {
  constructor(readonly path: string) {}

  async create(): Promise<void> {
    await this.attempt('made', () => mkdir(this.path, { recursive: true }));
    // Found out now, with one clear message, and not at the first token.
    const probe = join(this.path, `.probe-${randomBytes(6).toString('hex')}`);
    await this.attempt('written', () => writeFile(probe, ''));
    await rm(probe, { force: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  async read(name: string): Promise<string | undefined> {
    return this.attempt('read', async () => {
      try {
        return await readFile(this.file(name), 'utf8');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    });
  }

  /** Replaces a file in one step: a reader sees the old text or the new one. */
  async write(name: string, text: string): Promise<void> {
    await this.attempt('written', async () => {
      const draft = await this.draft(name, text);
      await rename(draft, this.file(name));
    });
  }

  /** The file's text, made once even when two processes start together: the first to finish wins, both use its text. */
  async readOrCreate(name: string, make: () => Promise<string>, isGood: (text: string) => boolean): Promise<string> {
    const existing = await this.read(name);
    if (existing !== undefined) {
      if (!isGood(existing)) throw this.problem(`"${this.file(name)}" is damaged`, `delete the file; a new one is made at the next start`);
      return existing;
    }
    const text = await make();
    const isFirst = await this.attempt('written', async () => {
      const draft = await this.draft(name, text);
      try {
        await link(draft, this.file(name));
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
    });
    return isFirst ? text : ((await this.read(name)) ?? text);
  }

  private async draft(name: string, text: string): Promise<string> {
    const draft = this.file(`.${name}-${randomBytes(6).toString('hex')}`);
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    return draft;
  }

  private async attempt<T>(what: 'made' | 'read' | 'written', work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DiagnosticError) throw error;
      throw this.problem(`the state folder "${this.path}" cannot be ${what}: ${reasonOf(error)}`, 'give a folder you may write to with `--state`');
    }
  }

  private problem(message: string, fix: string): DiagnosticError {
    return new DiagnosticError([{ code: 'RUN_STATE_FOLDER', severity: 'error', message, notes: [], fix }]);
  }
}

async function tls(folder: Folder): Promise<{ cert: string; key: string; caPath: string }> {
  const authority = await certificateAuthority(folder);
  const [cert, key] = await Promise.all([folder.read('localhost.pem'), folder.read('localhost-key.pem')]);
  const caPath = folder.file('ca.pem');
  if (cert && key && isGoodLeaf(cert, key, authority.cert)) return { cert, key, caPath };

  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...validity(certificateDays),
    algorithm: 'sha256',
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  await folder.write('localhost-key.pem', made.private);
  await folder.write('localhost.pem', made.cert);
  return { cert: made.cert, key: made.private, caPath };
}

/** Made once: a new authority would have to be trusted again. */
async function certificateAuthority(folder: Folder): Promise<{ cert: string; key: string }> {
  const [cert, key] = await Promise.all([folder.read('ca.pem'), folder.read('ca-key.pem')]);
  if (cert && key && isPair(cert, key) && expiresIn(cert) > 0) return { cert, key };

  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'appsync-local certificate authority' }], {
    ...validity(authorityDays),
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  await folder.write('ca-key.pem', made.private);
  await folder.write('ca.pem', made.cert);
  return { cert: made.cert, key: made.private };
}

/** Starts a day ago, so that a clock that is a little off does no harm. */
function validity(days: number): { notBeforeDate: Date; notAfterDate: Date } {
  return { notBeforeDate: new Date(Date.now() - dayMs), notAfterDate: new Date(Date.now() + days * dayMs) };
}

function isGoodLeaf(cert: string, key: string, authority: string): boolean {
  return isPair(cert, key) && expiresIn(cert) > renewBeforeDays * dayMs && new X509Certificate(cert).verify(new X509Certificate(authority).publicKey);
}

function isPair(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function expiresIn(cert: string): number {
  return Date.parse(new X509Certificate(cert).validTo) - Date.now();
}

function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function awsCredentialsFile({ accessKeyId, secretAccessKey }: LocalCredentials): string {
  return `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error);
}

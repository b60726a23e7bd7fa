/** An OpenID Connect issuer on a real port: discovery, a key set that can be rotated, tokens of any algorithm. */
import type { webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose' with { 'resolution-mode': 'import' };

export interface SignOptions {
  readonly alg?: string;
  readonly kid?: string;
  readonly header?: Readonly<Record<string, unknown>>;
}

export class TestIssuer {
  /** Paths asked for, in order. */
  readonly requests: string[] = [];
  /** Answers instead of the real documents, by path. */
  readonly overrides = new Map<string, { readonly status: number; readonly body: string }>();
  private readonly keys = new Map<string, { readonly alg: string; readonly privateKey: webcrypto.CryptoKey; readonly jwk: JWK }>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestIssuer> {
    const server = createServer((request, response) => {
      const { status, body } = issuer.answer(request.url ?? '/');
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const issuer = new TestIssuer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get keySet(): { readonly keys: readonly JWK[] } {
    return { keys: [...this.keys.values()].map(({ jwk }) => jwk) };
  }

  /** Makes a key and publishes it. */
  async addKey(kid: string, alg = 'RS256'): Promise<void> {
    const { exportJWK, generateKeyPair } = await import('jose');
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    this.keys.set(kid, { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } });
  }

  removeKey(kid: string): void {
    this.keys.delete(kid);
  }

  async sign(claims: Readonly<Record<string, unknown>>, { kid = 'k1', alg, header = {} }: SignOptions = {}): Promise<string> {
    const { SignJWT } = await import('jose');
    const key = this.keys.get(kid);
    if (!key) throw new Error(`no key ${kid}`);
    return new SignJWT({ ...claims }).setProtectedHeader({ kid, ...header, alg: alg ?? key.alg }).sign(key.privateKey);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(path: string): { readonly status: number; readonly body: string } {
    this.requests.push(path);
    const override = this.overrides.get(path);
    if (override) return override;
    if (path === '/.well-known/openid-configuration') return { status: 200, body: JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` }) };
    if (path === '/keys') return { status: 200, body: JSON.stringify(this.keySet) };
    return { status: 404, body: '{}' };
  }
}

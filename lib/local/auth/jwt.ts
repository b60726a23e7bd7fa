/** Reading a JWT without judging it, and where a source address comes from: what several modes need before they verify anything. */
import type { AuthRequest } from './auth-mode';

/** The token of an `Authorization` header, one `Bearer ` taken off; undefined without the header. */
export function bearerToken(request: AuthRequest): string | undefined {
  const header = request.headers.authorization;
  return header === undefined ? undefined : header.replace(/^Bearer\s+/i, '');
}

/** Claims of a token, unverified. @returns undefined when it is not a JWT */
export function unverifiedClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || signature === undefined || rest.length > 0) return undefined;
  return jsonObject(header) && jsonObject(payload);
}

/** Source: AppSync developer guide, "Resolver context object reference": addresses of `x-forwarded-for`, then the peer's. */
export function sourceIps(request: AuthRequest): string[] {
  const forwarded = request.headers['x-forwarded-for'];
  const hops = forwarded ? forwarded.split(',').map((address) => address.trim()).filter((address) => address !== '') : [];
  return [...hops, request.sourceIp];
}

function jsonObject(base64url: string): Readonly<Record<string, unknown>> | undefined {
  // Buffer would skip what is no base64url, so that one token could be spelled in many ways.
  if (!/^[\w-]+$/.test(base64url)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

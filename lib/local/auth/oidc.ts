/** OpenID Connect issuers. Their tokens are recognised and refused: reaching an issuer needs the network, which local runs do without. */
import type { AuthMode } from './auth-mode';
import { noValidHeader } from './failures';
import { bearerToken, unverifiedClaims } from './jwt';

export function oidcMode(issuer: string, isSingleMode: boolean, log: (line: string) => void): AuthMode {
  return {
    type: 'OPENID_CONNECT',
    claims(request) {
      const token = bearerToken(request);
      if (token === undefined) return false;
      return isSingleMode || unverifiedClaims(token)?.iss === issuer;
    },
    async authenticate() {
      log(`request refused: OpenID Connect authorization (${issuer}) is not emulated locally yet`);
      return noValidHeader;
    },
  };
}

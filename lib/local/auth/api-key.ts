/** API keys: the key exists and has not expired. Source: AppSync developer guide, "API_KEY authorization". */
import type { ApiKeyModel } from '../../model';
import type { AuthMode } from './auth-mode';
import { refusedCall } from './failures';

/** @param now epoch milliseconds. A key without `expires` never expires here: how long ago it was created is not known. */
export function apiKeyMode(keys: readonly ApiKeyModel[], now: () => number): AuthMode {
  const byKey = new Map(keys.map((key) => [key.key, key]));
  return {
    type: 'API_KEY',
    claims: (request) => 'x-api-key' in request.headers,
    async authenticate(request) {
      const key = byKey.get(request.headers['x-api-key'] ?? '');
      if (!key) return refusedCall;
      if (key.expires === undefined) return { mode: 'API_KEY', identity: null, groups: [] };
      const expiresMs = key.expires * 1000;
      return expiresMs > now() ? { mode: 'API_KEY', identity: null, groups: [], expiresMs } : refusedCall;
    },
  };
}

import type { ApiRule } from './api-rule';

const dayMs = 24 * 60 * 60 * 1000;

/** No expiry at all is the service's 7 days, which it accepts. */
export const apiKeyExpiresWithinAYear: ApiRule = {
  code: 'API_KEY_EXPIRES',
  severity: 'error',
  summary: 'an API key expires in 1 to 365 days',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiKey.html',
  *check({ api, nowMs }) {
    for (const { expires, resource } of api.apiKeys) {
      if (expires === undefined) continue;
      const expiresMs = expires * 1000;
      const isMilliseconds = Math.abs(expires - nowMs) < 2 * 365 * dayMs;
      const fix = isMilliseconds ? `divide ${expires} by 1000: "Expires" counts seconds` : `choose a date up to ${day(nowMs + 365 * dayMs)}`;
      if (expiresMs <= nowMs) yield { resource, message: `API key "${resource.logicalId}" expired on ${day(expiresMs)}`, fix };
      else if (expiresMs < nowMs + dayMs) yield { resource, message: `API key "${resource.logicalId}" expires on ${day(expiresMs)}, less than a day from now`, fix };
      else if (expiresMs > nowMs + 365 * dayMs) yield { resource, message: `API key "${resource.logicalId}" expires on ${day(expiresMs)}, more than 365 days from now`, fix };
    }
  },
};

/** `YYYY-MM-DD`; a number that is no date is shown as it is. */
function day(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? `epoch second ${epochMs / 1000}` : date.toISOString().slice(0, date.toISOString().indexOf('T'));
}

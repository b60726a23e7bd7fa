/** The header object of a WebSocket connect: the credentials a browser cannot send as HTTP headers. Three ways of sending it lead to one result. */
import type { RealtimeUpgrade } from './realtime';

const HEADER_PROTOCOL = /^header-/;

/**
 * Reads the header object from the subprotocol `header-<base64url>`, else from `?header=<base64>`, else takes the HTTP headers themselves.
 * @returns names in lower case; undefined when there are no credentials in any form, or the header object cannot be decoded
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export function connectHeaders(upgrade: RealtimeUpgrade): Readonly<Record<string, string>> | undefined {
  const protocol = upgrade.protocols.find((name) => HEADER_PROTOCOL.test(name));
  const encoded = protocol?.replace(HEADER_PROTOCOL, '') ?? upgrade.headerQuery;
  if (encoded !== undefined) return decode(encoded);
  return 'authorization' in upgrade.headers || 'x-api-key' in upgrade.headers ? upgrade.headers : undefined;
}

/** The members of a header object that can be headers: names in lower case, strings and numbers only. @returns undefined when it is no object */
export function headerObject(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    if (typeof content === 'string' || typeof content === 'number') headers[name.toLowerCase()] = String(content);
  }
  return headers;
}

/** Node decodes base64 and base64url alike. A `+` that was not escaped in the URL arrives as a space. */
function decode(encoded: string): Readonly<Record<string, string>> | undefined {
  try {
    return headerObject(JSON.parse(Buffer.from(encoded.replaceAll(' ', '+'), 'base64').toString('utf8')));
  } catch {
    return undefined;
  }
}

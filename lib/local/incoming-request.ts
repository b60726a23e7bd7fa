/** What of a request as Node gives it the APIs are told: its parts as plain data, and its body. */
import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

/** The whole body as text; undefined when it is larger than accepted, as soon as that is known. Node discards what is not read. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length']) > MAX_BODY_BYTES) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

/** As sent, without the query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** As sent, without `?`. */
export function queryOf({ url = '/' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

/** Query parameters without `payload`, which is `{}` whoever sends it. */
export function parametersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const parameters = new URLSearchParams(queryOf(request));
  parameters.delete('payload');
  return Object.fromEntries(parameters);
}

/**
 * Node joins headers that are sent twice with a comma and a blank, AWS with a comma alone, and signatures cover them so. Those of which Node
 * takes the first are left so; the one it gives as a list, `set-cookie`, belongs to responses.
 */
export function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const single = request.headers as Readonly<Record<string, string>>;
  const names = Object.keys(single);
  if (names.length * 2 === request.rawHeaders.length) return single;
  return Object.fromEntries(
    names.map((name) => {
      const sent = request.headersDistinct[name] ?? [];
      return [name, single[name] === sent.join(', ') ? sent.join(',') : (single[name] ?? '')];
    }),
  );
}

/** Address of the peer; IPv4 ones as such. */
export function sourceIpOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

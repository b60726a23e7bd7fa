/** `nextToken`: a DynamoDB key that clients can hand back but neither read, change, nor use elsewhere. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Item } from './table-error';

/** Bytes of the key that seals tokens. */
export const tokenKeyBytes = 32;

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export class PaginationTokens {
  /** @param key 32 bytes; tokens live as long as it does */
  constructor(private readonly key: Buffer) {}

  /** @param scope who may use the token; the same text must be given to `open` */
  seal(lastKey: Item, scope: string): string {
    const iv = randomBytes(ivBytes);
    const sealing = createCipheriv(cipher, this.key, iv).setAAD(Buffer.from(scope));
    const sealed = Buffer.concat([sealing.update(JSON.stringify(lastKey), 'utf8'), sealing.final()]);
    return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64');
  }

  /** @returns undefined when the token was forged, damaged, or sealed with another key or scope */
  open(token: unknown, scope: string): Item | undefined {
    if (typeof token !== 'string') return undefined;
    const bytes = Buffer.from(token, 'base64');
    if (bytes.length <= ivBytes + tagBytes) return undefined;
    try {
      const opening = createDecipheriv(cipher, this.key, bytes.subarray(0, ivBytes)).setAAD(Buffer.from(scope));
      opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const text = opening.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opening.final('utf8');
      return JSON.parse(text) as Item;
    } catch {
      return undefined;
    }
  }
}

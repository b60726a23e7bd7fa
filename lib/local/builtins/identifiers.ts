/** `util.autoId`, `autoUlid` and `autoKsuid`: random identifiers, the latter two sortable by time. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { BuiltinGroup } from './builtin';
import type { Surroundings } from './handler-run';

export function createIdentifiers({ now }: Surroundings): BuiltinGroup {
  return { autoId: () => randomUUID(), autoUlid: () => ulid(now()), autoKsuid: () => ksuid(now()) };
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** KSUID counts seconds from 2014-05-13T16:53:20Z. */
const ksuidEpochSeconds = 1_400_000_000;

/** 48 bits of milliseconds and 80 random bits in 26 characters. */
function ulid(nowMs: number): string {
  return encode((BigInt(nowMs) << 80n) | bigIntOf(randomBytes(10)), crockford, 26);
}

/** 32 bits of seconds and 128 random bits in 27 characters. */
function ksuid(nowMs: number): string {
  return encode((BigInt(Math.floor(nowMs / 1000) - ksuidEpochSeconds) << 128n) | bigIntOf(randomBytes(16)), base62, 27);
}

function bigIntOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function encode(value: bigint, alphabet: string, length: number): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = value; text.length < length; rest /= base) text = alphabet.charAt(Number(rest % base)) + text;
  return text;
}

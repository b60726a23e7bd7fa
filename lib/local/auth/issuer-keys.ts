/**
 * Where the public keys of OpenID Connect issuers come from: discovery, then the key set it names; or what the user names instead. Kept for a
 * while, fetched again when a token names a key that is not there, but not more often than every half minute, whoever asks.
 * Source: https://openid.net/specs/openid-connect-discovery-1_0.html §4
 */
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose' with { 'resolution-mode': 'import' };
import { type KeySet, KeysUnavailable } from './token-check';

export interface IssuerKeys {
  /** The keys of an issuer; shared by all APIs that trust it. */
  of(issuer: string): KeySet;
}

export interface IssuerKeysOptions {
  /** URL or file of a key set (JWKS), by issuer, in place of discovery. @default none */
  readonly locations?: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const timeoutMs = 5_000;
const maxBytes = 1024 * 1024;
const keepMs = 10 * 60_000;
/** An unknown key id costs a request to the issuer; anybody can send one. */
const cooldownMs = 30_000;

export function issuerKeys({ locations = {}, now }: IssuerKeysOptions): IssuerKeys {
  const known = new Map<string, KeySet>();
  return {
    of(issuer) {
      const keys = known.get(issuer) ?? keptKeys(() => fetchKeySet(issuer, locations[issuer]), now);
      known.set(issuer, keys);
      return keys;
    },
  };
}

/** One fetch at a time, shared by everybody who waits for it. One that failed stands for the time of the cooldown. */
function keptKeys(fetchKeys: () => Promise<JSONWebKeySet>, now: () => number): KeySet {
  let kept: { readonly keys: Promise<KeySet>; readonly atMs: number; maxAgeMs: number } | undefined;

  function keys(acceptedAgeMs: number): Promise<KeySet> {
    if (kept && now() - kept.atMs < Math.min(acceptedAgeMs, kept.maxAgeMs)) return kept.keys;
    const latest = { keys: fetchKeys().then(keySetOf), atMs: now(), maxAgeMs: keepMs };
    latest.keys.catch(() => (latest.maxAgeMs = cooldownMs));
    kept = latest;
    return latest.keys;
  }

  return async (header, input) => {
    const { errors } = await import('jose');
    try {
      return await (await keys(keepMs))(header, input);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await keys(cooldownMs))(header, input);
    }
  };
}

async function keySetOf(keySet: JSONWebKeySet): Promise<KeySet> {
  const { createLocalJWKSet } = await import('jose');
  try {
    return createLocalJWKSet(keySet);
  } catch (error) {
    throw new KeysUnavailable(`its key set is none: ${(error as Error).message}`);
  }
}

/** What is said to be a key set. @throws KeysUnavailable */
async function fetchKeySet(issuer: string, location: string | undefined): Promise<JSONWebKeySet> {
  const from = location ?? (await discover(issuer));
  return (/^https?:/.test(from) ? await fetchJson(from) : await readJson(from)) as unknown as JSONWebKeySet;
}

/** Source: spec of `OpenIDConnectConfig`: the issuer that discovery gives must be the one configured. A slash at the end does not count. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  if (!/^https?:/.test(url)) throw new KeysUnavailable(`the issuer is no http or https address`);
  const { issuer: named, jwks_uri: keySet } = await fetchJson(url);
  if (typeof keySet !== 'string') throw new KeysUnavailable(`${url} names no "jwks_uri"`);
  if (typeof named !== 'string' || named.replace(/\/+$/, '') !== issuer.replace(/\/+$/, '')) throw new KeysUnavailable(`${url} is of the issuer "${String(named)}"`);
  return keySet;
}

type Json = Readonly<Record<string, unknown>>;

async function fetchJson(url: string): Promise<Json> {
  let text: string;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`status ${response.status}`);
    text = await response.text();
  } catch (error) {
    throw new KeysUnavailable(`${url}: ${reason(error)}`);
  }
  if (text.length > maxBytes) throw new KeysUnavailable(`${url} is larger than ${maxBytes} bytes`);
  return asJson(text, url);
}

async function readJson(file: string): Promise<Json> {
  try {
    return asJson(await readFile(file, 'utf8'), file);
  } catch (error) {
    throw error instanceof KeysUnavailable ? error : new KeysUnavailable(`${file}: ${reason(error)}`);
  }
}

function asJson(text: string, from: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    // said below
  }
  throw new KeysUnavailable(`${from} is no JSON object`);
}

/** `fetch` says what happened in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  return cause?.code ?? cause?.message ?? message;
}

/** `util.time`. Source: https://docs.aws.amazon.com/appsync/latest/devguide/time-helpers-in-util-time-js.html */
import { asText, BuiltinFailure, type BuiltinGroup } from './builtin';
import type { Surroundings } from './handler-run';
import { formatJavaDate } from './java-date-format';
import { parseJavaDate } from './java-date-parse';
import { type TimeZone, timeZoneOf, utc } from './time-zone';

/** The instants a JavaScript `Date` can hold. */
const maxEpochMs = 8.64e15;

export function createTimeUtil({ now }: Surroundings): BuiltinGroup {
  return {
    nowISO8601: () => new Date(now()).toISOString(),
    nowEpochSeconds: () => Math.floor(now() / 1000),
    nowEpochMilliSeconds: () => now(),
    nowFormatted: (pattern, zone) => formatJavaDate(now(), asText(pattern), zoneOr(utc, zone)),
    parseFormattedToEpochMilliSeconds: (text, pattern, zone) => parseJavaDate(asText(text), asText(pattern), zoneOr(undefined, zone)),
    parseISO8601ToEpochMilliSeconds: (text) => parseIso8601(asText(text)),
    epochMilliSecondsToSeconds: (ms) => Math.floor(instant(ms) / 1000),
    epochMilliSecondsToISO8601: (ms) => new Date(instant(ms)).toISOString(),
    epochMilliSecondsToFormatted: (ms, pattern, zone) => formatJavaDate(instant(ms), asText(pattern), zoneOr(utc, zone)),
  };
}

function zoneOr<T>(fallback: T, zone: unknown): T | TimeZone {
  return zone == null ? fallback : timeZoneOf(asText(zone));
}

function instant(ms: unknown): number {
  const value = typeof ms === 'string' && ms.trim() !== '' ? Number(ms) : ms;
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > maxEpochMs) throw new BuiltinFailure(`Expected epoch milliseconds, got ${asText(ms)}.`);
  return Math.trunc(value);
}

/** A date and time with an offset or `Z`. */
function parseIso8601(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(\d*)(Z|[+-]\d{2}(?::?\d{2})?)$/.exec(text);
  const ms = match ? Date.parse(`${match[1]}${isoOffset(match[3] ?? 'Z')}`) : NaN;
  if (Number.isNaN(ms)) throw new BuiltinFailure(`Text '${text}' could not be parsed at index 0`);
  return ms;
}

function isoOffset(offset: string): string {
  if (offset === 'Z') return offset;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

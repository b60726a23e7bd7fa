/** Time zones by Java `ZoneId` text: `Z`, `UTC`, `+08:00`, `UTC+8`, `Australia/Perth`. */
import { BuiltinFailure } from './builtin';

export interface TimeZone {
  readonly id: string;
  /** Minutes east of UTC at an instant. */
  offsetMinutes(epochMs: number): number;
  /** `PST`, `GMT`, `+08:00`. */
  displayName(epochMs: number, style: 'short' | 'long'): string;
}

export const utc: TimeZone = { id: 'UTC', offsetMinutes: () => 0, displayName: (_epochMs, style) => (style === 'short' ? 'UTC' : 'Coordinated Universal Time') };

/** @throws BuiltinFailure for an unknown zone, in Java's words */
export function timeZoneOf(id: string): TimeZone {
  if (id === 'UTC' || id === 'GMT' || id === 'UT') return { ...utc, id };
  const offset = parseOffset(id.replace(/^(?:UTC|GMT|UT)(?=[+-])/, ''));
  if (offset !== undefined) return { id: id === 'z' ? 'Z' : id, offsetMinutes: () => offset, displayName: () => formatOffset(offset, '+HH:mm', 'Z') };
  return regionOf(id);
}

/** @param text `Z`, `+8`, `+08`, `+0800`, `+08:00` or `+08:00:00`; @returns minutes, undefined for anything else */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 18 * 60 ? undefined : (match[1] === '-' ? -1 : 1) * minutes;
}

/** @param zero what stands for UTC */
export function formatOffset(minutes: number, style: '+HH' | '+HHmm' | '+HH:mm' | '+HH?mm', zero: string): string {
  if (minutes === 0) return zero;
  const sign = minutes < 0 ? '-' : '+';
  const hour = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  const minute = String(Math.abs(minutes) % 60).padStart(2, '0');
  switch (style) {
    case '+HH:mm':
      return `${sign}${hour}:${minute}`;
    case '+HHmm':
      return `${sign}${hour}${minute}`;
    case '+HH':
    case '+HH?mm':
      return `${sign}${hour}${minute === '00' ? '' : minute}`;
  }
}

/** Epoch milliseconds of a wall-clock time given as if it were UTC. A time that a zone skips moves ahead by the gap; of a time it has twice, the earlier. Both as Java. */
export function toEpochMs(zone: TimeZone, wallMs: number): number {
  const before = wallMs - zone.offsetMinutes(wallMs - 86_400_000) * 60_000;
  const after = wallMs - zone.offsetMinutes(wallMs + 86_400_000) * 60_000;
  const exact = [before, after].filter((epochMs) => epochMs + zone.offsetMinutes(epochMs) * 60_000 === wallMs);
  return exact.length > 0 ? Math.min(...exact) : before;
}

function regionOf(id: string): TimeZone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: id, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' });
  } catch {
    throw new BuiltinFailure(`Unknown time-zone ID: ${id}`);
  }
  return {
    id,
    offsetMinutes(epochMs) {
      const part = Object.fromEntries(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
      const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
      const wall = new Date(0);
      wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
      wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
      return Math.round((wall.getTime() - Math.floor(epochMs / 1000) * 1000) / 60_000);
    },
    displayName(epochMs, style) {
      const named = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: style }).formatToParts(epochMs);
      return named.find(({ type }) => type === 'timeZoneName')?.value ?? id;
    },
  };
}

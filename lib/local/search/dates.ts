/**
 * Dates of documents and requests: the formats that are understood, what a date that stops early stands for, and date math.
 * Source: https://opensearch.org/docs/latest/field-types/supported-field-types/date/ and …/query-dsl/term/range/ ("Missing date components", "Date math")
 */
import { UnsupportedClause } from './search-error';

const format = /^(\d{4})(?:[-/](\d{2})(?:[-/](\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

/** What stands for the parts of a time that are not given. */
interface Missing {
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
  readonly fraction: string;
}

const first: Missing = { hours: '00', minutes: '00', seconds: '00', fraction: '000' };
const last: Missing = { hours: '23', minutes: '59', seconds: '59', fraction: '999' };

/** Epoch milliseconds of a date; times without a zone are UTC. A month or day that is missing is the first, a time that is missing midnight. */
export function dateOf(value: unknown): number | undefined {
  return read(value, first);
}

/** Source: `strict_date_optional_time`, `yyyy/MM/dd HH:mm:ss Z`, `yyyy/MM/dd Z`. A bare year is no date there. */
export function isDetectedDate(text: string): boolean {
  return !/^\d+$/.test(text) && dateOf(text) !== undefined;
}

/**
 * The time that a bound of a range stands for, which may be date math: `now-7d/d`, `2026-01-01||+1M`.
 * @param isEnd whether the end of what is given counts: it does for `gt` and `lte`, so that `lte: 2026-01-31` takes in the whole day
 * @returns undefined for what is no date
 * @throws UnsupportedClause for date math in a form that is not understood
 */
export function boundOf(value: unknown, isEnd: boolean, nowMs: number): number | undefined {
  const [, anchor = '', math = ''] = (typeof value === 'string' && /^(now|.*(?=\|\|))(?:\|\|)?(.*)$/s.exec(value)) || [];
  if (anchor === '') return read(value, isEnd ? last : first);
  const start = anchor === 'now' ? nowMs : read(anchor, isEnd && math === '' ? last : first);
  const steps = [...math.matchAll(/([+-]\d*|\/)([yMwdhHms])/g)];
  if (steps.map(([step]) => step).join('') !== math) throw new UnsupportedClause(`date math "${String(value)}"`);
  return start === undefined ? undefined : steps.reduce((time, [, sign = '', unit = '']) => (sign === '/' ? rounded(time, unit, isEnd) : moved(time, amountOf(sign), unit)), start);
}

function read(value: unknown, missing: Missing): number | undefined {
  if (typeof value === 'number') return value;
  const text = String(value);
  if (/^-?\d{5,}$/.test(text)) return Number(text);
  const [, year = '', month = '01', day = '01', hours = missing.hours, minutes = missing.minutes, seconds = missing.seconds, fraction = missing.fraction, zone = 'Z'] = format.exec(text) ?? [];
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^(.\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction}${offset}`);
  return Number.isNaN(time) ? undefined : time;
}

/** `+7`, `-` for one. */
function amountOf(sign: string): number {
  return Number(/^[+-]$/.test(sign) ? `${sign}1` : sign);
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, H: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A month that has no such day ends on its last one. */
function moved(time: number, amount: number, unit: string): number {
  const milliseconds = unitMs[unit];
  if (milliseconds !== undefined) return time + amount * milliseconds;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + amount * (unit === 'y' ? 12 : 1));
  date.setUTCDate(Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()));
  return date.getTime();
}

/** To the first millisecond of the unit, or its last. Weeks begin on Monday. */
function rounded(time: number, unit: string, isEnd: boolean): number {
  const start = startOf(time, unit);
  return isEnd ? moved(start, 1, unit) - 1 : start;
}

function startOf(time: number, unit: string): number {
  const date = new Date(time);
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const day = Math.floor(time / 86_400_000) * 86_400_000;
  if (unit === 'w') return day - ((date.getUTCDay() + 6) % 7) * 86_400_000;
  const milliseconds = unitMs[unit] ?? 1;
  return Math.floor(time / milliseconds) * milliseconds;
}

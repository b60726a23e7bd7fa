/** Prints an instant by a Java `DateTimeFormatter` pattern. Weeks are those of the United States (from Sunday, week 1 holds 1 January). Assumed: that locale. */
import { BuiltinFailure } from './builtin';
import { days, months, named, type Token, tokenize } from './java-date-pattern';
import { formatOffset, type TimeZone } from './time-zone';

const dayMs = 86_400_000;

/** @throws BuiltinFailure for a bad pattern */
export function formatJavaDate(epochMs: number, pattern: string, zone: TimeZone): string {
  const offset = zone.offsetMinutes(epochMs);
  const wall = new Date(epochMs + offset * 60_000);
  const print = (tokens: readonly Token[]): string =>
    tokens
      .map((token) => {
        if (token.kind === 'literal') return token.text;
        return token.kind === 'optional' ? print(token.tokens) : printField(token.letter, token.count, { wall, epochMs, offset, zone });
      })
      .join('');
  return print(tokenize(pattern));
}

interface Moment {
  /** The wall-clock time, read through the UTC getters. */
  readonly wall: Date;
  readonly epochMs: number;
  readonly offset: number;
  readonly zone: TimeZone;
}

function printField(letter: string, count: number, { wall, epochMs, offset, zone }: Moment): string {
  const year = wall.getUTCFullYear();
  const month = wall.getUTCMonth();
  const weekday = wall.getUTCDay();
  const hour = wall.getUTCHours();
  const ms = wall.getUTCMilliseconds();
  const quarter = Math.floor(month / 3) + 1;
  switch (letter) {
    case 'G':
      return count === 4 ? (year > 0 ? 'Anno Domini' : 'Before Christ') : count === 5 ? (year > 0 ? 'A' : 'B') : year > 0 ? 'AD' : 'BC';
    case 'u':
      return printYear(year, count);
    case 'y':
      return printYear(year > 0 ? year : 1 - year, count);
    case 'Y':
      return printYear(weekOf(wall).year, count);
    case 'M':
    case 'L':
      return count < 3 ? padded(month + 1, count) : named(months[month], count);
    case 'd':
      return padded(wall.getUTCDate(), count);
    case 'D':
      return padded(dayOfYear(wall), count);
    case 'Q':
    case 'q':
      return count < 3 ? padded(quarter, count) : count === 3 ? `Q${quarter}` : count === 4 ? `${['1st', '2nd', '3rd', '4th'][quarter - 1]} quarter` : String(quarter);
    case 'w':
      return padded(weekOf(wall).week, count);
    case 'W':
      return padded(Math.ceil((wall.getUTCDate() + weekdayOfFirst(wall)) / 7), count);
    case 'E':
      return named(days[weekday], Math.max(3, count));
    case 'e':
    case 'c':
      return count < 3 ? padded(weekday + 1, count) : named(days[weekday], count);
    case 'F':
      return padded(Math.floor((wall.getUTCDate() - 1) / 7) + 1, count);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'h':
      return padded(hour % 12 || 12, count);
    case 'K':
      return padded(hour % 12, count);
    case 'k':
      return padded(hour || 24, count);
    case 'H':
      return padded(hour, count);
    case 'm':
      return padded(wall.getUTCMinutes(), count);
    case 's':
      return padded(wall.getUTCSeconds(), count);
    case 'S':
      return `${padded(ms, 3)}000000`.slice(0, count).padEnd(count, '0');
    case 'n':
      return padded(ms * 1_000_000, count);
    case 'A':
      return padded(wall.getTime() - Math.floor(wall.getTime() / dayMs) * dayMs, count);
    case 'N':
      return padded((wall.getTime() - Math.floor(wall.getTime() / dayMs) * dayMs) * 1_000_000, count);
    case 'V':
      return zone.id;
    case 'v':
    case 'z':
      return zone.displayName(epochMs, count === 4 ? 'long' : 'short');
    case 'O':
      return `GMT${count === 4 ? formatOffset(offset, '+HH:mm', '') : shortOffset(offset)}`;
    case 'X':
      return formatOffset(offset, offsetStyle(count), 'Z');
    case 'x':
      return formatOffset(offset, offsetStyle(count), offsetStyle(count).startsWith('+HH:') ? '+00:00' : count === 1 ? '+00' : '+0000');
    case 'Z':
      return count < 4 ? formatOffset(offset, '+HHmm', '+0000') : count === 4 ? `GMT${formatOffset(offset, '+HH:mm', '')}` : formatOffset(offset, '+HH:mm', 'Z');
    default:
      throw new BuiltinFailure(`Unknown pattern letter: ${letter}`);
  }
}

function offsetStyle(count: number): '+HH?mm' | '+HHmm' | '+HH:mm' {
  if (count === 1) return '+HH?mm';
  return count % 2 === 0 ? '+HHmm' : '+HH:mm';
}

/** `+8`, `-3:30`, nothing for UTC. */
function shortOffset(minutes: number): string {
  return formatOffset(minutes, '+HH:mm', '')
    .replace(/^([+-])0/, '$1')
    .replace(/:00$/, '');
}

function printYear(year: number, count: number): string {
  if (count === 2) return padded(((year % 100) + 100) % 100, 2);
  return year < 0 ? `-${padded(-year, count)}` : padded(year, count);
}

function padded(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

/** Days since Sunday on the 1st of the month. */
function weekdayOfFirst(wall: Date): number {
  return (wall.getUTCDay() - (wall.getUTCDate() - 1) + 35) % 7;
}

function dayOfYear(wall: Date): number {
  return Math.floor((Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()) - Date.UTC(wall.getUTCFullYear(), 0, 1)) / dayMs) + 1;
}

/** The week-based year and its week: weeks start on Sunday and week 1 holds 1 January. */
function weekOf(wall: Date): { readonly year: number; readonly week: number } {
  const year = wall.getUTCFullYear();
  const day = dayOfYear(wall);
  const saturday = day + 6 - wall.getUTCDay();
  const daysInYear = dayOfYear(new Date(Date.UTC(year, 11, 31)));
  if (saturday > daysInYear) return { year: year + 1, week: 1 };
  return { year, week: Math.ceil(saturday / 7) };
}

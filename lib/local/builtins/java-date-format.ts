/**
 * Java `DateTimeFormatter` patterns: printing an instant, and parsing text to one. English names, weeks as in the United States (from Sunday, week 1 holds 1 January).
 * Source: the pattern letters of java.time.format.DateTimeFormatter. Assumed: the locale.
 * Not covered, refused as unknown pattern letters: localized forms (`B`, `g`), padding (`p`).
 */
import { BuiltinFailure } from './builtin';
import { formatOffset, parseOffset, type TimeZone, timeZoneOf, toEpochMs } from './time-zone';

type Token =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'optional'; readonly tokens: readonly Token[] };

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
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

/**
 * @param zone used when the text names none
 * @throws BuiltinFailure in Java's words when the text does not fit or does not say a full date and time
 */
export function parseJavaDate(text: string, pattern: string, zone: TimeZone | undefined): number {
  const fields = new Map<string, number>();
  const state: ParseState = { text, at: 0, fields, zone };
  parseTokens(tokenize(pattern), state);
  if (state.at < text.length) throw new BuiltinFailure(`Text '${text}' could not be parsed, unparsed text found at index ${state.at}`);
  return resolve(state);
}

function tokenize(pattern: string): readonly Token[] {
  const stack: Token[][] = [[]];
  const push = (token: Token): void => void stack.at(-1)?.push(token);
  for (const [part] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[\s\S]/g)) {
    if (part === '[') stack.push([]);
    else if (part === ']') {
      const tokens = stack.pop();
      if (tokens === undefined || stack.length === 0) throw new BuiltinFailure('Pattern invalid as it contains ] without previous [');
      push({ kind: 'optional', tokens });
    } else if (/^[A-Za-z]/.test(part)) {
      if (!'GuyYMLdDQqwWEecFahKkHmsSnNAVvzOXxZ'.includes(part.charAt(0))) throw new BuiltinFailure(`Unknown pattern letter: ${part.charAt(0)}`);
      push({ kind: 'field', letter: part.charAt(0), count: part.length });
    } else if (part.startsWith("'")) {
      if (part.length === 1) throw new BuiltinFailure(`Pattern ends with an incomplete string literal: ${pattern}`);
      push({ kind: 'literal', text: part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'") });
    } else {
      push({ kind: 'literal', text: part });
    }
  }
  // An optional section left open runs to the end.
  while (stack.length > 1) {
    const tokens = stack.pop() ?? [];
    push({ kind: 'optional', tokens });
  }
  return stack[0] ?? [];
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
      return padded(Math.floor((wall.getUTCDate() + 5 - ((weekday + 6) % 7) + (new Date(Date.UTC(year, month, 1)).getUTCDay() === 0 ? 1 : 1)) / 7) + (weekday === 0 ? 1 : 0), count);
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
      return `GMT${formatOffset(offset, '+HH:mm', '').replace(/^([+-])0(?=\d:)/, count === 4 ? '$10' : '$1').replace(/:00$/, count === 4 ? ':00' : '')}`;
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

function printYear(year: number, count: number): string {
  if (count === 2) return padded(((year % 100) + 100) % 100, 2);
  return year < 0 ? `-${padded(-year, count)}` : padded(year, count);
}

function named(name: string | undefined, count: number): string {
  if (name === undefined) return '';
  return count === 3 ? name.slice(0, 3) : count === 5 ? name.slice(0, 1) : name;
}

function padded(value: number, count: number): string {
  return String(value).padStart(count, '0');
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

interface ParseState {
  readonly text: string;
  at: number;
  readonly fields: Map<string, number>;
  zone: TimeZone | undefined;
}

function parseTokens(tokens: readonly Token[], state: ParseState): void {
  tokens.forEach((token, i) => {
    if (token.kind === 'literal') {
      if (!state.text.startsWith(token.text, state.at)) throw parseFailure(state);
      state.at += token.text.length;
    } else if (token.kind === 'optional') {
      const attempt: ParseState = { ...state, fields: new Map(state.fields) };
      try {
        parseTokens(token.tokens, attempt);
      } catch (error) {
        if (error instanceof BuiltinFailure) return;
        throw error;
      }
      state.at = attempt.at;
      state.zone = attempt.zone;
      for (const [field, value] of attempt.fields) state.fields.set(field, value);
    } else {
      const next = tokens[i + 1];
      parseField(token.letter, token.count, next?.kind === 'field' && isNumeric(next), state);
    }
  });
}

function isNumeric({ letter, count }: { readonly letter: string; readonly count: number }): boolean {
  return 'MLQqec'.includes(letter) ? count < 3 : 'uyYdDFhKkHmsSnNAwW'.includes(letter);
}

/** @param isAdjacent another number follows at once, so this one takes exactly its width */
function parseField(letter: string, count: number, isAdjacent: boolean, state: ParseState): void {
  const rest = state.text.slice(state.at);
  if (isNumeric({ letter, count })) {
    const isYear = 'uyY'.includes(letter);
    const widest = isAdjacent || letter === 'S' || count > 1 ? (isYear && count > 2 && !isAdjacent ? 9 : count) : 19;
    const narrowest = letter === 'S' || count > 1 ? count : 1;
    const digits = new RegExp(`^${isYear ? '[+-]?' : ''}\\d{${narrowest},${widest}}`).exec(rest)?.[0];
    if (digits === undefined) throw parseFailure(state);
    const value = letter === 'S' ? Number(`0.${digits}`) * 1000 : isYear && count === 2 ? 2000 + Number(digits) : Number(digits);
    return accept(state, letter === 'L' ? 'M' : letter, value, digits.length);
  }
  switch (letter) {
    case 'M':
    case 'L':
      return acceptName(state, 'M', months, count, 1);
    case 'E':
    case 'e':
    case 'c':
      return acceptName(state, 'E', days, Math.max(3, count), 0);
    case 'a':
      return acceptName(state, 'a', ['AM', 'PM'], 4, 0);
    case 'G':
      return acceptName(state, 'G', ['BC', 'AD'], 4, 0);
    case 'V':
    case 'v':
    case 'z': {
      const id = /^[A-Za-z][\w/+:-]*|^[+-][\d:]+/.exec(rest)?.[0];
      if (id === undefined) throw parseFailure(state);
      state.zone = timeZoneOf(id);
      state.at += id.length;
      return;
    }
    default: {
      const found = /^(?:GMT|UTC)?([+-]\d{1,2}(?::?\d{2}){0,2}|Z)|^(?:GMT|UTC)/.exec(rest);
      const offset = found ? parseOffset(found[1] ?? 'Z') : undefined;
      if (!found || offset === undefined) throw parseFailure(state);
      state.zone = timeZoneOf(formatOffset(offset, '+HH:mm', 'Z'));
      state.at += found[0].length;
    }
  }
}

function acceptName(state: ParseState, field: string, names: readonly string[], count: number, base: number): void {
  const index = names.findIndex((name) => state.text.startsWith(named(name, count), state.at));
  if (index < 0) throw parseFailure(state);
  accept(state, field, index + base, named(names[index], count).length);
}

function accept(state: ParseState, field: string, value: number, length: number): void {
  state.fields.set(field, value);
  state.at += length;
}

function parseFailure({ text, at }: ParseState): BuiltinFailure {
  return new BuiltinFailure(`Text '${text}' could not be parsed at index ${at}`);
}

function resolve({ text, fields, zone }: ParseState): number {
  const year = fields.get('u') ?? (fields.get('G') === 0 ? 1 - (fields.get('y') ?? 1) : fields.get('y')) ?? fields.get('Y');
  const month = fields.get('M');
  const day = fields.get('d');
  const dayInYear = fields.get('D');
  const half = fields.get('h') ?? fields.get('K');
  const hour = fields.get('H') ?? fields.get('k') ?? (half === undefined ? undefined : (half % 12) + (fields.get('a') ?? 0) * 12);
  const msOfDay = fields.get('A') ?? (fields.has('N') ? Math.floor((fields.get('N') ?? 0) / 1_000_000) : undefined);
  const hasDate = year !== undefined && ((month !== undefined && day !== undefined) || dayInYear !== undefined);
  if (!hasDate || (hour === undefined && msOfDay === undefined) || zone === undefined) {
    throw new BuiltinFailure(`Text '${text}' could not be parsed: Unable to obtain ZonedDateTime from TemporalAccessor`);
  }
  const minute = fields.get('m') ?? 0;
  const second = fields.get('s') ?? 0;
  const wall = new Date(0);
  wall.setUTCFullYear(year, dayInYear === undefined ? (month ?? 1) - 1 : 0, dayInYear ?? day ?? 1);
  const isDate = dayInYear !== undefined || (wall.getUTCMonth() + 1 === month && wall.getUTCDate() === day);
  if (!isDate || (hour ?? 0) > 24 || minute > 59 || second > 59) throw new BuiltinFailure(`Text '${text}' could not be parsed: Invalid date or time`);
  const ms = msOfDay ?? (((hour ?? 0) % 24) * 3600 + minute * 60 + second) * 1000 + Math.floor(fields.get('S') ?? (fields.get('n') ?? 0) / 1_000_000);
  return toEpochMs(zone, wall.getTime() + ms);
}

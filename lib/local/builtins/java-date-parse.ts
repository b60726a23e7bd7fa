/** Reads an instant from text by a Java `DateTimeFormatter` pattern. Source: java.time.format.DateTimeFormatter, its default (smart) resolving and its error texts. */
import { BuiltinFailure } from './builtin';
import { days, months, named, type Token, tokenize } from './java-date-pattern';
import { formatOffset, parseOffset, type TimeZone, timeZoneOf, toEpochMs } from './time-zone';

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
  const year = fields.get('u') ?? (fields.get('G') === 0 ? 1 - (fields.get('y') ?? 1) : fields.get('y'));
  const month = fields.get('M');
  const day = fields.get('d');
  const dayInYear = fields.get('D');
  const half = fields.get('h') ?? fields.get('K');
  const halfDay = fields.get('a');
  const hour = fields.get('H') ?? fields.get('k') ?? (half === undefined || halfDay === undefined ? undefined : (half % 12) + halfDay * 12);
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

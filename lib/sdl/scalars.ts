/**
 * AppSync's own scalars with the service's validation. A value that passes keeps the text it came in; only AWSJSON changes form:
 * its input text becomes a value before resolvers see it, and its output becomes JSON text again.
 *
 * Messages are the tail of the service's `Can't serialize value (<path>) : <message>`.
 * Observed: "as a valid DateTime Object." and "as a valid timestamp." in public error reports | Assumed: the wording of the other kinds
 */
import { isIP } from 'node:net';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

/**
 * AWSDate, AWSTime, AWSDateTime, AWSTimestamp, AWSEmail, AWSJSON, AWSPhone, AWSURL and AWSIPAddress.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html
 */
export const awsScalars: readonly GraphQLScalarType[] = [
  textScalar('AWSDate', 'date Object', isDate),
  textScalar('AWSTime', 'time Object', isTime),
  textScalar('AWSDateTime', 'DateTime Object', isDateTime),
  timestampScalar(),
  textScalar('AWSEmail', 'email', isEmail),
  jsonScalar(),
  textScalar('AWSPhone', 'phone number', isPhone),
  textScalar('AWSURL', 'URL', isUrl),
  textScalar('AWSIPAddress', 'IP address', isIpAddress),
];

function textScalar(name: string, noun: string, accepts: (text: string) => boolean): GraphQLScalarType {
  const check = (verb: 'parse' | 'serialize') => (value: unknown) => {
    if (typeof value !== 'string' || !accepts(value)) throw unable(verb, value, noun);
    return value;
  };
  const parse = check('parse');
  return new GraphQLScalarType({
    name,
    serialize: check('serialize'),
    parseValue: parse,
    parseLiteral: (node) => parse(stringOf(node)),
  });
}

/**
 * 64-bit seconds, so wider than Int; beyond 2^53 a JavaScript number cannot hold them.
 * Assumed: a resolver may also return the digits as text, as graphql-java's integer types allow.
 */
function timestampScalar(): GraphQLScalarType {
  const parse = (value: unknown) => {
    if (!Number.isSafeInteger(value)) throw unable('parse', value, 'timestamp');
    return value;
  };
  return new GraphQLScalarType({
    name: 'AWSTimestamp',
    serialize(value) {
      const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      if (!Number.isSafeInteger(seconds)) throw unable('serialize', value, 'timestamp');
      return seconds;
    },
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.INT ? Number(node.value) : undefined),
  });
}

/** Assumed: a result that already is JSON text is quoted again. */
function jsonScalar(): GraphQLScalarType {
  const parse = (value: unknown): unknown => {
    if (typeof value !== 'string') throw unable('parse', value, 'JSON');
    try {
      return JSON.parse(value);
    } catch {
      throw unable('parse', value, 'JSON');
    }
  };
  return new GraphQLScalarType({
    name: 'AWSJSON',
    serialize: (value) => JSON.stringify(value),
    parseValue: parse,
    parseLiteral: (node) => parse(stringOf(node)),
  });
}

function unable(verb: 'parse' | 'serialize', value: unknown, noun: string): GraphQLError {
  const shown = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return new GraphQLError(`Unable to ${verb} \`${shown}\` as a valid ${noun}.`);
}

function stringOf(node: ValueNode): string | undefined {
  return node.kind === Kind.STRING ? node.value : undefined;
}

const zone = String.raw`(?:Z|[+-](?:0\d|1[0-8]):[0-5]\d(?::[0-5]\d)?)`;
const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{0,9})?`;
const datePattern = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)${zone}?$`);
const timePattern = new RegExp(`^${clock}${zone}?$`);
/** Assumed: the zone is required, as users report, although the manual calls it optional. */
const dateTimePattern = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)T${clock}${zone}$`);

function isDate(text: string): boolean {
  return isCalendarDay(datePattern.exec(text)?.[1]);
}

function isTime(text: string): boolean {
  return timePattern.test(text);
}

function isDateTime(text: string): boolean {
  return isCalendarDay(dateTimePattern.exec(text)?.[1]);
}

/** Rejects 30 February: a date that JavaScript moves into the next month prints differently. */
function isCalendarDay(day: string | undefined): boolean {
  if (day === undefined) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const atom = String.raw`[^\s@.,;:<>()[\]\\"]+`;
const emailPattern = new RegExp(`^(?:${atom}(?:\\.${atom})*|"[^"\\r\\n]+")@${atom}(?:\\.${atom})*$`);

function isEmail(text: string): boolean {
  return emailPattern.test(text);
}

/** Without a country code the number is North American: ten digits, area code and exchange not starting with 0 or 1. Assumed: lengths abroad are E.164's. */
function isPhone(text: string): boolean {
  if (!/^\+?\d+(?:[ -]\d+)*$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  return text.startsWith('+') ? /^[1-9]\d{6,14}$/.test(digits) : /^1?[2-9]\d\d[2-9]\d{6}$/.test(digits);
}

function isUrl(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  return !new URL(text).pathname.slice(1).includes('//');
}

function isIpAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/**
 * `$util` and `$extensions`, made once for all templates of an API: what APPSYNC_JS has too is that, with Java values around it; the rest is here.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference.html and the pages below it.
 * Assumed: a method that gets null for its text answers null.
 */
import { invariant } from '../../diagnostics';
import { isNumber, JavaDouble, type JavaValue, numberOf, type TemplateFunction, TemplateObject, textOf, toJava, toPlain } from '../../velocity';
import { type Builtin, type BuiltinGroup, HandlerEnd } from '../builtins';
import { listUtil, mapUtil } from './collections';
import { readDocument } from './json-document';
import { toJson } from './json-text';
import { type Arity, asJson, nothing, ofText, takes, wrapped } from './template-functions';
import type { TemplateRun } from './template-run';
import { valueTests } from './value-tests';

export interface TemplateGlobals {
  readonly util: TemplateObject;
  readonly extensions: TemplateObject;
}

/** @param library the globals of APPSYNC_JS */
export function createTemplateGlobals(library: BuiltinGroup, current: () => TemplateRun): TemplateGlobals {
  const js = (path: string): Builtin => {
    const found = path.split('.').reduce<Builtin | BuiltinGroup | undefined>((group, name) => (typeof group === 'object' ? group[name] : undefined), library);
    invariant(typeof found === 'function', `the built-in ${path} exists`);
    return found;
  };
  /** The members of a group of `util`, each with its number of arguments. */
  const group = (path: string, wrap: (arity: Arity, builtin: Builtin) => TemplateFunction, members: Readonly<Record<string, Arity>>): Record<string, TemplateFunction> =>
    Object.fromEntries(Object.entries(members).map(([name, arity]) => [name, wrap(arity, js(`${path}.${name}`))]));

  const util = new TemplateObject({
    qr: () => nothing,
    quiet: () => nothing,
    ...valueTests,
    ...group('util', ofText, { escapeJavaScript: 1, urlEncode: 1, urlDecode: 1, base64Encode: 1, base64Decode: 1, matches: 2 }),
    ...group('util', wrapped, { autoId: 0, autoUlid: 0, autoKsuid: 0, authType: 0, error: [1, 4], appendError: [1, 4], unauthorized: 0 }),
    toJson: takes(1, (value = null) => toJson(value)),
    parseJson: takes(1, (text = null) => (text === null ? null : toJava(readDocument(textOf(text))))),
    validate: takes([2, 4], (condition = null, ...raised) => validate(current(), condition, raised)),
    log: logUtil(current),
    time: new TemplateObject({
      ...group('util.time', wrapped, { nowISO8601: 0, nowEpochSeconds: 0, nowEpochMilliSeconds: 0, nowFormatted: [1, 2] }),
      ...group('util.time', wrapped, { parseFormattedToEpochMilliSeconds: [2, 3], parseISO8601ToEpochMilliSeconds: 1 }),
      ...group('util.time', wrapped, { epochMilliSecondsToSeconds: 1, epochMilliSecondsToISO8601: 1, epochMilliSecondsToFormatted: [2, 3] }),
    }),
    list: listUtil,
    map: mapUtil,
    dynamodb: new TemplateObject({
      ...group('util.dynamodb', wrapped, dynamodb),
      ...Object.fromEntries(Object.entries(dynamodb).map(([name, arity]) => [`${name}Json`, asJson(arity, js(`util.dynamodb.${name}`))])),
      ...group('util.dynamodb', wrapped, { fromS3ObjectJson: 1 }),
    }),
    rds: new TemplateObject({ ...group('util.rds', wrapped, { toJsonObject: 1 }), toJsonString: asJson(1, js('util.rds.toJsonObject')) }),
    http: new TemplateObject(group('util.http', wrapped, { copyHeaders: 1, addResponseHeader: 2, addResponseHeaders: 1 })),
    xml: new TemplateObject(group('util.xml', ofText, { toMap: 1, toJsonString: [1, 2] })),
    transform: new TemplateObject({
      ...group('util.transform', wrapped, { toDynamoDBFilterExpression: 1, toDynamoDBConditionExpression: 1, toElasticsearchQueryDSL: 1, toSubscriptionFilter: [1, 3] }),
    }),
    math: new TemplateObject({
      ...group('util.math', wrapped, { roundNum: 1, randomWithinRange: 2 }),
      randomDouble: takes(0, () => asDouble(js('util.math.randomDouble')())),
      minVal: ofNumbers(js('util.math.minVal')),
      maxVal: ofNumbers(js('util.math.maxVal')),
    }),
    str: new TemplateObject({
      toUpper: takes(1, (text = null) => (typeof text === 'string' ? text.toUpperCase() : null)),
      toLower: takes(1, (text = null) => (typeof text === 'string' ? text.toLowerCase() : null)),
      toReplace: takes(3, (text = null, from = null, to = null) => (typeof text === 'string' ? text.replaceAll(textOf(from), () => textOf(to)) : null)),
      ...group('util.str', ofText, { normalize: 2 }),
    }),
  });
  const extensions = new TemplateObject({
    ...group('extensions', wrapped, { evictFromApiCache: 3, setSubscriptionFilter: 1, setSubscriptionInvalidationFilter: 1, invalidateSubscriptions: 1 }),
  });
  return { util, extensions };
}

/** Each has a twin `…Json` that answers text. */
const dynamodb: Readonly<Record<string, Arity>> = {
  toDynamoDB: 1,
  toString: 1,
  toStringSet: 1,
  toNumber: 1,
  toNumberSet: 1,
  toBinary: 1,
  toBinarySet: 1,
  toBoolean: 1,
  toNull: 0,
  toList: 1,
  toMap: 1,
  toMapValues: 1,
  toS3Object: [3, 4],
};

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/utility-helpers-in-util.html; the type is the one given to errors that name none. */
function validate(run: TemplateRun, condition: JavaValue, [message = null, errorType = null, data = null]: readonly JavaValue[]): JavaValue {
  if (condition !== false && condition !== null) return nothing;
  run.end = {
    kind: 'error',
    error: { message: textOf(message), errorType: errorType === null ? 'CustomTemplateException' : textOf(errorType), data: toPlain(data), errorInfo: null },
  };
  throw new HandlerEnd();
}

/** `$util.log.info("found {} of {}", $n, $all)`. Assumed: what the lines look like. */
function logUtil(current: () => TemplateRun): TemplateObject {
  const at =
    (level: 'INFO' | 'DEBUG' | 'ERROR'): TemplateFunction =>
    (format, ...args) => {
      if (format === undefined) return undefined;
      let next = 0;
      const text = textOf(format).replace(/\{\}/g, (braces) => (next < args.length ? textOf(args[next++] ?? null) : braces));
      current().logLine(`${level} - ${text}`);
      return nothing;
    };
  return new TemplateObject({ info: at('INFO'), debug: at('DEBUG'), error: at('ERROR') });
}

/** Java's `Math.min` and `max` of doubles. Source: https://docs.aws.amazon.com/appsync/latest/devguide/math-helpers-in-util-math.html (they return Double) */
function ofNumbers(builtin: Builtin): TemplateFunction {
  return takes(2, (a = null, b = null) => (isNumber(a) && isNumber(b) ? asDouble(builtin(numberOf(a), numberOf(b))) : undefined));
}

function asDouble(value: unknown): JavaDouble {
  return new JavaDouble(Number(value));
}

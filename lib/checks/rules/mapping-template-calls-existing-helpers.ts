import { didYouMean } from '../../diagnostics';
import type { Reference, Span } from '../../velocity';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { mappingTemplateRule } from './mapping-template-rule';

/** Only what is written out: a name that comes from a variable is not known, and a template may set `$util` to something of its own. */
export const mappingTemplateCallsExistingHelpers = mappingTemplateRule(
  {
    code: 'RES_VTL_UTIL',
    severity: 'error',
    summary: 'every member of "$util" and "$extensions" that a mapping template names exists',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference.html',
  },
  function* (templates) {
    for (const { mapping, read } of parsedTemplates(templates)) {
      for (const reference of read.references) {
        if (read.variables.has(reference.root)) continue;
        const missing = missingHelper(reference);
        if (missing) yield { ...placeIn(mapping, missing.span), message: missing.message, fix: missing.fix };
      }
    }
  },
);

/** `true` for a function. */
type Helpers = { readonly [name: string]: true | Helpers };

const functions = (...names: readonly string[]): Helpers => Object.fromEntries(names.map((name) => [name, true]));

const dynamodb = ['toDynamoDB', 'toString', 'toStringSet', 'toNumber', 'toNumberSet', 'toBinary', 'toBinarySet', 'toBoolean', 'toNull', 'toList', 'toMap', 'toMapValues', 'toS3Object'];

/**
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-util-reference.html and the pages below it
 * Observed: `http.copyheaders`, with a small `h`, is in the examples and the acceptance tests of Terraform's AWS provider, and so in templates everywhere.
 */
const util: Helpers = {
  ...functions('qr', 'quiet', 'escapeJavaScript', 'urlEncode', 'urlDecode', 'base64Encode', 'base64Decode', 'parseJson', 'toJson', 'autoId', 'autoUlid', 'autoKsuid', 'authType', 'matches'),
  ...functions('error', 'appendError', 'unauthorized', 'validate'),
  ...functions('isNull', 'isNullOrEmpty', 'isNullOrBlank', 'defaultIfNull', 'defaultIfNullOrEmpty', 'defaultIfNullOrBlank'),
  ...functions('isString', 'isNumber', 'isBoolean', 'isList', 'isMap', 'typeOf'),
  log: functions('info', 'debug', 'error'),
  time: functions(
    ...['nowISO8601', 'nowEpochSeconds', 'nowEpochMilliSeconds', 'nowFormatted', 'parseFormattedToEpochMilliSeconds', 'parseISO8601ToEpochMilliSeconds'],
    ...['epochMilliSecondsToSeconds', 'epochMilliSecondsToISO8601', 'epochMilliSecondsToFormatted'],
  ),
  list: functions('copyAndRetainAll', 'copyAndRemoveAll', 'sortList'),
  map: functions('copyAndRetainAllKeys', 'copyAndRemoveAllKeys'),
  dynamodb: functions(...dynamodb, ...dynamodb.map((name) => `${name}Json`), 'fromS3ObjectJson'),
  rds: functions('toJsonString', 'toJsonObject'),
  http: functions('copyHeaders', 'copyheaders', 'addResponseHeader', 'addResponseHeaders'),
  xml: functions('toMap', 'toJsonString'),
  transform: functions('toDynamoDBFilterExpression', 'toDynamoDBConditionExpression', 'toElasticsearchQueryDSL', 'toSubscriptionFilter'),
  math: functions('roundNum', 'minVal', 'maxVal', 'randomDouble', 'randomWithinRange'),
  str: functions('toUpper', 'toLower', 'toReplace', 'normalize'),
};

const roots: ReadonlyMap<string, Helpers> = new Map([
  ['util', util],
  ['utils', util],
  ['extensions', functions('evictFromApiCache', 'setSubscriptionFilter', 'setSubscriptionInvalidationFilter', 'invalidateSubscriptions')],
]);

/** What every template can refer to; any other name is one that the template sets, or a slip. */
const knownRoots = new Set([...roots.keys(), 'ctx', 'context', 'foreach', 'velocityCount', 'velocityHasNext']);

interface MissingHelper {
  readonly message: string;
  readonly span: Span;
  readonly fix: string;
}

function missingHelper({ root, path, span }: Reference): MissingHelper | undefined {
  const known = roots.get(root);
  if (!known) return misspeltRoot({ root, path, span });
  let helpers = known;
  let owner = `$${root}`;
  for (const access of path) {
    if (access.kind === 'index') return undefined;
    const helper: true | Helpers | undefined = Object.hasOwn(helpers, access.name) ? helpers[access.name] : undefined;
    if (helper === undefined)
      return {
        message: `"${owner}" has no member "${access.name}"`,
        span: access.span,
        fix: didYouMean(access.name, Object.keys(helpers)) ?? `use one of the members of "${owner}": ${Object.keys(helpers).join(', ')}`,
      };
    if (helper === true) return undefined;
    helpers = helper;
    owner += `.${access.name}`;
  }
  return undefined;
}

/** A name close to `util` that is called for what only `$util` has. */
function misspeltRoot({ root, path, span }: Pick<Reference, 'root' | 'path' | 'span'>): MissingHelper | undefined {
  const [first] = path;
  if (knownRoots.has(root) || first === undefined || first.kind === 'index' || !Object.hasOwn(util, first.name)) return undefined;
  const isCall = first.kind === 'call' || path[1]?.kind === 'call';
  const fix = isCall ? didYouMean(root, ['util', 'utils']) : undefined;
  return fix === undefined ? undefined : { message: `"$${root}" is nothing that AppSync or this template defines`, span, fix };
}

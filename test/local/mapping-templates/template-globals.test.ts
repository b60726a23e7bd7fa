/** `$util` and `$extensions`. Expected values: examples of the developer guide, the recordings of APPSYNC_JS where both have the function. */
import { createLibrary } from '../../../lib/local/builtins';
import { createTemplateGlobals } from '../../../lib/local/mapping-templates';
import { TemplateObject } from '../../../lib/velocity';
import { fixedNow } from '../builtins/run-handler';
import { failure, printed, run } from './run-template';

const never = () => {
  throw new Error('nothing is called');
};

/** Dotted paths of every function. */
function membersOf(object: TemplateObject, path = ''): string[] {
  return Object.entries(object.members).flatMap(([name, member]) => (member instanceof TemplateObject ? membersOf(member, `${path}${name}.`) : [`${path}${name}`]));
}

const dynamodb = ['toDynamoDB', 'toString', 'toStringSet', 'toNumber', 'toNumberSet', 'toBinary', 'toBinarySet', 'toBoolean', 'toNull', 'toList', 'toMap', 'toMapValues', 'toS3Object'];
const documented = [
  ...['qr', 'quiet', 'toJson', 'parseJson', 'escapeJavaScript', 'urlEncode', 'urlDecode', 'base64Encode', 'base64Decode', 'autoId', 'autoUlid', 'autoKsuid', 'matches', 'authType'],
  ...['error', 'appendError', 'unauthorized', 'validate', 'isNull', 'isNullOrEmpty', 'isNullOrBlank', 'defaultIfNull', 'defaultIfNullOrEmpty', 'defaultIfNullOrBlank'],
  ...['isString', 'isNumber', 'isBoolean', 'isList', 'isMap', 'typeOf', 'log.info', 'log.debug', 'log.error'],
  ...['time.nowISO8601', 'time.nowEpochSeconds', 'time.nowEpochMilliSeconds', 'time.nowFormatted', 'time.parseFormattedToEpochMilliSeconds', 'time.parseISO8601ToEpochMilliSeconds'],
  ...['time.epochMilliSecondsToSeconds', 'time.epochMilliSecondsToISO8601', 'time.epochMilliSecondsToFormatted'],
  ...['list.copyAndRetainAll', 'list.copyAndRemoveAll', 'list.sortList', 'map.copyAndRetainAllKeys', 'map.copyAndRemoveAllKeys'],
  ...dynamodb.flatMap((name) => [`dynamodb.${name}`, `dynamodb.${name}Json`]),
  'dynamodb.fromS3ObjectJson',
  ...['rds.toJsonString', 'rds.toJsonObject', 'http.copyHeaders', 'http.addResponseHeader', 'http.addResponseHeaders', 'xml.toMap', 'xml.toJsonString'],
  ...['transform.toDynamoDBFilterExpression', 'transform.toElasticsearchQueryDSL', 'transform.toSubscriptionFilter'],
  ...['math.roundNum', 'math.minVal', 'math.maxVal', 'math.randomDouble', 'math.randomWithinRange', 'str.toUpper', 'str.toLower', 'str.toReplace', 'str.normalize'],
];

test('every documented function exists, and none that is not', () => {
  const { util, extensions } = createTemplateGlobals(createLibrary({ now: () => fixedNow, current: never }).globals, never);

  // APPSYNC_JS documents it; the manual of templates is silent.
  expect(membersOf(util).sort()).toEqual([...documented, 'transform.toDynamoDBConditionExpression'].sort());
  expect(membersOf(extensions).sort()).toEqual(['evictFromApiCache', 'invalidateSubscriptions', 'setSubscriptionFilter', 'setSubscriptionInvalidationFilter']);
});

const args = { id: 'p1', n: 5, d: 1.5, text: 'Äb c', empty: '', blank: ' ', flag: true, list: ['a', 'b'], none: [], map: { k: 1 }, nul: null };

describe('$util prints', () => {
  it.each([
    ['$util.qr($ctx.stash.put("a", 1))$util.quiet(1)|$!utils.qr(1)', '|'],
    ['$util.toJson($ctx.args)', JSON.stringify(args)],
    ['$util.toJson([1, 2.0, "a""b", {"x": null}, true, 12345678901234567890])', '[1,2.0,"a\\"b",{"x":null},true,12345678901234567890]'],
    ['#set($m = $util.parseJson(\'{"a": [1, {"b": 2.5}]}\'))$m.a[1].b', '2.5'],
    ["$util.escapeJavaScript($ctx.args.text) $util.urlEncode($ctx.args.text) $util.urlDecode('%C3%84b+c')", '\\u00C4b c %C3%84b+c Äb c'],
    ['$util.base64Encode($ctx.args.text) $util.base64Decode("w4RiIGM=")', 'w4RiIGM= Äb c'],
    ['$util.matches("a*b", "aaaaab") $util.matches("a*b", "x") $util.authType()', 'true false API Key Authorization'],
    ['$util.isNull($ctx.args.nul) $util.isNull($nope) $util.isNull("")', 'true true false'],
    ['$util.isNullOrEmpty($ctx.args.empty) $util.isNullOrEmpty($ctx.args.blank) $util.isNullOrEmpty($ctx.args.none) $util.isNullOrEmpty({})', 'true false true true'],
    ['$util.isNullOrBlank($ctx.args.blank) $util.isNullOrBlank("x")', 'true false'],
    ['$util.defaultIfNull($nope, 1) $util.defaultIfNullOrEmpty("", "d") $util.defaultIfNullOrBlank(" ", "d") $util.defaultIfNull("", "d")|', '1 d d |'],
    ['$util.isString("") $util.isNumber(1) $util.isNumber("1") $util.isBoolean(false) $util.isList([]) $util.isMap({})', 'true true false true true true'],
    [
      '$util.typeOf($nope) $util.typeOf(1.5) $util.typeOf("") $util.typeOf({}) $util.typeOf([]) $util.typeOf(true) $util.typeOf($util)',
      'Null Number String Map List Boolean Object',
    ],
    ['$util.time.nowISO8601() $util.time.nowEpochSeconds() $util.time.nowEpochMilliSeconds()', '2018-02-06T19:01:35.749Z 1517943695 1517943695749'],
    ['$util.time.nowFormatted("yyyy-MM-dd HH:mm:ssZ") $util.time.nowFormatted("yyyy-MM-dd HH:mm:ssZ", "+08:00")', '2018-02-06 19:01:35+0000 2018-02-07 03:01:35+0800'],
    ['$util.time.parseFormattedToEpochMilliSeconds("2018-02-01 17:21:05.180+08:00", "yyyy-MM-dd HH:mm:ss.SSSXXX")', '1517476865180'],
    ['$util.time.parseISO8601ToEpochMilliSeconds("2018-02-01T17:21:05.180+08:00") $util.time.epochMilliSecondsToSeconds(1517943695750)', '1517476865180 1517943695'],
    ['$util.time.epochMilliSecondsToISO8601(1517943695750) $util.time.epochMilliSecondsToFormatted(1517943695750, "yyyy")', '2018-02-06T19:01:35.750Z 2018'],
    ['$util.list.copyAndRetainAll([1, 2, 3], [3, 1]) $util.list.copyAndRemoveAll([1, 2, 3], [3, 1])', '[1, 3] [2]'],
    ['$util.list.sortList([{"n": "b"}, {"n": "a"}], false, "n") $util.list.sortList([1, 3, 2], true, "any")', '[{n=a}, {n=b}] [3, 2, 1]'],
    ['$util.list.sortList(["b", 1, "a"], false, "any")', '[b, 1, a]'],
    ['$util.map.copyAndRetainAllKeys({"a": 1, "b": 2}, ["a", "x"]) $util.map.copyAndRemoveAllKeys({"a": 1, "b": 2}, ["a"])', '{a=1} {b=2}'],
    ['$util.dynamodb.toDynamoDB("foo") $util.dynamodb.toDynamoDBJson("foo")', '{S=foo} {"S":"foo"}'],
    ['$util.dynamodb.toDynamoDBJson(["foo", 123, {"bar": true}, $nope])', '{"L":[{"S":"foo"},{"N":123},{"M":{"bar":{"BOOL":true}}},{"NULL":null}]}'],
    ['$util.dynamodb.toStringJson("a") $util.dynamodb.toNumberJson(12345) $util.dynamodb.toBooleanJson(true) $util.dynamodb.toBinaryJson("Zg==")', '{"S":"a"} {"N":12345} {"BOOL":true} {"B":"Zg=="}'],
    ['$util.dynamodb.toStringSetJson(["a"]) $util.dynamodb.toNumberSetJson([1, 2.5]) $util.dynamodb.toBinarySetJson(["Zg=="])', '{"SS":["a"]} {"NS":[1,2.5]} {"BS":["Zg=="]}'],
    ['$util.dynamodb.toNull() $util.dynamodb.toNullJson() $util.dynamodb.toStringJson($nope)', '{NULL=null} {"NULL":null} null'],
    ['$util.dynamodb.toListJson(["a"]) $util.dynamodb.toMapJson({"a": 1}) $util.dynamodb.toMapValuesJson({"a": 1})', '{"L":[{"S":"a"}]} {"M":{"a":{"N":1}}} {"a":{"N":1}}'],
    ['$util.toJson($util.dynamodb.toMapValues({"a": 1})) $util.dynamodb.toList(["a"]) $util.dynamodb.toString("x").S', '{"a":{"N":1}} {L=[{S=a}]} x'],
    ['$util.dynamodb.toS3ObjectJson("k", "b", "r", "v") $util.dynamodb.toS3Object("k", "b", "r").S', '{"S":"{\\"s3\\":{\\"key\\":\\"k\\",\\"bucket\\":\\"b\\",\\"region\\":\\"r\\",\\"version\\":\\"v\\"}}"} {"s3":{"key":"k","bucket":"b","region":"r"}}'],
    ['$util.dynamodb.fromS3ObjectJson(\'{"s3":{"key":"k","bucket":"b","region":"r"}}\').bucket', 'b'],
    ['$util.rds.toJsonString(\'{"sqlStatementResults":[{"records":[[{"stringValue":"x"}]],"columnMetadata":[{"label":"id"}]}]}\')', '[[{"id":"x"}]]'],
    ['$util.rds.toJsonObject(\'{"sqlStatementResults":[{"records":[[{"longValue":1}]],"columnMetadata":[{"label":"id"}]}]}\')[0][0].id', '1'],
    ['$util.http.copyHeaders({"host": "h", "x-a": "1"})', '{x-a=1}'],
    ['$util.xml.toMap("<a><b>1</b></a>").a.b $util.xml.toJsonString("<a>x</a>")', '1 {"a":"x"}'],
    ['$util.transform.toDynamoDBFilterExpression({"title": {"contains": "x"}})', '{"expression":"(contains(#title,:title_contains))","expressionNames":{"#title":"title"},"expressionValues":{":title_contains":{"S":"x"}}}'],
    ['$util.transform.toElasticsearchQueryDSL({"a": {"eq": 1}})', '{"bool":{"must":[{"bool":{"must":[{"term":{"a":1}}]}}]}}'],
    ['$util.toJson($util.transform.toSubscriptionFilter({"a": {"eq": 1}}))', '{"filterGroup":[{"filters":[{"fieldName":"a","operator":"eq","value":1}]}]}'],
    ['$util.math.roundNum(2.5) $util.math.minVal(1, 2) $util.math.maxVal(1.5, 2)', '3 1.0 2.0'],
    ['$util.str.toUpper("aä") $util.str.toLower("AB") $util.str.toReplace("a.b.c", ".", "$1") $util.str.normalize("Å", "nfd").length()', 'AÄ ab a$1b$1c 2'],
  ])('%s', (template, output) => {
    expect(printed(template, { args })).toBe(output);
  });

  it.each([
    ['autoId', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
    ['autoUlid', /^[\dA-HJKMNP-TV-Z]{26}$/],
    ['autoKsuid', /^[\dA-Za-z]{27}$/],
    ['math.randomDouble', /^0\.\d+(E-\d+)?$/],
  ])('a new value for %s', (name, pattern) => {
    expect(printed(`$util.${name}()`)).toMatch(pattern);
  });

  it('whole numbers between the bounds of randomWithinRange', () => {
    expect(['1', '2']).toContain(printed('$util.math.randomWithinRange(1, 3)'));
  });

  it.each([
    ['a name that does not exist', '$util.nope() $util.time.nope $util.toJSON(1)'],
    ['too few or too many arguments', '$util.toJson() $util.isNull() $util.autoId(1) $util.str.toUpper()'],
    ['values of types a function does not take', '$util.list.copyAndRetainAll(1, 2) $util.map.copyAndRetainAllKeys([], []) $util.math.minVal("a", 1)'],
    ['text that is null', '$util.urlEncode($nope) $util.base64Encode($nope) $util.matches($nope, "a")'],
    ['members that every JavaScript object has', '$util.constructor $util.toString() $util.time.__proto__ $util.hasOwnProperty("time")'],
  ])('the reference itself for %s', (_, template) => {
    expect(printed(template)).toBe(template);
  });
});

describe('errors', () => {
  it('end the template with message, type, data and info', () => {
    const { outcome } = run('{"a": $util.error("no", "NotFound", {"id": 1}, [2])');

    expect(outcome).toEqual({ kind: 'error', error: { message: 'no', errorType: 'NotFound', data: { id: 1 }, errorInfo: [2] } });
  });

  it('without a type have none', () => {
    expect(failure('$util.error("no")')).toEqual({ message: 'no', errorType: null });
  });

  it('are appended without an end, in order, and seen in $ctx.outErrors', () => {
    const { outcome, appendedErrors } = run('$util.appendError("a")$util.appendError("b", "T", 1, 2)$util.toJson($ctx.outErrors)');

    const errors = [
      { message: 'a', errorType: null, data: null, errorInfo: null },
      { message: 'b', errorType: 'T', data: 1, errorInfo: 2 },
    ];
    expect(appendedErrors).toEqual(errors);
    expect(outcome).toEqual({ kind: 'value', value: errors });
  });

  it('of unauthorized name the field', () => {
    expect(failure('$util.unauthorized()')).toEqual({ message: 'Not Authorized to access getProduct on type Query', errorType: 'Unauthorized' });
  });

  it('of validate come when the condition does not hold', () => {
    expect(printed('$util.validate(true, "no")$util.validate($util.matches("a", "a"), "no")ok')).toBe('ok');
    expect(failure('$util.validate(false, "no")')).toEqual({ message: 'no', errorType: 'CustomTemplateException' });
    expect(run('$util.validate($nope, "no", "T", {"a": 1})').outcome).toEqual({ kind: 'error', error: { message: 'no', errorType: 'T', data: { a: 1 }, errorInfo: null } });
  });

  it.each([
    ['$util.urlDecode("%zz")', 'Unable to decode "%zz".'],
    ['$util.time.parseISO8601ToEpochMilliSeconds("x")', "Text 'x' could not be parsed at index 0"],
    ['$util.matches("(", "x")', 'Invalid regular expression: ('],
    ['$ctx.args.id.replaceAll("(", "x")', 'Invalid regular expression: ('],
    ['$util.str.normalize("a", "x")', 'Unknown normalization type: x'],
    ['#set($l = [])$l.get(0)', 'Index 0 out of bounds for length 0'],
    ['$util.parseJson("{a}")', `Unable to parse the JSON document: 'Unexpected character ('a' (code 97)): was expecting double-quote to start field name\n at [Source: (String)"{a}"; line: 1, column: 3]'`],
    ['#set($m = {})$util.qr($m.put("m", $m))$util.toJson($m)', 'A value is nested too deeply.'],
    ['#set($m = {})$util.qr($m.put("m", $m))$util.dynamodb.toMapValuesJson($m)', 'A value is nested too deeply.'],
    ['#set($l = ["x"])#foreach($i in [1..60])#set($l = [$l, $l])#end$util.toJson($l)', 'The template makes more than 5 MB of text.'],
    ['#set($l = ["x"])#foreach($i in [1..60])#set($l = [$l, $l])#end$util.dynamodb.toDynamoDBJson($l)', 'A value is too large.'],
    ['#set($s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")$s.matches("(a+)+b")', 'Regular expression took too long to match.'],
  ])('of %s are of the type MappingTemplate', (template, message) => {
    expect(failure(template)).toEqual({ message, errorType: 'MappingTemplate' });
  });
});

test('$util.log fills in its arguments', () => {
  const { logs, text } = run('$util.log.info("got {} of {}, {}", 1, {"a": 2})$util.log.error("bad")$util.log.debug([1])', {});

  expect(logs).toEqual(['INFO - got 1 of {a=2}, {}', 'ERROR - bad', 'DEBUG - [1]']);
  expect(text).toBe('');
});

test('headers and $extensions reach the service and print nothing', () => {
  const template = `$util.http.addResponseHeader("x-a", 1)$util.http.addResponseHeaders({"x-b": "2"})
$extensions.evictFromApiCache("Query", "f", {"context.arguments.id": 1})
$extensions.setSubscriptionFilter($util.transform.toSubscriptionFilter({"a": {"eq": 1}}))
$extensions.setSubscriptionInvalidationFilter({"filterGroup": []})
$extensions.invalidateSubscriptions({"subscriptionField": "onX", "payload": {"id": 1}})`;

  const { text, effects } = run(template);

  expect(text?.trim()).toBe('');
  expect(effects).toEqual({
    responseHeaders: { 'x-a': '1', 'x-b': '2' },
    evictions: [{ typeName: 'Query', fieldName: 'f', keys: { 'context.arguments.id': 1 } }],
    subscriptionFilter: { filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] },
    invalidationFilter: { filterGroup: [] },
    invalidations: [{ subscriptionField: 'onX', payload: { id: 1 } }],
  });
});

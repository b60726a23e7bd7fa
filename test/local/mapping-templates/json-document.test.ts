import { DocumentError, readDocument } from '../../../lib/local/mapping-templates/json-document';

const where = (text: string, line: number, column: number) => ` at [Source: (String)"${text}"; line: ${line}, column: ${column}]'`;

describe('a document', () => {
  it.each([
    ['{"a": {"b": [1, -2.5e3, "x:\\"y\\"", true, null]}, "c": ":"}', { a: { b: [1, -2500, 'x:"y"', true, null] }, c: ':' }],
    ['{"a": 1, "b": [1, 2,],}', { a: 1, b: [1, 2] }],
    ['{"a": {"n": 1}, "b": {"n": 1}}', { a: { n: 1 }, b: { n: 1 } }],
    [' 12 ', 12],
    ['{}', {}],
  ])('may be %s', (text, value) => {
    expect(readDocument(text)).toEqual(value);
  });

  it('keeps members named like those of every object', () => {
    expect(JSON.stringify(readDocument('{"__proto__": 1, "constructor": 2,}'))).toBe('{"__proto__":1,"constructor":2}');
  });

  it.each([
    ['a member twice', '{"p": {"aField": 1, "aField": 1}}', "Duplicate field 'aField' detected on Object. Duplicate JSON keys are not allowed."],
    ['more than one document', '{"a": 1}\n}', 'Trailing characters at the end of the JSON string are not allowed.'],
    ['no JSON at all', '\n $utils.appendError("x")', 'Unable to convert \n $utils.appendError("x") to class java.lang.Object.'],
    ['nothing', '', 'Unable to convert  to class java.lang.Object.'],
    ['an object for a name', '\n{\n    {"a": 1}}', `Unable to parse the JSON document: 'Unexpected character ('{' (code 123)): was expecting double-quote to start field name\n${where('\n{\n    {"a": 1}}', 3, 6)}`],
    ['a missing comma', '{"a": 1 "b": 2}', `Unable to parse the JSON document: 'Unexpected character ('"' (code 34)): was expecting comma to separate Object entries\n${where('{"a": 1 "b": 2}', 1, 10)}`],
    ['a missing comma in a list', '[1 2]', `Unable to parse the JSON document: 'Unexpected character ('2' (code 50)): was expecting comma to separate Array entries\n${where('[1 2]', 1, 5)}`],
    ['a missing colon', '{"a" 1}', `Unable to parse the JSON document: 'Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value\n${where('{"a" 1}', 1, 7)}`],
    ['an undefined reference', '{"a": $nope}', `Unable to parse the JSON document: 'Unrecognized token '$nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n${where('{"a": $nope}', 1, 12)}`],
    ['a missing value', '{"a": }', `Unable to parse the JSON document: 'Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n${where('{"a": }', 1, 8)}`],
    ['no end', '{"a": [1', `Unable to parse the JSON document: 'Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a": [1"; line: 1, column: 7])\n${where('{"a": [1', 1, 9)}`],
    ['a line break in a string', '{"a": "x\ny"}', `Unable to parse the JSON document: 'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value\n${where('{"a": "x\ny"}', 2, 1)}`],
    ['an unknown escape', '{"a": "\\x"}', `Unable to parse the JSON document: 'Unrecognized character escape 'x' (code 120)\n${where('{"a": "\\x"}', 1, 10)}`],
  ])('with %s is refused', (_, text, message) => {
    const reading = () => readDocument(text);

    expect(reading).toThrow(DocumentError);
    expect(reading).toThrow(new Error(message));
  });

  it('that is deep or long is refused or read in bounded time', () => {
    expect(() => readDocument('['.repeat(100_000))).toThrow(DocumentError);
    expect(readDocument(`[${'{"a":1},'.repeat(20_000)}]`)).toHaveLength(20_000);
  });

  it('of more than 500 characters is shown in part', () => {
    expect(() => readDocument(`{${' '.repeat(600)}a}`)).toThrow('"[truncated 103 chars]; line: 1, column: 603]');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError } from '../../lib/diagnostics';
import { evaluate, type EvaluateAnswer, type EvaluateInput } from '../../lib/local';

const handlers = (request: string, response = 'return ctx.result;') => `import { util } from '@aws-appsync/utils';\nexport function request(ctx) {\n  ${request}\n}\nexport function response(ctx) {\n  ${response}\n}\n`;

function request(body: string, context: object | string = {}): Promise<EvaluateAnswer> {
  return evaluate({ code: handlers(body), function: 'request', context });
}

async function refusalOf(input: unknown): Promise<string> {
  const error = await evaluate(input as EvaluateInput).then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof DiagnosticError)) throw new Error(`expected a diagnostic, got ${String(error)}`);
  return error.message;
}

describe('the answer', () => {
  it('holds the value as JSON text, the logs, the stash and the appended errors', async () => {
    const body = `ctx.stash.seen = true; console.log('for', ctx.args); util.appendError('late', 'Slow', { id: 1 }); return { id: ctx.args.id };`;

    expect(await request(body, { arguments: { id: 'p1' }, stash: { from: 'before' } })).toStrictEqual({
      evaluationResult: '{"id":"p1"}',
      logs: ['INFO - code.js:3:26: "for" {"id":"p1"}'],
      stash: '{"from":"before","seen":true}',
      outErrors: '[{"message":"late","errorType":"Slow","data":{"id":1},"errorInfo":null}]',
    });
  });

  it.each([
    ['util.error("gone", "NotFound", { id: 1 });', 'gone'],
    ['util.unauthorized();', 'Unauthorized'],
    ['util.error("Not Authorized to access x on type y");', 'Not Authorized to access x on type y'],
    ['return ctx.args.a.b;', `code.js:3:21: TypeError: Cannot read properties of undefined (reading 'b')`],
    ['return util.time.epochMilliSecondsToISO8601("x");', 'code.js:3:20: Expected epoch milliseconds, got x.'],
  ])('%s gives an error and no result', async (body, message) => {
    expect(await request(body)).toStrictEqual({ error: { message }, logs: [], stash: '{}', outErrors: '[]' });
  });

  it.each([
    ['return undefined;', 'null'],
    ['return [1, undefined, "a"];', '[1,null,"a"]'],
    ['runtime.earlyReturn({ cached: true });', '{"cached":true}'],
    ['return typeof ctx.args;', '"object"'],
  ])('%s gives %s', async (body, evaluationResult) => {
    expect(await request(body)).toMatchObject({ evaluationResult });
  });

  it('is that of the function asked for', async () => {
    expect(await evaluate({ code: handlers('return 1;', 'return ctx.prev.result + ctx.result;'), function: 'response', context: { prev: { result: 2 }, result: 3 } })).toMatchObject({ evaluationResult: '5' });
    expect(await evaluate({ code: 'export const request = () => 1;', function: 'response', context: {} })).toMatchObject({ error: { message: 'Code does not export a response function.' } });
  });

  it('survives a stash that holds itself', async () => {
    expect(await request('ctx.stash.me = ctx.stash; return 1;')).toMatchObject({ evaluationResult: '1', stash: '{}' });
    expect(await evaluate({ template: '$util.qr($ctx.stash.put("me", $ctx.stash))1', context: {} })).toMatchObject({ logs: [] });
  });
});

describe('code that AWS refuses', () => {
  it('is answered with every place', async () => {
    expect(await request('for (const x of [1]) { if (/a/) { continue; } }')).toStrictEqual({
      error: {
        message: 'The code contains one or more errors.',
        codeErrors: [
          { errorType: 'LINT_ERROR', value: 'code.js(3,30): error @aws-appsync/no-regex: Regex literals are not supported.', location: { line: 3, column: 30, span: 3 } },
          { errorType: 'LINT_ERROR', value: 'code.js(3,37): error @aws-appsync/no-continue: Continue statements are not supported', location: { line: 3, column: 37, span: 8 } },
        ],
      },
      logs: [],
    });
  });

  it.each([
    ['for (let i = 0; i < 1; i += 1) {}', 'no-for: For statements are not supported.'],
    ['while (false) {}', 'no-while: While statements are not supported.'],
    ['try { util.autoId(); } catch {}', 'no-try: Try statements are not supported.'],
    ['let n = 1; n++; return n;', 'no-disallowed-unary-operators: The operator ++ is not supported'],
    ['return "a" in ctx.args;', 'no-in-operator: in operator is not supported. Use Object.hasOwn().'],
    ['return "a".padStart(3);', 'no-disallowed-methods: Method padStart is not implemented'],
    ['return this;', 'no-this: This expressions are not supported.'],
    ['const f = async () => 1; return f();', 'no-async: Async functions are not supported.'],
  ])('%s: %s', async (body, words) => {
    const { error } = await request(body);

    expect(error?.codeErrors?.map(({ errorType, value }) => [errorType, value.replace(/^code\.js\(\d+,\d+\): error @aws-appsync\//, '')])).toEqual([['LINT_ERROR', words]]);
  });

  it('tells what does not parse, or is no helper, as the parser', async () => {
    const { error } = await evaluate({ code: 'export function request( {', function: 'request', context: {} });
    expect(error).toStrictEqual({ message: 'The code contains one or more errors.', codeErrors: [{ errorType: 'PARSER_ERROR', value: 'code.js(1,27): error unexpected token.', location: { line: 1, column: 27, span: 1 } }] });

    expect((await request('return util.autoIdd();')).error?.codeErrors).toMatchObject([{ errorType: 'PARSER_ERROR', location: { line: 3, column: 15, span: 7 } }]);
  });

  it('is not what misuses a helper: AWS runs that', async () => {
    expect(await request('return util.transform.toDynamoDBFilterExpression();')).toMatchObject({ evaluationResult: 'null' });
    expect(await request('return util.dynamodb.toDynamoDB(1, 2, 3);')).toMatchObject({ evaluationResult: '{"N":1}' });
  });
});

describe('the context', () => {
  it('fills in what is left out', async () => {
    const { evaluationResult } = await request('return ctx;', '{}');

    expect(JSON.parse(evaluationResult ?? '')).toEqual({
      arguments: {}, args: {}, identity: null, source: null, stash: {}, request: { headers: {}, domainName: null },
      info: { fieldName: '', parentTypeName: '', variables: {} }, env: {}, outErrors: [],
    });
  });

  it('reaches the handler as it is', async () => {
    const given = {
      arguments: { on: new Date(0) }, source: { id: 1 }, identity: { claims: { a: 'b' } }, result: null, error: { message: 'm', type: 't' }, env: { TABLE: 't' }, prev: { result: [1] }, outErrors: [{ message: 'first' }],
      request: { headers: { host: 'h' }, domainName: 'd' }, info: { fieldName: 'f', parentTypeName: 'Query', variables: { v: 1 }, selectionSetList: ['id'], selectionSetGraphQL: '{ id }' },
    };
    const { evaluationResult } = await request('return { ...ctx, list: ctx.info.selectionSetList, text: ctx.info.selectionSetGraphQL };', given);

    expect(JSON.parse(evaluationResult ?? '')).toMatchObject({
      args: { on: '1970-01-01T00:00:00.000Z' }, source: { id: 1 }, identity: { claims: { a: 'b' } }, result: null, error: { message: 'm', type: 't' }, env: { TABLE: 't' }, prev: { result: [1] },
      outErrors: [{ message: 'first' }], request: { headers: { host: 'h' }, domainName: 'd' }, info: { fieldName: 'f', variables: { v: 1 } }, list: ['id'], text: '{ id }',
    });
  });

  it.each([
    ['hello', /^RUN_EVALUATE: the context is not JSON: /],
    ['[]', 'RUN_EVALUATE: the context is not a JSON object'],
    ['', 'RUN_EVALUATE: the context has 0 characters; AppSync takes 2 to 28000'],
    [{ arguments: { text: 'x'.repeat(28_000) } }, 'RUN_EVALUATE: the context has 28025 characters; AppSync takes 2 to 28000'],
    [{ args: {} }, 'RUN_EVALUATE: the context calls its arguments "args", which AppSync does not read'],
    [{ identity: { handlerContext: {} } }, 'RUN_EVALUATE: The following properties in your mock context object failed validation: ctx.identity'],
    [{ stash: 5 }, 'RUN_EVALUATE: The following properties in your mock context object failed validation: ctx.stash'],
    [{ arguments: { n: 1n } }, 'RUN_EVALUATE: the context cannot be written as JSON: Do not know how to serialize a BigInt'],
    [undefined, 'RUN_EVALUATE: there is no context'],
  ])('%j is refused', async (context, message) => {
    const refusal = await refusalOf({ code: handlers(''), function: 'request', context });
    if (typeof message === 'string') expect(refusal).toBe(message);
    else expect(refusal).toMatch(message);
  });

  it.each([
    ['{\n  "arguments": { id: 1 }\n}', { line: 2, column: 18 }],
    ['{\n  "arguments": {', { line: 2, column: 17 }],
    ['[]', { line: 1, column: 1 }],
  ])('%j from a file is refused at its place there', async (context, place) => {
    await expect(evaluate({ code: handlers(''), function: 'request', context, contextFile: '/app/context.json' })).rejects.toMatchObject({ diagnostics: [{ code: 'RUN_EVALUATE', location: { file: '/app/context.json', ...place } }] });
  });
});

it.each([
  [undefined, 'there is nothing to evaluate'],
  [{ code: '', function: 'request', context: {} }, 'the code has 0 characters; AppSync takes 1 to 32768'],
  [{ code: `//${'x'.repeat(32_767)}`, function: 'request', context: {} }, 'the code has 32769 characters; AppSync takes 1 to 32768'],
  [{ code: 5, function: 'request', context: {} }, 'the code is number, not text'],
  [{ code: 'x', function: 'before', context: {} }, 'the function to evaluate is "request" or "response", not "before"'],
  [{ template: 'x', context: {} }, 'the template has 1 characters; AppSync takes 2 to 65536'],
  [{ file: 'gone.js', function: 'request', context: {} }, 'the code file "gone.js" cannot be read: there is no such file or folder'],
])('%j is refused', async (input, message) => {
  expect(await refusalOf(input)).toBe(`RUN_EVALUATE: ${message}`);
});

describe('TypeScript', () => {
  it('loses its types', async () => {
    const code = `import { util, type Context } from '@aws-appsync/utils';\ninterface Args { readonly id: string }\nexport function request(ctx: Context<Args>): unknown {\n  return util.base64Encode(ctx.args.id as string);\n}\nexport const response = (ctx: Context) => ctx.result;\n`;

    expect(await evaluate({ code, function: 'request', context: { arguments: { id: 'a' } } })).toMatchObject({ evaluationResult: '"YQ=="' });
  });

  it('is bundled with what it imports when it is a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
    try {
      writeFileSync(join(folder, 'names.ts'), 'export const greet = (name: string): string => `hello ${name}`;\n');
      writeFileSync(join(folder, 'Query.greet.ts'), `import { greet } from './names';\nexport const request = (ctx: { args: { name: string } }) => greet(ctx.args.name);\nexport const response = () => null;\n`);

      expect(await evaluate({ file: join(folder, 'Query.greet.ts'), function: 'request', context: { arguments: { name: 'Ada' } } })).toMatchObject({ evaluationResult: '"hello Ada"' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a mapping template', () => {
  it('gives the text it prints, as it is', async () => {
    expect(await evaluate({ template: '{\n  "id": $util.toJson($ctx.args.id)\n}', context: { arguments: { id: 'p1' } } })).toStrictEqual({ evaluationResult: '{\n  "id": "p1"\n}', logs: [], stash: '{}', outErrors: '[]' });
  });

  it.each([
    ['$util.error("gone", "NotFound")', 'gone'],
    ['$util.unauthorized()', 'Unauthorized'],
    ['hello', 'Unable to convert hello to class java.lang.Object.'],
  ])('%s gives an error and no result', async (template, message) => {
    expect(await evaluate({ template, context: {} })).toMatchObject({ error: { message } });
  });
});

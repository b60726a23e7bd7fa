/** What a function finds in its runtime, and how its calls end. */
import { inline, running } from './functions-fixture';

/** Calls inline code once. */
async function outcomeOf(text: string, more: Parameters<typeof inline>[1] = {}, event: unknown = { id: 7 }) {
  await using local = await running([inline(text, more)]);
  return await local.call(event);
}
const value = (of: unknown) => ({ kind: 'value', value: of });
const error = (errorType: string, errorMessage: unknown) => ({ kind: 'error', errorType, errorMessage });

describe('how a call ends', () => {
  it.each<[string, string, unknown]>([
    ['a promise', 'exports.handler = async (event) => ({ got: event.id })', value({ got: 7 })],
    ['a callback', 'exports.handler = (event, context, callback) => callback(null, event.id)', value(7)],
    ['a callback with work left, which it waits for', 'let done; exports.handler = (event, context, callback) => { const out = []; setTimeout(() => out.push(1), 5); callback(null, out); }', value([1])],
    ['a callback that does not wait', 'exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; const out = []; setTimeout(() => out.push(1), 5); callback(null, out); }', value([])],
    ['context.succeed', 'exports.handler = (event, context) => { setImmediate(() => context.succeed("later")); }', value('later')],
    ['context.done', 'exports.handler = (event, context) => context.done(new TypeError("no"))', error('TypeError', 'no')],
    ['nothing returned', 'exports.handler = async () => {}', value(null)],
    ['the first answer alone', 'exports.handler = async (event, context, callback) => { callback(null, 1); callback(null, 2); return 3; }', value(3)],
    ['nobody left who could answer', 'exports.handler = () => {}', value(null)],
    ['a promise that never settles', 'exports.handler = () => new Promise(() => {})', value(null)],
    ['an exception', 'exports.handler = () => { throw new RangeError("too far"); }', error('RangeError', 'too far')],
    ['a rejection', 'class StockError extends Error { constructor(m) { super(m); this.name = "StockError"; } } exports.handler = async () => { throw new StockError("sold out"); }', error('StockError', 'sold out')],
    ['a text thrown', 'exports.handler = async () => { throw "plain"; }', error('string', 'plain')],
    ['a callback with an error', 'exports.handler = (event, context, callback) => callback(new Error("no"))', error('Error', 'no')],
    ['an exception later', 'exports.handler = () => { setTimeout(() => { throw new Error("late"); }, 1); }', error('Error', 'late')],
    ['a rejection nobody handles', 'exports.handler = (e, c, callback) => { Promise.reject(new Error("lost")); setTimeout(callback, 1000); }', error('Runtime.UnhandledPromiseRejection', 'Error: lost')],
    ['an answer that is no JSON', 'exports.handler = async () => { const a = {}; a.a = a; return a; }', error('Runtime.MarshalError', 'Unable to stringify response body')],
    ['an answer with a BigInt', 'exports.handler = async () => 1n', error('Runtime.MarshalError', 'Unable to stringify response body')],
    ['an answer as JSON carries it', 'exports.handler = async () => ({ at: new Date(0), gone: undefined, f() {} })', value({ at: '1970-01-01T00:00:00.000Z' })],
    ['an answer of 7 MB', 'exports.handler = async () => "x".repeat(7 * 1024 * 1024)', error('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size (6291556 bytes).')],
    ['process.exit', 'exports.handler = async () => process.exit(0)', error('Runtime.ExitError', expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited without providing a reason$/))],
    ['process.exit with a status', 'exports.handler = async () => process.exit(3)', error('Runtime.ExitError', expect.stringMatching(/Error: Runtime exited with error: exit status 3$/))],
    ['code that does not parse', 'exports.handler = async () => {', error('Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected end of input')],
    ['code that throws on its way', 'throw new Error("no config")', error('Error', 'no config')],
    ['a module that is missing', 'require("./gone.js"); exports.handler = () => {}', error('Runtime.ImportModuleError', expect.stringMatching(/^Error: Cannot find module '.\/gone.js'/))],
    ['an export that is missing', 'exports.main = async () => 1', error('Runtime.HandlerNotFound', 'index.handler is undefined or not exported')],
    ['an export that is no function', 'exports.handler = 5', error('Runtime.HandlerNotFound', 'index.handler is not a function')],
  ])('%s', async (_, text, expected) => {
    expect(await outcomeOf(text)).toEqual(expected);
  });

  it.each([
    ['an endless loop', 'exports.handler = async () => { for (;;); }'],
    ['a timer that comes too late', 'exports.handler = async () => new Promise((resolve) => setTimeout(resolve, 60_000))'],
  ])('%s: ends at the timeout', async (_, text) => {
    expect(await outcomeOf(text, { timeoutSeconds: 1 })).toEqual(error('Sandbox.Timedout', expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/)));
  });

  it('ends a function that takes more memory than it has, and goes on', async () => {
    await using local = await running([inline('exports.handler = async ({ eat }) => { const all = []; while (eat) all.push(new Array(1e5).fill(Math.random())); return "well"; }')]);

    expect(await local.call({ eat: true })).toEqual(error('Runtime.OutOfMemory', expect.stringMatching(/Error: Runtime exited with error: signal: killed$/)));
    expect(await local.call()).toEqual(value('well'));
  });

  it('refuses an event of more than 6 MB', async () => {
    expect(await outcomeOf('exports.handler = async () => 1', {}, 'x'.repeat(6 * 1024 * 1024))).toEqual({ kind: 'refused', errorType: 'RequestTooLargeException', errorMessage: '6291458 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)' });
  });

  it('names a handler that is none, and a file that is not there', async () => {
    expect(await outcomeOf('', { handler: 'index' })).toEqual(error('Runtime.MalformedHandlerName', 'Bad handler index'));
    await using local = await running([inline('exports.handler = async () => 1', { code: { kind: 'PATH', path: __dirname }, handler: 'src/main.handler' })]);
    expect(await local.call()).toEqual(error('Runtime.ImportModuleError', "Error: Cannot find module 'main'"));
  });
});

describe('on Node.js 24', () => {
  const on24 = (text: string) => outcomeOf(text, { runtime: 'nodejs24.x' });

  it('refuses a handler that takes a callback, whether or not it uses it', async () => {
    const refusal = error(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
    expect(await on24('exports.handler = (event, context, callback) => callback(null, 1)')).toEqual(refusal);
    expect(await on24('exports.handler = async (event, context, callback) => 1')).toEqual(refusal);
  });

  it('answers with what is returned, also without a promise', async () => {
    expect(await on24('exports.handler = async (event) => event.id')).toEqual(value(7));
    expect(await on24('exports.handler = (event) => event.id')).toEqual(value(7));
  });

  it('gives a context without what ends a call', async () => {
    expect(await on24('exports.handler = async (event, context) => ["succeed", "fail", "done", "callbackWaitsForEmptyEventLoop", "awsRequestId"].filter((name) => name in context)')).toEqual(value(['awsRequestId']));
  });
});

describe('what a function finds', () => {
  it('has its own environment and nothing of this process', async () => {
    process.env.SECRET_OF_THE_DEVELOPER = 'x';
    const { value: env } = (await outcomeOf('exports.handler = async () => process.env', { environment: { TABLE: 'orders', AWS_REGION: 'mars' }, memoryMb: 256 })) as { value: Record<string, string> };
    delete process.env.SECRET_OF_THE_DEVELOPER;

    expect(env).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'LOCAL',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_FUNCTION_NAME: 'Orders',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/Orders',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      _HANDLER: 'index.handler',
    });
    expect(env.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(env).not.toHaveProperty('SECRET_OF_THE_DEVELOPER');
  });

  it('has a context', async () => {
    await using local = await running([inline('exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })')]);
    const outcome = await local.functions.invoke('arn:aws:lambda:eu-west-1:123456789012:function:Orders:live', {});

    expect(outcome).toMatchObject({
      kind: 'value',
      value: {
        functionName: 'Orders',
        functionVersion: '$LATEST',
        memoryLimitInMB: '128',
        logGroupName: '/aws/lambda/Orders',
        logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Orders:live',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        callbackWaitsForEmptyEventLoop: true,
      },
    });
    const { left } = (outcome as { value: { left: number } }).value;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(3_000);
  });

  it('prints into the log, under its name', async () => {
    await using local = await running([inline('console.log("loading"); exports.handler = async (event) => { console.log("got", event); console.error(new Error("odd").message); process.stdout.write("raw\\ntwo lines\\n"); }')]);
    await local.call({ id: 1 });

    expect(local.log).toEqual(['function Orders: INFO loading', 'function Orders: INFO got { id: 1 }', 'function Orders: ERROR odd', 'function Orders: raw', 'function Orders: two lines']);
  });

  it('writes into the log why it failed', async () => {
    await using local = await running([inline('exports.handler = async () => { throw new Error("sold out"); }')]);
    await local.call();

    expect(local.log).toEqual(['function Orders: Error: sold out']);
  });
});

describe('environments', () => {
  const counting = 'let calls = 0; exports.handler = async ({ wait = 0 }) => { calls++; await new Promise((r) => setTimeout(r, wait)); return { calls, thread: require("node:worker_threads").threadId }; }';

  it('are reused by calls that follow each other', async () => {
    await using local = await running([inline(counting)]);

    const first = (await local.call()) as { value: { calls: number; thread: number } };
    expect(await local.call()).toEqual(value({ calls: 2, thread: first.value.thread }));
  });

  it('are several for calls at the same time', async () => {
    await using local = await running([inline(counting)]);

    const outcomes = (await Promise.all([local.call({ wait: 50 }), local.call({ wait: 50 }), local.call({ wait: 50 })])) as { value: { calls: number; thread: number } }[];
    expect(outcomes.map((outcome) => outcome.value.calls)).toEqual([1, 1, 1]);
    expect(new Set(outcomes.map((outcome) => outcome.value.thread)).size).toBe(3);
  });

  it('are new after one has died', async () => {
    await using local = await running([inline(`${counting} ; const inner = exports.handler; exports.handler = async (event) => event.die ? process.exit(1) : inner(event);`)]);
    await local.call();
    await local.call({ die: true });

    expect(await local.call()).toMatchObject({ value: { calls: 1 } });
  });

  it('run changed code from the next call on, and stay warm where nothing changed', async () => {
    const greet = (word: string) => inline(`let calls = 0; exports.handler = async () => "${word} " + ++calls`);
    const other = inline(counting, { functionName: 'Other' });
    await using local = await running([greet('hello'), other]);
    await local.call();
    await local.call({}, 'Other');

    local.functions.use([greet('goodbye'), other]);

    expect(await local.call()).toEqual(value('goodbye 1'));
    expect(await local.call({}, 'Other')).toMatchObject({ value: { calls: 2 } });
  });

  it('finish what they do when their code is replaced', async () => {
    await using local = await running([inline(counting)]);
    const slow = local.call({ wait: 50 });
    // The environment has started once another call was answered.
    await local.call();

    local.functions.use([inline('exports.handler = async () => "new"')]);

    expect(await local.call()).toEqual(value('new'));
    expect(await slow).toMatchObject({ value: { calls: 1 } });
  });

  it('end with the local API, also one that would go on for ever', async () => {
    const local = await running([inline('exports.handler = async () => { for (;;); }', { timeoutSeconds: 900 })]);
    const endless = local.call();
    await Promise.race([endless, new Promise((resolve) => setImmediate(resolve))]);

    await local[Symbol.asyncDispose]();

    expect(await endless).toMatchObject({ kind: 'error', errorType: 'Runtime.ExitError' });
    expect(await local.call()).toEqual({ kind: 'unavailable', reason: 'the local API was closed' });
  });
});

it('lets calls beyond sixteen wait for an environment, and ends those that wait with the local API', async () => {
  await using local = await running([inline('exports.handler = async ({ hang }) => hang ? new Promise((r) => setTimeout(r, 60_000)) : 1', { timeoutSeconds: 60 })]);
  const many = await Promise.all(Array.from({ length: 20 }, () => local.call()));
  expect(many).toEqual(Array(20).fill(value(1)));

  const hanging = Array.from({ length: 17 }, () => local.call({ hang: true }));
  await local.functions.close();
  expect((await Promise.all(hanging)).map(({ kind }) => kind).sort()).toEqual([...Array(16).fill('error'), 'unavailable']);
});

describe('functions that cannot run here', () => {
  it.each<[string, Parameters<typeof inline>[1], string]>([
    ['Python', { runtime: 'python3.12' }, 'function "Orders" (python3.12) runs only when deployed; run it elsewhere and give its address: --lambda Orders=URL'],
    ['a container image', { runtime: undefined }, 'function "Orders" (a container image) runs only when deployed; run it elsewhere and give its address: --lambda Orders=URL'],
    ['no code on disk', { code: undefined }, 'the code of function "Orders" is not on disk here; synthesize again, or run it elsewhere and give its address: --lambda Orders=URL'],
  ])('%s', async (_, more, reason) => {
    expect(await outcomeOf('def handler(event, context): pass', more)).toEqual({ kind: 'unavailable', reason });
  });

  it('are those of no template, too', async () => {
    await using local = await running([]);
    expect(await local.call({}, 'Foreign')).toEqual({ kind: 'unavailable', reason: 'function "Foreign" is not in the templates; run it elsewhere and give its address: --lambda Foreign=URL' });
  });
});

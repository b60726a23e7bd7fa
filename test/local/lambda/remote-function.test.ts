/** Functions that run elsewhere and get their events over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inline, running } from './functions-fixture';

/** Calls a Python function whose events go to a server that answers so. */
async function outcomeOf(answer: { status?: number; headers?: Record<string, string>; body: string }, event: unknown = { id: 1 }) {
  const heard: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push([request.method, request.url, JSON.parse(Buffer.concat(chunks).toString())]);
      response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/2015-03-31/functions/function/invocations`;
  try {
    await using local = await running([inline('', { runtime: 'python3.12' })], { urls: { Orders: url } });
    const outcome = await local.call(event);
    return { outcome: JSON.parse(JSON.stringify(outcome).replaceAll(url, 'URL')) as unknown, heard };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('posts the event and takes the answer', async () => {
  const { outcome, heard } = await outcomeOf({ body: '{"ok":[1]}' }, { id: 7 });

  expect(outcome).toEqual({ kind: 'value', value: { ok: [1] } });
  expect(heard).toEqual([['POST', '/2015-03-31/functions/function/invocations', { id: 7 }]]);
});

it.each<[string, Parameters<typeof outcomeOf>[0], unknown]>([
  ['nothing', { body: '' }, { kind: 'value', value: null }],
  ['an error as the emulator of Lambda gives it', { body: '{"errorType":"KeyError","errorMessage":"id","stackTrace":[]}' }, { kind: 'error', errorType: 'KeyError', errorMessage: 'id' }],
  ['an error as Lambda marks it', { headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorMessage":"out of memory","extra":1}' }, { kind: 'error', errorType: 'Error', errorMessage: 'out of memory' }],
  ['data that looks like an error, but says more', { body: '{"errorMessage":"none","count":0}' }, { kind: 'value', value: { errorMessage: 'none', count: 0 } }],
  ['a refusal', { status: 404, body: 'no such function' }, { kind: 'unavailable', reason: 'URL answered with status 404: no such function' }],
  ['no JSON', { body: '<html>' }, { kind: 'unavailable', reason: expect.stringMatching(/^URL answered with no JSON: /) }],
])('understands %s', async (_, answer, expected) => {
  expect((await outcomeOf(answer)).outcome).toEqual(expected);
});

it('says that nobody answers', async () => {
  await using local = await running([inline('', { runtime: 'python3.12' })], { urls: { Orders: 'http://127.0.0.1:1/' } });

  expect(await local.call()).toEqual({ kind: 'unavailable', reason: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/ cannot be reached: /) });
});

it('goes by the function’s name, logical id or ARN, also for one of no template', async () => {
  const arn = inline('').functionArn;
  for (const name of ['Orders', 'OrdersA1B2C3', arn]) {
    await using local = await running([inline('exports.handler = async () => 1')], { urls: { [name]: 'http://127.0.0.1:1/' } });
    expect(await local.call()).toMatchObject({ kind: 'unavailable' });
  }
  await using local = await running([], { urls: { Orders: 'http://127.0.0.1:1/' } });
  expect(await local.call()).toMatchObject({ reason: expect.stringContaining('cannot be reached') });
});

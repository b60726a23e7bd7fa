import type { Caller } from '../../lib/local/auth/auth-mode';
import type { ExecutionOutcome, OperationRequest, RequestContext } from '../../lib/local/executor';
import { createGateway } from '../../lib/local/gateway';
import { apiKeyCaller } from './executor-fixture';

const answered: ExecutionOutcome = { httpStatus: 200, body: { data: { hello: 'you' } }, responseHeaders: { 'x-mine': '1' } };

/** A gateway whose executor records what it gets. */
function gateway(outcome: ExecutionOutcome = answered) {
  const executed: { request: OperationRequest; context: RequestContext }[] = [];
  const { fetch } = createGateway({
    authenticate: async ({ headers }): Promise<Caller | { httpStatus: 401; errorType: string; message: string }> =>
      headers['x-api-key'] === 'good' ? apiKeyCaller : { httpStatus: 401, errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' },
    execute: async (request, context) => (executed.push({ request, context }), outcome),
  });
  const post = (body: string, headers: Record<string, string> = { 'x-api-key': 'good' }) => fetch(new Request('http://localhost:4000/shop/graphql', { method: 'POST', headers, body }));
  return { fetch, post, executed };
}

test.each(['application/json', 'application/graphql', 'text/plain'])('reads the JSON envelope whatever the content type: %s', async (contentType) => {
  const { post, executed } = gateway();

  const response = await post('{"query":"{ hello }","operationName":null,"variables":{"a":1},"extensions":{}}', { 'x-api-key': 'good', 'Content-Type': contentType, Cookie: 'secret', 'X-Mine': 'a' });

  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{"data":{"hello":"you"}}');
  expect(executed).toMatchObject([{ request: { query: '{ hello }', operationName: null, variables: { a: 1 } }, context: { caller: apiKeyCaller } }]);
  expect(executed[0]?.context.headers).toEqual({ host: 'localhost:4000', 'x-api-key': 'good', 'content-type': contentType, 'x-mine': 'a' });
});

test('sends the headers of AppSync and those of the resolvers', async () => {
  const { headers } = await gateway().post('{"query":"{ hello }"}');

  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/json;charset=UTF-8',
    'access-control-allow-origin': '*',
    'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-amzn-appsync-tokensconsumed': '1',
    'x-mine': '1',
  });
});

test.each([
  ['', 'Request body is empty.'],
  [' \n', 'Request body is empty.'],
  ['{', 'Unable to parse GraphQL query.'],
  ['{}', 'Unable to parse GraphQL query.'],
  ['[]', 'Unable to parse GraphQL query.'],
  ['[{"query":"{ hello }"}]', 'Unable to parse GraphQL query.'],
  ['null', 'Unable to parse GraphQL query.'],
  ['{"query":1}', 'Unable to parse GraphQL query.'],
  ['{"query":"{ hello }","variables":[]}', 'Unable to parse GraphQL query.'],
  ['{"query":"{ hello }","variables":"{}"}', 'Unable to parse GraphQL query.'],
  ['{"query":"{ hello }","operationName":1}', 'Unable to parse GraphQL query.'],
  [JSON.stringify({ query: 'x'.repeat(1024 * 1024) }), 'Request body is too large.'],
])('answers 400 to the body %.40p', async (body, message) => {
  const { post, executed } = gateway();

  const response = await post(body);

  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-ErrorType')).toBe('MalformedHttpRequestException');
  expect(await response.text()).toBe(JSON.stringify({ errors: [{ message, errorType: 'MalformedHttpRequestException' }] }));
  expect(executed).toEqual([]);
});

test('answers 401 before it looks at the body, pretty-printed as AppSync does', async () => {
  const response = await gateway().post('{', {});

  expect(response.status).toBe(401);
  expect(response.headers.get('x-amzn-ErrorType')).toBe('UnauthorizedException');
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.text()).toBe('{\n  "errors" : [ {\n    "errorType" : "UnauthorizedException",\n    "message" : "Valid authorization header not provided."\n  } ]\n}');
});

test('names the error type of a refused request in a header', async () => {
  const refused: ExecutionOutcome = { httpStatus: 400, body: { errors: [{ message: 'Missing operation name.', errorType: 'BadRequestException' }] }, responseHeaders: {} };

  const response = await gateway(refused).post('{"query":"query A { a } query B { b }"}');

  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-ErrorType')).toBe('BadRequestException');
});

test('answers a preflight to anyone and allows the headers it asks for', async () => {
  const { fetch, executed } = gateway();

  const response = await fetch(new Request('http://localhost/graphql', { method: 'OPTIONS', headers: { 'access-control-request-headers': 'content-type,authorization' } }));

  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toBe('POST');
  expect(response.headers.get('access-control-allow-headers')).toBe('content-type,authorization');
  expect(executed).toEqual([]);
});

test('a GET has no body and is told so', async () => {
  const response = await gateway().fetch(new Request('http://localhost/graphql', { headers: { 'x-api-key': 'good' } }));

  expect([response.status, await response.json()]).toEqual([400, { errors: [{ message: 'Request body is empty.', errorType: 'MalformedHttpRequestException' }] }]);
});

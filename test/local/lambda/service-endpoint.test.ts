/** What a function's AWS SDK finds: the local tables, and a clear word for everything else. */
import { join } from 'node:path';
import type { HttpRequest } from '../../../lib/local/http-message';
import type { PolicyStatementModel } from '../../../lib/model';
import { table } from '../data-sources/tables-fixture';
import { folder, inline, running } from './functions-fixture';

/** Code of a function that signs as its environment says: `call(service, headers, body)`. */
const signer = `
  const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
  const sha = (text) => createHash('sha256').update(text).digest('hex');
  const call = (service, headers, body) => {
    const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_REGION: region } = process.env;
    const time = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
    const scope = [time.slice(0, 8), region, service, 'aws4_request'];
    const all = { ...headers, host: new URL(url).host, 'x-amz-date': time, ...(token && { 'x-amz-security-token': token }) };
    const names = Object.keys(all).sort();
    const canonical = ['POST', '/', '', ...names.map((name) => name + ':' + all[name]), '', names.join(';'), sha(body)].join('\\n');
    const signature = hmac(scope.reduce(hmac, 'AWS4' + secret), ['AWS4-HMAC-SHA256', time, scope.join('/'), sha(canonical)].join('\\n')).toString('hex');
    return fetch(url, { method: 'POST', headers: { ...all, authorization: 'AWS4-HMAC-SHA256 Credential=' + id + '/' + scope.join('/') + ', SignedHeaders=' + names.join(';') + ', Signature=' + signature }, body });
  };`;

const packagesFrom = join(__dirname, '..', '..', '..');

/** Runs code of a function that has the DynamoDB client in `db` and its commands in `sdk`. @param statements of its role; without, it may do everything */
async function withTables(body: string, items: readonly Record<string, unknown>[] = [], statements?: readonly PolicyStatementModel[]) {
  const code = folder({ 'index.js': `const sdk = require('@aws-sdk/client-dynamodb'); const db = new sdk.DynamoDBClient({}); const TableName = process.env.TABLE; exports.handler = async (event) => { ${body} };` });
  await using local = await running([inline('', { code: { kind: 'PATH', path: code }, environment: { TABLE: 'Things' }, timeoutSeconds: 20, memoryMb: 512 })], { tables: [table('Things')], packagesFrom, ...(statements && { statements }) });
  for (const Item of items) await local.tables.call('PutItem', { TableName: 'Things', Item });
  const outcome = await local.call();
  const stored = await local.tables.call('Scan', { TableName: 'Things' });
  return { outcome, items: stored.Items, log: local.log };
}

it('reads and writes the local tables with the AWS SDK', async () => {
  const { outcome, items } = await withTables(
    `await db.send(new sdk.PutItemCommand({ TableName, Item: { id: { S: 'b' }, n: { N: '1' }, bytes: { B: new Uint8Array([1, 2]) } } }));
     await db.send(new sdk.UpdateItemCommand({ TableName, Key: { id: { S: 'b' } }, UpdateExpression: 'SET n = n + :one', ExpressionAttributeValues: { ':one': { N: '1' } } }));
     const { Item } = await db.send(new sdk.GetItemCommand({ TableName, Key: { id: { S: 'a' } } }));
     const { Items } = await db.send(new sdk.QueryCommand({ TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'b' } } }));
     return { found: Item, n: Items[0].n, bytes: [...Items[0].bytes.B] };`,
    [{ id: { S: 'a' } }],
  );

  expect(outcome).toEqual({ kind: 'value', value: { found: { id: { S: 'a' } }, n: { N: '2' }, bytes: [1, 2] } });
  expect(items).toContainEqual({ id: { S: 'b' }, n: { N: '2' }, bytes: { B: 'AQI=' } });
});

it('fails as DynamoDB does: conditions, transactions, validation', async () => {
  const { outcome } = await withTables(
    `const names = [];
     const attempt = async (command) => db.send(command).catch((error) => names.push([error.name, error.message, error.Item ?? error.CancellationReasons ?? null]));
     const Item = { id: { S: 'a' } };
     const ConditionExpression = 'attribute_not_exists(id)';
     await attempt(new sdk.PutItemCommand({ TableName, Item, ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
     await attempt(new sdk.TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item, ConditionExpression } }] }));
     await attempt(new sdk.GetItemCommand({ TableName: 'Gone', Key: Item }));
     await attempt(new sdk.GetItemCommand({ TableName, Key: {} }));
     return names;`,
    [{ id: { S: 'a' }, n: { N: '1' } }],
  );

  expect(outcome).toEqual({
    kind: 'value',
    value: [
      ['ConditionalCheckFailedException', 'The conditional request failed', { id: { S: 'a' }, n: { N: '1' } }],
      ['TransactionCanceledException', expect.stringContaining('[ConditionalCheckFailed]'), [{ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }]],
      ['ResourceNotFoundException', 'Requested resource not found', null],
      ['ValidationException', expect.any(String), null],
    ],
  });
});

it('says what of DynamoDB is not there', async () => {
  const { outcome } = await withTables('return db.send(new sdk.ListTablesCommand({})).catch((error) => [error.name, error.message]);');

  expect(outcome).toEqual({ kind: 'value', value: ['NotEmulatedLocally', "DynamoDB's ListTables is not emulated locally: tables are made from the templates"] });
});

describe('another service', () => {
  const credential = (service: string) => ({ authorization: `AWS4-HMAC-SHA256 Credential=LOCAL/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0` });

  async function refusal(service: string, headers: Record<string, string>) {
    await using local = await running([inline('exports.handler = async ({ headers }) => { const r = await fetch(process.env.AWS_ENDPOINT_URL, { method: "POST", headers, body: "x" }); return [r.status, r.headers.get("content-type"), await r.text()]; }')]);
    const outcome = await local.call({ headers: { ...credential(service), ...headers } });
    return { answer: outcome.kind === 'value' ? outcome.value : outcome, log: local.log };
  }
  const message = (service: string, variable: string) => `${service} is not emulated locally: give the function an AWS_ENDPOINT_URL_${variable} that answers, or run it elsewhere (dev --lambda NAME=URL)`;

  it.each([
    ['sqs', 'SQS', { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' }, 'application/json', (text: string) => JSON.stringify({ __type: 'NotEmulatedLocally', message: text })],
    ['sns', 'SNS', { 'content-type': 'application/x-www-form-urlencoded' }, 'text/xml', (text: string) => `<ErrorResponse><Error><Code>NotEmulatedLocally</Code><Message>${text}</Message></Error></ErrorResponse>`],
    ['s3', 'S3', {}, 'text/xml', (text: string) => `<Error><Code>NotEmulatedLocally</Code><Message>${text}</Message></Error>`],
    ['execute-api', 'EXECUTE_API', {}, 'application/json', (text: string) => JSON.stringify({ __type: 'NotEmulatedLocally', message: text })],
  ])('%s is refused in its own form', async (service, variable, headers, contentType, body) => {
    const { answer, log } = await refusal(service, headers as Record<string, string>);

    expect(answer).toEqual([400, contentType, body(message(service, variable))]);
    expect(log).toEqual([`a function called ${service}, which is not emulated locally`]);
  });
});

describe('the role of a function', () => {
  const thingsArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Things';
  const session = 'arn:aws:sts::123456789012:assumed-role/OrdersRole/Orders';
  const statement = (effect: 'Allow' | 'Deny', actions: readonly string[], resources: readonly string[]): PolicyStatementModel => ({ effect, actions, resources, isConditional: false });
  const because = (action: string, resource: string) => `User: ${session} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

  it('lets it do what its policies allow, and refuses all else as AWS does', async () => {
    const { outcome, items } = await withTables(
      `const names = [];
       const attempt = async (command) => names.push(await db.send(command).then(() => 'done', (error) => [error.name, error.message, error.$metadata.httpStatusCode]));
       const Item = { id: { S: 'a' } };
       const Key = Item;
       await attempt(new sdk.PutItemCommand({ TableName, Item }));
       await attempt(new sdk.DeleteItemCommand({ TableName, Key }));
       await attempt(new sdk.QueryCommand({ TableName, IndexName: 'byOwner', KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } } }));
       await attempt(new sdk.TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: { id: { S: 'b' } } } }, { Delete: { TableName, Key } }] }));
       await attempt(new sdk.BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
       return names;`,
      [],
      [statement('Allow', ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Batch*'], [thingsArn]), statement('Deny', ['dynamodb:BatchGet*'], ['*'])],
    );

    expect(outcome).toEqual({
      kind: 'value',
      value: [
        'done',
        ['AccessDeniedException', because('dynamodb:DeleteItem', thingsArn), 400],
        ['AccessDeniedException', because('dynamodb:Query', `${thingsArn}/index/byOwner`), 400],
        ['AccessDeniedException', because('dynamodb:DeleteItem', thingsArn), 400],
        ['AccessDeniedException', `User: ${session} is not authorized to perform: dynamodb:BatchGetItem on resource: ${thingsArn} with an explicit deny in an identity-based policy`, 400],
      ],
    });
    expect(items).toEqual([{ id: { S: 'a' } }]);
  });

  it('does not help who signs with a key that nobody has, or not with the secret of the role', async () => {
    const { outcome } = await withTables(
      `const names = [];
       const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SESSION_TOKEN: sessionToken } = process.env;
       for (const credentials of [{ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }, { accessKeyId, secretAccessKey: 'x', sessionToken }])
         await new sdk.DynamoDBClient({ credentials }).send(new sdk.ScanCommand({ TableName })).catch((error) => names.push([error.name, error.message.slice(0, 76)]));
       return names;`,
      [],
      [statement('Allow', ['*'], ['*'])],
    );

    expect(outcome).toEqual({
      kind: 'value',
      value: [
        ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
        ['InvalidSignatureException', 'The request signature we calculated does not match the signature you provide'],
      ],
    });
  });

  const signing = "const { createHash, createHmac } = require('node:crypto');" + signer;

  it('lets it put events on the buses it may put them on, one entry failing alone', async () => {
    const code = `${signing} exports.handler = async ({ entries }) => { const r = await call('events', { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' }, JSON.stringify({ Entries: entries })); return [r.status, await r.json()]; };`;
    await using local = await running([inline(code)], { statements: [statement('Allow', ['events:PutEvents'], ['arn:aws:events:eu-west-1:123456789012:event-bus/shop'])] });
    const entry = { EventBusName: 'shop', Source: 'shop.orders', DetailType: 'Order Placed', Detail: '{"id":"o1"}' };

    expect(await local.call({ entries: [entry, { ...entry, Detail: 'no' }, { ...entry, Source: '' }, { ...entry, Source: 'aws.s3' }] })).toEqual({
      kind: 'value',
      value: [
        200,
        {
          FailedEntryCount: 3,
          Entries: [
            { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
            { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
            { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.' },
            { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
          ],
        },
      ],
    });
    expect(local.events).toEqual([['arn:aws:events:eu-west-1:123456789012:event-bus/shop', expect.objectContaining({ source: 'shop.orders', 'detail-type': 'Order Placed', detail: { id: 'o1' }, account: '123456789012', region: 'eu-west-1' })]]);
    expect(await local.call({ entries: [entry, { ...entry, EventBusName: undefined }] })).toEqual({
      kind: 'value',
      value: [400, { __type: 'AccessDeniedException', message: because('events:PutEvents', 'arn:aws:events:eu-west-1:123456789012:event-bus/default') }],
    });
    expect(local.events).toHaveLength(1);
  });

  it('refuses a request to put no events, or more than ten', async () => {
    const code = `${signing} exports.handler = async ({ entries }) => { const r = await call('events', { 'x-amz-target': 'AWSEvents.PutEvents' }, JSON.stringify({ Entries: entries })); return (await r.json()).message; };`;
    await using local = await running([inline(code)]);
    const size = (text: string) => `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${text}`;

    expect(await local.call({ entries: [] })).toEqual({ kind: 'value', value: size('greater than or equal to 1') });
    expect(await local.call({ entries: Array(11).fill({}) })).toEqual({ kind: 'value', value: size('less than or equal to 10') });
  });
});

it('finds the local APIs in its environment, and leaves addresses of others as they are', async () => {
  const apiId = 'abcdefghijklmnopqrstuvwxyz';
  const asked: HttpRequest[] = [];
  const graphQl = (id: string) => (id === apiId ? async (request: HttpRequest) => (asked.push(request), { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":{}}' }) : undefined);
  const address = (id: string) => `https://${id}.appsync-api.eu-west-1.amazonaws.com/graphql`;
  const code = 'exports.handler = async () => { const r = await fetch(process.env.URL, { method: "POST", headers: { "x-api-key": "k" }, body: "{}" }); return [await r.json(), process.env.OTHER]; }';
  await using local = await running([inline(code, { environment: { URL: address(apiId), OTHER: address('0'.repeat(26)) } })], { graphQl });

  expect(await local.call()).toEqual({ kind: 'value', value: [{ data: {} }, address('0'.repeat(26))] });
  expect(asked).toEqual([expect.objectContaining({ method: 'POST', path: `/${apiId}/graphql`, body: '{}', headers: expect.objectContaining({ 'x-api-key': 'k', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) }) })]);
});

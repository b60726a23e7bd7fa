/** What a function's AWS SDK finds: the local tables, and a clear word for everything else. */
import { join } from 'node:path';
import { table } from '../data-sources/tables-fixture';
import { folder, inline, running } from './functions-fixture';

const packagesFrom = join(__dirname, '..', '..', '..');

/** Runs code of a function that has the DynamoDB client in `db` and its commands in `sdk`. */
async function withTables(body: string, items: readonly Record<string, unknown>[] = []) {
  const code = folder({ 'index.js': `const sdk = require('@aws-sdk/client-dynamodb'); const db = new sdk.DynamoDBClient({}); const TableName = process.env.TABLE; exports.handler = async (event) => { ${body} };` });
  await using local = await running([inline('', { code: { kind: 'PATH', path: code }, environment: { TABLE: 'Things' }, timeoutSeconds: 20, memoryMb: 512 })], { tables: [table('Things')], packagesFrom });
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

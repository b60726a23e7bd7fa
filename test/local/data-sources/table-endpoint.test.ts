import { DataSourceRequestError, tableEndpoint } from '../../../lib/local/data-sources';
import { DiagnosticError } from '../../../lib/diagnostics';
import { failure, orders, table } from './tables-fixture';

const accessKey = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const local = 'http://localhost:8000';
const notFound = { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'Cannot do operations on a non-existent table' } };

interface Sent {
  readonly url: string;
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string;
}

afterEach(() => jest.restoreAllMocks());

/** @param answer to each call, or the failure to connect */
function answering(answer: (operation: string, calls: number) => { readonly status: number; readonly body: unknown } | Error): Sent[] {
  const sent: Sent[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const headers = init?.headers as Readonly<Record<string, string>>;
    const operation = headers['x-amz-target']!.replace('DynamoDB_20120810.', '');
    sent.push({ url: String(url), operation, body: JSON.parse(init?.body as string) as Sent['body'], authorization: headers.authorization! });
    const result = answer(operation, sent.filter((each) => each.operation === operation).length);
    if (result instanceof Error) throw new TypeError('fetch failed', { cause: result });
    return new Response(typeof result.body === 'string' ? result.body : JSON.stringify(result.body), { status: result.status });
  });
  return sent;
}

async function refusal(address: string, model = orders): Promise<DiagnosticError['diagnostics']> {
  const error = await tableEndpoint({ address, accessKey }).ensureTables([model]).then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  return (error as DiagnosticError).diagnostics;
}

it('makes a table that is missing, waits for it, and turns on its time to live', async () => {
  const sent = answering((operation, calls) => {
    if (operation !== 'DescribeTable') return { status: 200, body: {} };
    return calls === 1 ? notFound : { status: 200, body: { Table: { TableStatus: calls === 2 ? 'CREATING' : 'ACTIVE' } } };
  });

  await tableEndpoint({ address: local, accessKey }).ensureTables([table('Sessions', { timeToLiveAttribute: 'expires' })]);

  expect(sent.map(({ operation }) => operation)).toEqual(['DescribeTable', 'CreateTable', 'DescribeTable', 'DescribeTable', 'UpdateTimeToLive']);
  expect(sent[1]!.body).toEqual({ TableName: 'Sessions', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' });
  expect(sent[4]!.body).toEqual({ TableName: 'Sessions', TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } });
});

it('makes nothing in an account of AWS, and signs for its region', async () => {
  const sent = answering(() => notFound);

  expect(await refusal('https://dynamodb.eu-west-1.amazonaws.com')).toMatchObject([
    { code: 'RUN_TABLE_ENDPOINT', message: 'there is no table "Orders" at https://dynamodb.eu-west-1.amazonaws.com', fix: 'deploy the stack that has it, or serve without --dynamodb-endpoint', resource: orders.resource },
  ]);
  expect(sent.map(({ operation, url }) => [operation, url])).toEqual([['DescribeTable', 'https://dynamodb.eu-west-1.amazonaws.com']]);
  expect(sent[0]!.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/);
});

it.each([
  ['another key', { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] }, `table "Orders" at ${local} has the key "id" (N), but the template gives it the key "customer" (S), "order" (S)`],
  [
    'a missing index',
    {
      KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }, { AttributeName: 'order', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'customer', AttributeType: 'S' }, { AttributeName: 'order', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [{ IndexName: 'byStatus' }],
    },
    `table "Orders" at ${local} lacks the index "byStatusAndAmount" and "byAmount"`,
  ],
])('refuses a table with %s', async (_, Table, message) => {
  answering(() => ({ status: 200, body: { Table } }));

  expect((await refusal(local)).map((found) => found.message)).toEqual([message]);
});

it.each([
  ['nothing listens', new Error('connect ECONNREFUSED 127.0.0.1:8000'), `${local} cannot be reached: connect ECONNREFUSED 127.0.0.1:8000`],
  ['a web server listens', { status: 404, body: '<html>' }, `${local} does not answer as DynamoDB does: status 404, "<html>"`],
])('says at the start, and for the one field later, when %s', async (_, answer, message) => {
  answering(() => answer);

  expect((await refusal(local)).map((found) => [found.code, found.message])).toEqual([['RUN_TABLE_ENDPOINT', message]]);
  const call = tableEndpoint({ address: local, accessKey }).call('Scan', { TableName: 'Orders' });
  await expect(call).rejects.toEqual(new DataSourceRequestError(message, 'LocalAppSync'));
});

it('passes on what DynamoDB refuses, with the stored item and the reasons', async () => {
  const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'no', Item: { id: { S: 'a' } } }];
  answering(() => ({ status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException', Message: 'cancelled', CancellationReasons: reasons, Item: { id: { S: 'a' } } } }));

  const error = await failure(tableEndpoint({ address: local, accessKey }).call('TransactWriteItems', { TransactItems: [] }));

  expect([error.code, error.message, error.cancellationReasons, error.item]).toEqual(['TransactionCanceledException', 'cancelled', reasons, { id: { S: 'a' } }]);
});

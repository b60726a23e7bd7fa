import { permittedTables, type TableUser } from '../../../lib/local/data-sources/permitted-tables';
import { failure, orders, storeOf } from './tables-fixture';

const arn = 'arn:aws:sts::111122223333:assumed-role/Clerk/local';
const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders';
const key = { customer: { S: 'ann' }, order: { S: '1' } };

/** The tables of a user of whom `decide` is asked. */
async function tablesOf(decide: TableUser['decide'], user = arn) {
  const store = await storeOf(orders);
  return { store, tables: permittedTables(store, { arn: user, decide }, 'eu-west-1', () => orders) };
}

test('asks for each action with its ARN, and hands on what is allowed', async () => {
  const asked: (readonly string[])[] = [];
  const { tables } = await tablesOf((action, resourceArn, { 'dynamodb:leadingkeys': keys = ['-'] }) => {
    asked.push([action, resourceArn, ...keys]);
    return 'ALLOWED';
  });

  await tables.call('PutItem', { TableName: 'Orders', Item: key });
  await tables.call('Query', { TableName: 'Orders', IndexName: 'byAmount', KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': { S: 'ann' } } });
  expect(await tables.call('Scan', { TableName: 'Orders' })).toMatchObject({ Items: [key] });

  expect(asked).toEqual([
    ['dynamodb:PutItem', table, 'ann'],
    ['dynamodb:Query', `${table}/index/byAmount`, 'ann'],
    ['dynamodb:Scan', table, '-'],
  ]);
});

test('refuses what nothing allows, and what is denied, in the words of IAM', async () => {
  const { tables } = await tablesOf((action) => (action === 'dynamodb:Scan' ? 'DENIED' : 'NOT_ALLOWED'));

  expect(await failure(tables.call('GetItem', { TableName: 'Orders', Key: key }))).toMatchObject({
    code: 'AccessDeniedException',
    message: `User: ${arn} is not authorized to perform: dynamodb:GetItem on resource: ${table} because no identity-based policy allows the dynamodb:GetItem action`,
  });
  expect((await failure(tables.call('Scan', { TableName: 'Orders', IndexName: 'byStatus' }))).message).toBe(
    `User: ${arn} is not authorized to perform: dynamodb:Scan on resource: ${table}/index/byStatus with an explicit deny in an identity-based policy`,
  );
});

test('a transaction with one refused part writes nothing', async () => {
  const { store, tables } = await tablesOf((_action, _resource, { 'dynamodb:leadingkeys': keys = [] }) => (keys.includes('bob') ? 'NOT_ALLOWED' : 'ALLOWED'));
  const put = (customer: string) => ({ Put: { TableName: 'Orders', Item: { ...key, customer: { S: customer } } } });

  expect(await failure(tables.call('TransactWriteItems', { TransactItems: [put('ann'), put('bob')] }))).toMatchObject({ code: 'AccessDeniedException' });

  expect(await store.call('Scan', { TableName: 'Orders' })).toMatchObject({ Count: 0 });
});

test("ARNs are of the user's partition", async () => {
  const { tables } = await tablesOf(() => 'NOT_ALLOWED', 'arn:aws-cn:sts::111122223333:assumed-role/Clerk/local');

  expect((await failure(tables.call('Scan', { TableName: 'Orders' }))).message).toContain(' on resource: arn:aws-cn:dynamodb:eu-west-1:111122223333:table/Orders ');
});

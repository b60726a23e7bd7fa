import { createDataSource } from '../../../lib/local/data-sources';
import type { DataSourceModel } from '../../../lib/model';
import { call, orders, resource, storeOf } from './tables-fixture';

const from = async (model: DataSourceModel) => createDataSource(model, { tables: await storeOf() });

describe('NONE', () => {
  it.each([
    [{ payload: { a: [1] } }, { a: [1] }],
    [{ version: '2018-05-29', payload: 0 }, 0],
    [{ payload: null }, null],
    [{}, null],
    [null, null],
    ['text', null],
  ])('hands on the payload of %j', async (request, result) => {
    const source = await from({ name: 'Nothing', type: 'NONE', resource });

    expect(await source.invoke(request, call)).toStrictEqual({ result });
  });
});

it.each([
  [{ name: 'Mail', type: 'AWS_LAMBDA', functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:mail', resource }, 'data source "Mail" of type AWS_LAMBDA is not emulated locally yet: give it a stub, with "dev --stub Mail=FILE" or "dataSources" of startLocalApi'],
  [{ name: 'Model', type: 'OTHER', awsType: 'AMAZON_BEDROCK_RUNTIME', config: {}, resource }, 'data source "Model" of type AMAZON_BEDROCK_RUNTIME is not emulated locally yet: give it a stub, with "dev --stub Model=FILE" or "dataSources" of startLocalApi'],
] as const)('says what is not emulated: %j', async (model, message) => {
  const source = await from(model);

  await expect(source.invoke({ operation: 'Invoke' }, call)).rejects.toMatchObject({ name: 'DataSourceRequestError', errorType: 'NotEmulatedLocally', message });
});

it('keeps page tokens good for a data source made anew with the same token key', async () => {
  const tables = await storeOf(orders);
  const model: DataSourceModel = { name: 'Orders', type: 'AMAZON_DYNAMODB', tableName: 'Orders', region: 'eu-west-1', versioned: false, resource };
  const tokenKey = Buffer.alloc(32, 7);
  const before = createDataSource(model, { tables, tokenKey });
  await before.invoke({ operation: 'BatchPutItem', tables: { Orders: ['a', 'b'].map((order) => ({ customer: { S: 'c' }, order: { S: order } })) } }, call);
  const { nextToken } = (await before.invoke({ operation: 'Scan', limit: 1 }, call)).result as { nextToken: string };

  const again = { operation: 'Scan', limit: 1, nextToken };

  expect(await createDataSource(model, { tables, tokenKey }).invoke(again, call)).toMatchObject({ result: { items: [{ order: 'b' }] } });
  expect(await createDataSource(model, { tables }).invoke(again, call)).toMatchObject({ error: { type: 'DynamoDB:UserIllegalArgumentException' } });
});

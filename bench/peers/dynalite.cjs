/** dynalite on a free port of 127.0.0.1, with one table and one item in it. Prints its URL as JSON when ready. */
const { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const dynalite = require('dynalite');

const { tableName, item } = JSON.parse(process.argv[2]);
const server = dynalite({ createTableMs: 0 });

server.listen(0, '127.0.0.1', async () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  for (let attempt = 0; attempt < 100; attempt++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table.TableStatus === 'ACTIVE') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
  console.log(JSON.stringify({ url: endpoint }));
});

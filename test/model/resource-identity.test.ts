import { messages, readTemplate } from './harness';

/** Values of expressions over these resources, read through the environment of an API. */
function values(resources: string, expressions: Readonly<Record<string, string>>) {
  const variables = Object.entries(expressions).map(([key, expression]) => `${key}: ${expression}`);
  const assembly = readTemplate(`Resources:\n  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop, AuthenticationType: AWS_IAM, EnvironmentVariables: { ${variables.join(', ')} } } }\n${resources}`);
  expect(messages(assembly)).toEqual([]);
  return assembly.apis[0]!.environment;
}

test('takes the name the template gives, and otherwise makes one of stack and logical id', () => {
  const resources = `
  Named: { Type: AWS::DynamoDB::Table, Properties: { TableName: items, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] } }
  Fn: { Type: AWS::Lambda::Function, Properties: { FunctionName: call } }
  Bare: { Type: AWS::Lambda::Function }
  Bucket: { Type: AWS::S3::Bucket }
  Role: { Type: AWS::IAM::Role, Properties: { Path: /app/ } }`;

  expect(
    values(resources, {
      TABLE: '!GetAtt Named.Arn',
      CALL: '!GetAtt Fn.Arn',
      BARE: '!Ref Bare',
      BUCKET: '!GetAtt Bucket.Arn',
      ROLE: '!GetAtt Role.Arn',
    }),
  ).toEqual({
    TABLE: 'arn:aws:dynamodb:us-east-1:123456789012:table/items',
    CALL: 'arn:aws:lambda:us-east-1:123456789012:function:call',
    BARE: 'Shop-Bare',
    BUCKET: 'arn:aws:s3:::shop-bucket',
    ROLE: 'arn:aws:iam::123456789012:role/app/Shop-Role',
  });
});

test('gives the forms of AWS to things that name themselves by URL or ARN', () => {
  expect(
    values('  Queue: { Type: AWS::SQS::Queue }\n  Topic: { Type: AWS::SNS::Topic }\n  Bus: { Type: AWS::Events::EventBus, Properties: { Name: bus } }\n  Odd: { Type: AWS::Batch::JobQueue }', {
      QUEUE: '!Ref Queue',
      TOPIC: '!Ref Topic',
      BUS: '!GetAtt Bus.Arn',
      ODD: '!GetAtt Odd.Arn',
    }),
  ).toEqual({
    QUEUE: 'https://sqs.us-east-1.amazonaws.com/123456789012/Shop-Queue',
    TOPIC: 'arn:aws:sns:us-east-1:123456789012:Shop-Topic',
    BUS: 'arn:aws:events:us-east-1:123456789012:event-bus/bus',
    ODD: 'arn:aws:batch:us-east-1:123456789012:Shop-Odd',
  });
});

test('gives an API, its key and its children ids in the form of AppSync', () => {
  const child = (name: string, type: string, rest: string) => `  ${name}: { Type: AWS::AppSync::${type}, Properties: { ApiId: !GetAtt Shop.ApiId, ${rest} } }`;
  const resources = [
    '  Shop: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: other, AuthenticationType: AWS_IAM } }',
    child('Key', 'ApiKey', 'Description: k'),
    child('Source', 'DataSource', 'Name: source, Type: NONE'),
    child('Field', 'Resolver', 'TypeName: Query, FieldName: item'),
  ].join('\n');
  const { ID, ...rest } = values(resources, {
    ID: '!GetAtt Shop.ApiId',
    ARN: '!Ref Shop',
    URL: '!GetAtt Shop.GraphQLUrl',
    LIVE: '!GetAtt Shop.RealtimeUrl',
    KEY: '!GetAtt Key.ApiKey',
    SOURCE: '!Ref Source',
    FIELD: '!Ref Field',
  });

  expect(ID).toMatch(/^[0-9a-z]{26}$/);
  expect(rest).toEqual({
    ARN: `arn:aws:appsync:us-east-1:123456789012:apis/${ID}`,
    URL: `https://${ID}.appsync-api.us-east-1.amazonaws.com/graphql`,
    LIVE: `wss://${ID}.appsync-realtime-api.us-east-1.amazonaws.com/graphql`,
    KEY: expect.stringMatching(/^da2-[0-9a-z]{26}$/),
    SOURCE: `arn:aws:appsync:us-east-1:123456789012:apis/${ID}/datasources/source`,
    FIELD: `arn:aws:appsync:us-east-1:123456789012:apis/${ID}/types/Query/resolvers/item`,
  });
});

import { apiTemplate, messages, readTemplate } from './harness';

const source = `D: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Api.ApiId, Name: D, Type: AMAZON_EVENTBRIDGE, EventBridgeConfig: { EventBusArn: !GetAtt Bus.Arn } } }
Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }`;
const pattern = '{ source: [shop.orders], detail: { total: [{ numeric: [">", 100] }] } }';

test('reads the rules of a bus that an API puts events on, and the functions they call', () => {
  const assembly = readTemplate(
    apiTemplate(`${source}
Big: { Type: AWS::Events::Rule, Properties: { Name: big, EventBusName: !Ref Bus, EventPattern: ${pattern}, Targets: [
  { Id: f, Arn: !GetAtt Function.Arn, InputPath: $.detail },
  { Id: a, Arn: !GetAtt Api.GraphQLEndpointArn, AppSyncParameters: { GraphQLOperation: 'mutation A($id: ID!) { a(id: $id) }' }, InputTransformer: { InputPathsMap: { id: $.detail.id }, InputTemplate: '{ "id": <id> }' } },
  { Id: q, Arn: !GetAtt Function.Arn, Input: '{"fixed":1}' }] } }
Function: { Type: AWS::Lambda::Function, Properties: { FunctionName: hear, Code: { ZipFile: 'exports.handler = 1' } } }`),
  );

  expect(messages(assembly)).toEqual([]);
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:hear';
  expect(assembly.eventRules?.map(({ resource: _, ...rule }) => rule)).toEqual([
    {
      name: 'big',
      busName: 'shop',
      pattern: { source: ['shop.orders'], detail: { total: [{ numeric: ['>', 100] }] } },
      targets: [
        { arn: functionArn, inputPath: '$.detail' },
        {
          arn: expect.stringMatching(/^arn:aws:appsync:us-east-1:123456789012:endpoints\/graphql-api\/[0-9a-z]{26}$/),
          graphQlOperation: 'mutation A($id: ID!) { a(id: $id) }',
          transformer: { paths: { id: '$.detail.id' }, template: '{ "id": <id> }' },
        },
        { arn: functionArn, input: '{"fixed":1}' },
      ],
    },
  ]);
  expect(assembly.lambdaFunctions?.map(({ functionName }) => functionName)).toEqual(['hear']);
});

test.each([
  ['of another bus', `EventBusName: other, EventPattern: ${pattern}`],
  ['of the default bus', `EventPattern: ${pattern}`],
  ['that is switched off', `EventBusName: !Ref Bus, State: DISABLED, EventPattern: ${pattern}`],
  ['on a schedule', 'EventBusName: !Ref Bus, ScheduleExpression: rate(1 minute)'],
])('leaves out a rule %s, and what is wrong with it', (_, properties) => {
  const assembly = readTemplate(apiTemplate(`${source}\nRule: { Type: AWS::Events::Rule, Properties: { ${properties}, Targets: [{ Id: x, Arn: !GetAtt Gone.Arn }] } }`));

  expect(messages(assembly)).toEqual([]);
  expect(assembly.eventRules).toBeUndefined();
});

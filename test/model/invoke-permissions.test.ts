import { apiTemplate, readTemplate } from './harness';

const authorizer = `Authorizer:
  Type: AWS::Lambda::Function
  Properties: { FunctionName: authorize, Runtime: nodejs22.x, Handler: index.handler, Code: { ZipFile: '' } }
Source:
  Type: AWS::AppSync::DataSource
  Properties: { ApiId: !GetAtt Api.ApiId, Name: Source, Type: AWS_LAMBDA, LambdaConfig: { LambdaFunctionArn: !GetAtt Authorizer.Arn } }
`;
const permission = (functionName: string, principal = 'appsync.amazonaws.com', action = 'lambda:InvokeFunction') =>
  `Permission:\n  Type: AWS::Lambda::Permission\n  Properties: { FunctionName: ${functionName}, Action: '${action}', Principal: ${principal} }\n`;
const invokers = (resources: string) => readTemplate(apiTemplate(authorizer + resources)).lambdaFunctions?.[0]?.invokers;

test.each([
  ['its name', '!Ref Authorizer'],
  ['its ARN', '!GetAtt Authorizer.Arn'],
  ['a part of the ARN', "!Sub '${AWS::AccountId}:function:authorize'"],
  ['a name with a version', 'authorize:3'],
])('takes a permission for %s', (_, functionName) => {
  expect(invokers(permission(functionName))).toEqual(['appsync.amazonaws.com']);
});

test('takes one for an alias, and leaves out those of other actions', () => {
  const alias = 'Live:\n  Type: AWS::Lambda::Alias\n  Properties: { FunctionName: !Ref Authorizer, FunctionVersion: "1", Name: live }\n';

  expect(invokers(alias + permission('!Ref Live', "'*'", 'lambda:*'))).toEqual(['*']);
  expect(invokers(permission('!Ref Authorizer', 'appsync.amazonaws.com', 'lambda:InvokeFunctionUrl'))).toEqual([]);
  expect(invokers('')).toEqual([]);
});

test('claims nothing where a permission may be anything', () => {
  expect(invokers(permission('some-other-function'))).toBeUndefined();
  expect(invokers(permission('!GetAtt Authorizer.Something'))).toBeUndefined();
  expect(invokers(permission('!Ref Authorizer', '!GetAtt Authorizer.Something'))).toBeUndefined();
  expect(invokers('Connector:\n  Type: AWS::Serverless::Connector\n  Properties: { Source: { Id: Api }, Destination: { Id: Authorizer }, Permissions: [Write] }\n')).toBeUndefined();
});

test('knows what SAM gives the authorizer of its API', () => {
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Authorizer:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs22.x, Handler: index.handler, InlineCode: '' }
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: 'type Query { a: String }'
      Auth: { Type: AWS_IAM, Additional: [{ Type: AWS_LAMBDA, LambdaAuthorizer: { AuthorizerUri: !GetAtt Authorizer.Arn } }] }
`;

  expect(readTemplate(text).lambdaFunctions).toMatchObject([{ resource: { logicalId: 'Authorizer' }, invokers: ['appsync.amazonaws.com'] }]);
});

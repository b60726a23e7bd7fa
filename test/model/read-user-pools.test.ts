import { readTemplate } from './harness';

test('names a pool by its place in the CDK app, otherwise by its logical id; an id alone has no name', () => {
  const { userPools } = readTemplate(`
Resources:
  Users1234: { Type: AWS::Cognito::UserPool, Metadata: { aws:cdk:path: Shop/Users/Resource } }
  Raw: { Type: AWS::Cognito::UserPool, Metadata: { aws:cdk:path: Shop/Raw } }
  Plain: { Type: AWS::Cognito::UserPool }
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop, AuthenticationType: AMAZON_COGNITO_USER_POOLS, UserPoolConfig: { UserPoolId: eu-west-1_a, DefaultAction: ALLOW } } }
`);

  expect(userPools.map(({ name }) => name)).toEqual(['Shop/Users', 'Shop/Raw', 'Plain', undefined]);
});

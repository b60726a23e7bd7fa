import { messages, onlyApi, readTemplate } from './harness';

const api = (properties: string) => readTemplate(`Resources: { Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop, ${properties} } } }`, { region: 'eu-west-1' });

test('reads every mode, the default one first', () => {
  const assembly = api(`
    AuthenticationType: AMAZON_COGNITO_USER_POOLS,
    UserPoolConfig: { UserPoolId: eu-west-1_a, DefaultAction: DENY, AppIdClientRegex: '^web$' },
    AdditionalAuthenticationProviders: [
      { AuthenticationType: API_KEY },
      { AuthenticationType: AWS_IAM },
      { AuthenticationType: OPENID_CONNECT, OpenIDConnectConfig: { Issuer: 'https://id.example.com', ClientId: c, IatTTL: 1000, AuthTTL: '2000' } },
      { AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:eu-west-1:1:function:f', AuthorizerResultTtlInSeconds: 60, IdentityValidationExpression: '^t' } },
    ]`);

  expect(messages(assembly)).toEqual([]);
  expect(onlyApi(assembly).authorization).toEqual([
    { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'eu-west-1_a', region: 'eu-west-1', appIdClientRegex: '^web$', defaultAction: 'DENY' },
    { type: 'API_KEY' },
    { type: 'AWS_IAM' },
    { type: 'OPENID_CONNECT', issuer: 'https://id.example.com', clientId: 'c', iatTtlMs: 1000, authTtlMs: 2000 },
    { type: 'AWS_LAMBDA', functionArn: 'arn:aws:lambda:eu-west-1:1:function:f', resultTtlSeconds: 60, identityValidationExpression: '^t' },
  ]);
  expect(assembly.userPools).toEqual([{ userPoolId: 'eu-west-1_a', issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a', clientIds: [] }]);
});

test('caches nothing of a Lambda authorizer that says nothing about it', () => {
  expect(onlyApi(api('AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: { AuthorizerUri: f }')).authorization).toEqual([{ type: 'AWS_LAMBDA', functionArn: 'f', resultTtlSeconds: 0 }]);
});

test.each([
  ['an unknown mode', 'AuthenticationType: APIKEY', '"AuthenticationType" of "Api" is "APIKEY"'],
  ['no mode', 'QueryDepthLimit: 1', '"AuthenticationType" of "Api" is missing'],
  ['a user pool mode without its pool', 'AuthenticationType: AMAZON_COGNITO_USER_POOLS', '"UserPoolConfig.UserPoolId" of "Api" is missing'],
  ['an additional mode without its issuer', 'AuthenticationType: API_KEY, AdditionalAuthenticationProviders: [{ AuthenticationType: OPENID_CONNECT }]', '"AdditionalAuthenticationProviders[0].OpenIDConnectConfig.Issuer" of "Api" is missing'],
  ['a Lambda mode without its function', 'AuthenticationType: AWS_LAMBDA', '"LambdaAuthorizerConfig.AuthorizerUri" of "Api" is missing'],
])('reports %s and leaves the mode out', (_, properties, message) => {
  const assembly = api(properties);

  expect(messages(assembly)).toEqual([`error MAN_PROPERTY: ${message}`]);
  expect(onlyApi(assembly).authorization.map(({ type }) => type)).toEqual(properties.includes('API_KEY') ? ['API_KEY'] : []);
});

test('compares the region of a user pool with the one that is named, where both are written out', () => {
  const found = (pool: string, region: string) => messages(api(`AuthenticationType: AMAZON_COGNITO_USER_POOLS, UserPoolConfig: { UserPoolId: ${pool}, AwsRegion: ${region} }`));

  expect(found('us-gov-west-1_a', 'us-gov-west-1')).toEqual([]);
  // Where the stack will be is not known here, nor is what a parameter will say.
  expect(found('ap-south-1_a', '!Ref AWS::Region')).toEqual([]);
  expect(found('!Sub "${AWS::Region}_a"', 'ap-south-1')).toEqual([]);
  expect(found('ap-south-1_a', 'eu-west-1')).toEqual(['error MAN_PROPERTY: "UserPoolConfig.AwsRegion" of "Api" is "eu-west-1", and the user pool "ap-south-1_a" is in ap-south-1']);
});

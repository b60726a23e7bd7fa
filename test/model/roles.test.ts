import type { ServiceRoleModel } from '../../lib/model';
import { apiTemplate, messages, onlyApi, readTemplate } from './harness';

const source = (roleArn: string) => `Source: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Api.ApiId, Name: Source, Type: NONE, ServiceRoleArn: ${roleArn} } }`;
const role = (rest: string) => `Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {}, ${rest} } }`;
const document = (resource = "'*'", rest = '') => `{ Statement: [{ Effect: Allow, Action: 'dynamodb:GetItem', Resource: ${resource}${rest} }] }`;
const allowed = (resource: string) => ({ effect: 'Allow', actions: ['dynamodb:GetItem'], resources: [resource], isConditional: false });

/** What is known of the role, and what the reading complained about. */
function roleOf(...resources: string[]): { role: ServiceRoleModel | undefined; problems: string[] } {
  const assembly = readTemplate(apiTemplate([...resources, ...(resources.some((text) => text.startsWith('Source')) ? [] : [source('!GetAtt Role.Arn')])].join('\n'), 'Parameters: { Open: { Type: String } }'));
  return { role: onlyApi(assembly).dataSources[0]?.role, problems: messages(assembly) };
}

test('gathers inline, attached and managed policies of the templates', () => {
  const { role: model, problems } = roleOf(
    role(`Policies: [{ PolicyName: a, PolicyDocument: ${document('!GetAtt Table.Arn')} }], ManagedPolicyArns: [!Ref Managed]`),
    "Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: items, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] } }",
    `Attached: { Type: AWS::IAM::Policy, Properties: { PolicyName: b, Roles: [!Ref Role], PolicyDocument: ${document("'b'")} } }`,
    `Own: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: c, RoleName: !Ref Role, PolicyDocument: ${document("'c'")} } }`,
    `Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${document("'d'")} } }`,
    `Other: { Type: AWS::IAM::Policy, Properties: { PolicyName: e, Roles: [another], PolicyDocument: ${document("'e'")} } }`,
  );

  expect(problems).toEqual([]);
  expect(model).toEqual({
    kind: 'KNOWN',
    roleName: 'Shop-Role',
    trustsAppSync: true,
    resource: expect.objectContaining({ logicalId: 'Role' }),
    statements: ['arn:aws:dynamodb:us-east-1:123456789012:table/items', 'd', 'b', 'c'].map(allowed),
  });
});

test('reads a single statement, denials, exceptions and conditions', () => {
  const { role: model } = roleOf(role(`Policies: [{ PolicyName: a, PolicyDocument: { Statement: { Effect: Deny, NotAction: ['dynamodb:*'], NotResource: 'x', Condition: { Bool: { a: true } } } } }]`));

  expect(model).toMatchObject({ kind: 'KNOWN', statements: [{ effect: 'Deny', notActions: ['dynamodb:*'], notResources: ['x'], isConditional: true }] });
});

test.each([
  ['a role from elsewhere', [source('arn:aws:iam::123456789012:role/imported')]],
  ['a managed policy from elsewhere', [role("ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess']")]],
  ['a resource without a local value', [role(`Policies: [{ PolicyName: a, PolicyDocument: ${document('!Sub "arn:aws:dynamodb:${Open}:table/a"')} }]`)]],
  ['a statement of no known form', [role('Policies: [{ PolicyName: a, PolicyDocument: { Statement: [text] } }]')]],
  ['a policy that may be attached to it', [role('Path: /'), `P: { Type: AWS::IAM::Policy, Properties: { PolicyName: b, Roles: [!Ref Open], PolicyDocument: ${document()} } }`]],
])('claims nothing about %s, and complains of nothing', (_, resources) => {
  expect(roleOf(...resources)).toEqual({ role: { kind: 'UNKNOWN' }, problems: [] });
});

test('says when a data source names no role', () => {
  expect(roleOf('Source: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Api.ApiId, Name: Source, Type: NONE } }').role).toEqual({ kind: 'NONE' });
});

test('counts what a template declares', () => {
  const text = apiTemplate(source('!GetAtt Role.Arn'), 'Parameters: { A: { Type: String }, B: { Type: String } }\nOutputs: { C: { Value: 1 } }');

  expect(readTemplate(text).templates).toEqual([{ path: expect.stringMatching(/Shop\.yaml$/), bytes: Buffer.byteLength(text), resourceCount: 2, outputCount: 1, parameterCount: 2 }]);
});

test('reads conflict handling, the version of a function, and the data source a pipeline may not name', () => {
  const api = onlyApi(
    readTemplate(
      apiTemplate(
        [
          'F: { Type: AWS::AppSync::FunctionConfiguration, Properties: { ApiId: !GetAtt Api.ApiId, Name: f, DataSourceName: D, FunctionVersion: "2017-02-28", SyncConfig: { ConflictDetection: VERSION, ConflictHandler: LAMBDA } } }',
          'R: { Type: AWS::AppSync::Resolver, Properties: { ApiId: !GetAtt Api.ApiId, TypeName: Query, FieldName: a, Kind: PIPELINE, DataSourceName: D } }',
          'T: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Api.ApiId, Name: T, Type: AMAZON_DYNAMODB, DynamoDBConfig: { TableName: t, AwsRegion: us-east-1, UseCallerCredentials: true } } }',
        ].join('\n'),
      ),
    ),
  );

  expect(api.functions[0]).toMatchObject({ version: '2017-02-28', sync: { conflictDetection: 'VERSION', conflictHandler: 'LAMBDA' } });
  expect(api.resolvers[0]).toMatchObject({ strayDataSourceName: 'D' });
  expect(api.resolvers[0]?.dataSourceName).toBeUndefined();
  expect(api.dataSources[0]).toMatchObject({ usesCallerCredentials: true });
});

test.each([
  ['AppSync', "{ Statement: [{ Effect: Allow, Principal: { Service: [lambda.amazonaws.com, appsync.amazonaws.com] }, Action: 'sts:AssumeRole' }] }", true],
  ['an account', "{ Statement: { Effect: Allow, Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' } }", true],
  ['everybody', "{ Statement: [{ Effect: Allow, Principal: '*', Action: 'sts:AssumeRole' }] }", true],
  ['a service without a local value', "{ Statement: [{ Effect: Allow, Principal: { Service: !Ref Open }, Action: 'sts:AssumeRole' }] }", true],
  ['another service', "{ Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }", false],
])('sees that a role trusts %s', (_, policy, trustsAppSync) => {
  const { role: model } = roleOf(`Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${policy} } }`);

  expect(model).toMatchObject({ kind: 'KNOWN', trustsAppSync });
});

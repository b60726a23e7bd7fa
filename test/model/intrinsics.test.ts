import { join } from 'node:path';
import { readApis } from '../../lib/model';
import { evaluated, files, messages, onlyApi, readTemplate } from './harness';

const sections = `
Parameters:
  Stage: { Type: String, Default: dev }
  Zones: { Type: CommaDelimitedList, Default: 'a, b,c' }
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/name }
  Open: { Type: String }
  Count: { Type: Number, Default: 3 }
Mappings:
  Names: { dev: { table: devTable }, prod: { table: prodTable } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Condition IsProd]
  Either: !Or [!Condition IsDev, !Condition IsProd]
`;

test.each([
  ['a parameter by its default', '!Ref Stage', 'dev'],
  ['a number parameter as text', '!Ref Count', '3'],
  ['an SSM parameter by its path, since its value is in AWS', '!Ref Secret', '/shop/name'],
  ['pseudo parameters', "!Sub '${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}'", 'us-east-1 123456789012 aws amazonaws.com Shop'],
  ['Fn::Sub with variables, attributes and literals', "!Sub ['${Stage}-${Extra}-${!Kept}', { Extra: !Ref Stage }]", 'dev-dev-${Kept}'],
  ['a variable of Fn::Sub before a parameter of the same name', "!Sub ['${Stage}', { Stage: own }]", 'own'],
  ['Fn::Join', "!Join ['-', [a, !Ref Stage, 1]]", 'a-dev-1'],
  ['Fn::Select on Fn::Split', "!Select [1, !Split ['/', a/b/c]]", 'b'],
  ['Fn::Select with an index in text, on a list parameter', "!Select ['1', !Ref Zones]", 'b'],
  ['Fn::FindInMap', '!FindInMap [Names, !Ref Stage, table]', 'devTable'],
  ['Fn::FindInMap with a default', '!FindInMap [Names, none, table, { DefaultValue: fallback }]', 'fallback'],
  ['Fn::If whose condition holds', '!If [IsDev, yes-dev, no-dev]', 'yes-dev'],
  ['Fn::If whose condition does not hold', '!If [IsProd, yes-prod, no-prod]', 'no-prod'],
  ['Fn::And and Fn::Or', "!Join ['', [!If [Both, '1', '0'], !If [Either, '1', '0']]]", '01'],
  ['Fn::Base64', '!Base64 shop', 'c2hvcA=='],
  ['Fn::GetAZs', "!Select [2, !GetAZs '']", 'us-east-1c'],
  ['Fn::Length', '!Length [a, b, c]', '3'],
  ['Fn::ToJsonString', '!ToJsonString { stage: !Ref Stage }', '{"stage":"dev"}'],
  ['the long form', '{ "Fn::Join": ["", ["a", { "Ref": "Stage" }]] }', 'adev'],
  ['the ARN of a resource', "!Sub '${Api.Arn}'", expect.stringMatching(/^arn:aws:appsync:us-east-1:123456789012:apis\/[0-9a-z]{26}$/)],
])('evaluates %s', (_, expression, value) => {
  expect(evaluated(expression, sections)).toEqual({ value, problems: [] });
});

test('takes parameter values, region and account from the options, and the partition from the region', () => {
  const options = { parameters: { Open: 'given', Stage: 'prod' }, region: 'cn-north-1', accountId: '111122223333' };

  expect(evaluated("!Sub '${Open} ${Stage} ${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix}'", sections, options)).toEqual({
    value: 'given prod cn-north-1 111122223333 aws-cn amazonaws.com.cn',
    problems: [],
  });
});

test.each([
  ['a parameter without a value', '!Ref Open', 'warning MAN_INTRINSIC: "Name" of "Source" has no local value: parameter "Open" has no value'],
  ['a name that is not declared', '!Ref Stag', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: "Stag" is not declared'],
  ['an attribute of nothing', '!GetAtt Apo.Arn', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: "Apo" is not declared'],
  ['an attribute AWS alone knows', '!GetAtt Api.Owner', 'warning MAN_INTRINSIC: "Name" of "Source" has no local value: the attribute "Owner" of "Api" (AWS::AppSync::GraphQLApi) is known only after a deployment'],
  ['an export nobody declares', '!ImportValue other-name', 'warning MAN_INTRINSIC: "Name" of "Source" has no local value: no stack here exports "other-name"'],
  ['a pseudo parameter that does not exist', '!Ref AWS::Zone', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: there is no pseudo parameter "AWS::Zone"'],
  ['a mapping that does not exist', '!FindInMap [Names, none, table]', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: the mappings have no value for Names.none.table'],
  ['an index past the end', '!Select [3, [a, b]]', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: Fn::Select asks for element 3 of a list of 2'],
  ['a malformed call', '!Join [a]', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: Fn::Join needs [delimiter, [values]]'],
  ['a resource that refers to itself', '!GetAtt Source.Name', 'error MAN_INTRINSIC: "Name" of "Source" has no local value: it depends on itself'],
  ['the cause alone when a function has nothing to work on', "!Select [1, !Split ['||', !Ref Open]]", 'warning MAN_INTRINSIC: "Name" of "Source" has no local value: parameter "Open" has no value'],
  ['a function of CloudFormation alone', '!Cidr [10.0.0.0/16, 2, 8]', 'warning MAN_INTRINSIC: "Name" of "Source" has no local value: Fn::Cidr is evaluated by CloudFormation only'],
])('reports %s, names the property, and goes on with a placeholder', (_, expression, problem) => {
  const { value, problems } = evaluated(expression, sections);

  expect(problems).toEqual([problem]);
  expect(value).toBe('Source.Name');
});

test('suggests the name that was meant', () => {
  const assembly = readTemplate('Resources:\n  Api:\n    Type: AWS::AppSync::GraphQLApi\n    Properties: { Name: !Ref Nmae, AuthenticationType: AWS_IAM }\nParameters: { Name: { Type: String, Default: x } }');

  expect(assembly.diagnostics[0]).toMatchObject({ fix: 'did you mean "Name"?', resource: { logicalId: 'Api' } });
});

test('reports only what the model needs', () => {
  const assembly = readTemplate(`
Resources:
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Missing } }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: !GetAtt Nothing.Here } }
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties: { Name: shop, AuthenticationType: AWS_IAM, LogConfig: { CloudWatchLogsRoleArn: !GetAtt Nothing.Arn } }`);

  expect(onlyApi(assembly).name).toBe('shop');
  expect(messages(assembly)).toEqual([]);
});

test('leaves out what AWS::NoValue gives, and resources whose condition does not hold', () => {
  const assembly = readTemplate(`
Conditions: { Never: !Equals [a, b] }
Resources:
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: shop
      AuthenticationType: AWS_IAM
      AdditionalAuthenticationProviders: [!If [Never, { AuthenticationType: API_KEY }, !Ref AWS::NoValue]]
      EnvironmentVariables: { KEPT: a, GONE: !If [Never, b, !Ref AWS::NoValue] }
  Absent: { Type: AWS::AppSync::GraphQLApi, Condition: Never, Properties: { Name: absent, AuthenticationType: AWS_IAM } }`);

  expect(onlyApi(assembly)).toMatchObject({ authorization: [{ type: 'AWS_IAM' }], environment: { KEPT: 'a' } });
  expect(messages(assembly)).toEqual([]);
});

test('reaches nested stacks both ways: parameters in, outputs out', () => {
  const folder = files({
    'parent.yaml': `
Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop, AuthenticationType: AWS_IAM } }
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./child.yaml, Parameters: { Api: !GetAtt Api.ApiId, Prefix: pre } }
  Source:
    Type: AWS::AppSync::DataSource
    Properties: { ApiId: !GetAtt Api.ApiId, Name: Items, Type: AMAZON_DYNAMODB, DynamoDBConfig: { TableName: !GetAtt Data.Outputs.Table, AwsRegion: !Ref AWS::Region } }`,
    'child.yaml': `
Parameters: { Api: { Type: String }, Prefix: { Type: String } }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub '\${Prefix}-items', KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] }
  Nothing: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !Ref Api, Name: Nothing, Type: NONE } }
Outputs: { Table: { Value: !Ref Table } }`,
  });

  const assembly = readApis(join(folder, 'parent.yaml'));

  expect(messages(assembly)).toEqual([]);
  expect(onlyApi(assembly).dataSources.map((source) => [source.name, source.type === 'AMAZON_DYNAMODB' && source.tableName])).toEqual([
    ['Items', 'pre-items'],
    ['Nothing', false],
  ]);
  expect(assembly.tables[0]).toMatchObject({ tableName: 'pre-items', resource: { templatePath: join(folder, 'child.yaml'), logicalId: 'Table' } });
});

test('reports an output a nested stack lacks, at the resource that asks for it', () => {
  const folder = files({
    'parent.yaml': `
Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: !GetAtt Data.Outputs.Tabel, AuthenticationType: AWS_IAM } }
  Data: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./child.yaml } }
  Gone: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://s3.amazonaws.com/bucket/gone.yaml } }`,
    'child.yaml': 'Resources: {}\nOutputs: { Table: { Value: x } }',
  });

  const assembly = readApis(join(folder, 'parent.yaml'));

  expect(messages(assembly)).toEqual([
    'warning MAN_NESTED_STACK: the template of nested stack "Gone" is not among the files here, so its resources are not seen',
    'error MAN_INTRINSIC: "Name" of "Api" has no local value: output "Tabel" of stack "parent-Data" is not declared',
  ]);
  expect(assembly.diagnostics[1]).toMatchObject({ fix: 'did you mean "Table"?', resource: { templatePath: join(folder, 'parent.yaml'), logicalId: 'Api' } });
});

test('reads the output of a stack by its name', () => {
  expect(evaluated("{ 'Fn::GetStackOutput': { StackName: Shop, OutputName: Kept } }", 'Outputs: { Kept: { Value: kept } }')).toEqual({ value: 'kept', problems: [] });
});

test('survives circles of conditions, parameters, outputs and nested stacks', () => {
  const folder = files({
    'loop.yaml': `
Parameters: { In: { Type: String, Default: x } }
Conditions: { A: !Condition B, B: !Condition A }
Resources:
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: !Ref In, AuthenticationType: !If [A, AWS_IAM, API_KEY] } }
  Self: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: loop.yaml } }
  Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: child.yaml, Parameters: { In: !GetAtt Child.Outputs.Out } } }`,
    'child.yaml': `
Parameters: { In: { Type: String } }
Resources: { Inner: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: !Ref In, AuthenticationType: AWS_IAM } } }
Outputs: { Out: { Value: !Ref In, Export: { Name: !ImportValue loop } } }`,
  });

  const assembly = readApis(join(folder, 'loop.yaml'));

  expect(assembly.apis).toHaveLength(2);
  expect(messages(assembly)).toEqual([
    'warning MAN_NESTED_STACK: nested stack "Self" contains itself',
    'error MAN_INTRINSIC: "Conditions" of "A" has no local value: it depends on itself',
    expect.stringMatching(/^error MAN_INTRINSIC: .* it depends on itself$/),
  ]);
});

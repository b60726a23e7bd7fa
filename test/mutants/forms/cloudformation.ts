/** A CloudFormation template in YAML, with texts in literal blocks. */
import { join } from 'node:path';
import { checkAssembly } from '../../../lib/checks';
import { readApis } from '../../../lib/model';
import type { Form, ProjectMutant } from './form';

const files = {
  'template.yaml': `Resources:
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: Shop
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      UserPoolConfig:
        UserPoolId: !Ref Users
        AwsRegion: !Ref AWS::Region
        DefaultAction: ALLOW
  Users:
    Type: AWS::Cognito::UserPool
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties:
      ApiId: !GetAtt Api.ApiId
      Definition: |
        type Query {
          order(id: ID!): Order
          orders(limit: Int): [Order]
        }

        type Order {
          id: ID!
          total: Float
        }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: table
          PolicyDocument:
            Statement: [{ Effect: Allow, Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource: !GetAtt Orders.Arn }]
  Source:
    Type: AWS::AppSync::DataSource
    Properties:
      ApiId: !GetAtt Api.ApiId
      Name: Orders
      Type: AMAZON_DYNAMODB
      ServiceRoleArn: !GetAtt Role.Arn
      DynamoDBConfig: { TableName: !Ref Orders, AwsRegion: !Ref AWS::Region }
  Order:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: order
      DataSourceName: !GetAtt Source.Name
      RequestMappingTemplate: |
        {
          "version": "2018-05-29",
          "operation": "GetItem",
          "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) }
        }
      ResponseMappingTemplate: $util.toJson($ctx.result)
  ListOrders:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: orders
      DataSourceName: !GetAtt Source.Name
      Runtime: { Name: APPSYNC_JS, RuntimeVersion: 1.0.0 }
      Code: |
        import { scan } from '@aws-appsync/utils/dynamodb';

        export function request(ctx) {
          return scan({ limit: ctx.args.limit ?? 20 });
        }

        export function response(ctx) {
          return ctx.result.items;
        }
`,
};

const changed = (name: string, code: string, find: string, replace: string, line?: string): ProjectMutant => ({ name, code, edits: [['template.yaml', find, replace]], ...(line === undefined ? {} : { line }) });

export const cloudFormation: Form = {
  name: 'a CloudFormation template',
  files,
  check: (folder) => checkAssembly(readApis(join(folder, 'template.yaml'))),
  mutants: [
    changed('a custom scalar', 'SDL_CUSTOM_SCALAR', '        type Query {', '        scalar Date\n        type Query {'),
    changed('a bracket that is not closed', 'SDL_SYNTAX', '(limit: Int): [Order]\n        }', '(limit: Int): [Order\n        }', '        }\n\n        type Order'),
    changed('an empty type', 'SDL_EMPTY_TYPE', 'type Order {\n          id: ID!\n          total: Float\n        }', 'type Order {}'),
    changed('another key in a template', 'API_TABLE_KEY', '"key": { "id"', '"key": { "orderId"'),
    changed('an operation that DynamoDB does not have', 'RES_VTL_OPERATION', '"GetItem"', '"Get"'),
    changed('#if without #end', 'RES_VTL_SYNTAX', '        {\n          "version"', '        #if($a)\n        {\n          "version"'),
    changed('throw', 'RES_THROW', '          return scan(', "          throw 'x';\n          return scan("),
    changed('a role that may not scan', 'API_PERMISSION', "'dynamodb:Scan'", "'dynamodb:Query'", 'return scan('),
    changed('a role that AppSync may not assume', 'API_DATA_SOURCE_ROLE', 'appsync.amazonaws.com', 'lambda.amazonaws.com', '  Source:'),
    changed('a unit resolver without a data source', 'API_UNIT_DATA_SOURCE', 'FieldName: order\n      DataSourceName: !GetAtt Source.Name\n', 'FieldName: order\n', '  Order:\n'),
    changed('a reference to nothing', 'MAN_INTRINSIC', 'TableName: !Ref Orders', 'TableName: !Ref Order2', '  Source:'),
    changed('both code and a template', 'MAN_HANDLER', '      Runtime: { Name', "      RequestMappingTemplate: '{}'\n      Runtime: { Name", '  ListOrders:'),
    changed('a second resolver of a field', 'API_RESOLVER_DUPLICATE', 'FieldName: orders', 'FieldName: order', '  ListOrders:'),
    changed('a mode that does not exist', 'MAN_PROPERTY', 'AuthenticationType: AMAZON_COGNITO_USER_POOLS', 'AuthenticationType: COGNITO', '  Api:'),
  ],
};

/** A SAM template with its schema and some code inline, other code in files. */
import { join } from 'node:path';
import { checkAssembly } from '../../../lib/checks';
import { readApis } from '../../../lib/model';
import type { Form, ProjectMutant } from './form';

const files = {
  'resolvers/get-order.js': `import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return get({ key: { id: ctx.args.id } });
}

export function response(ctx) {
  return ctx.result;
}
`,
  'resolvers/greet.js': `export function request(ctx) {
  return { operation: 'Invoke', payload: ctx.args };
}

export function response(ctx) {
  return ctx.result;
}
`,
  'template.yaml': `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::SimpleTable
    Properties:
      PrimaryKey: { Name: id, Type: String }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      InlineCode: exports.handler = async () => null;
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: |
        type Query {
          order(id: ID!): Order
          hello: String
        }

        type Mutation {
          addOrder(note: String): Order
        }

        type Subscription {
          onOrder(id: ID): Order @aws_subscribe(mutations: ["addOrder"])
        }

        type Order {
          id: ID!
          note: String
        }
      Auth:
        Type: AWS_IAM
      DataSources:
        DynamoDb:
          Orders:
            TableName: !Ref Orders
            TableArn: !GetAtt Orders.Arn
            Permissions: [Read, Write]
        Lambda:
          Greeter:
            FunctionArn: !GetAtt Fn.Arn
      Functions:
        getOrder:
          Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
          DataSource: Orders
          CodeUri: resolvers/get-order.js
        addOrder:
          Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
          DataSource: Orders
          InlineCode: |
            import { util } from '@aws-appsync/utils';
            import { put } from '@aws-appsync/utils/dynamodb';

            export function request(ctx) {
              return put({ key: { id: util.autoId() }, item: { note: ctx.args.note } });
            }

            export function response(ctx) {
              return ctx.result;
            }
        greet:
          Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
          DataSource: Greeter
          CodeUri: resolvers/greet.js
      Resolvers:
        Query:
          order:
            Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
            Pipeline: [getOrder]
          hello:
            Pipeline: [greet]
            Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
        Mutation:
          addOrder:
            Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }
            Pipeline: [addOrder]
`,
};

const inTemplate = (name: string, code: string, find: string, replace: string, more: Partial<ProjectMutant> = {}): ProjectMutant => ({ name, code, edits: [['template.yaml', find, replace]], ...more });

export const sam: Form = {
  name: 'a SAM template',
  files,
  check: (folder) => checkAssembly(readApis(join(folder, 'template.yaml'))),
  mutants: [
    inTemplate('an unknown type', 'SDL_UNKNOWN_TYPE', 'order(id: ID!): Order', 'order(id: ID!): Ordr'),
    inTemplate('a subscription to an unknown mutation', 'SDL_SUBSCRIPTION_MUTATION', '["addOrder"]', '["addOrdr"]'),
    inTemplate('an argument that never matches', 'API_SUBSCRIPTION_ARGUMENT', 'onOrder(id: ID)', 'onOrder(orderId: ID)', { severity: 'warning' }),
    inTemplate('a mode that the API lacks', 'API_AUTH_MODE', 'hello: String', 'hello: String @aws_api_key'),
    inTemplate('a field without a resolver', 'API_FIELD_UNANSWERED', 'hello: String\n', 'hello: String\n          bye: String\n', { severity: 'warning' }),
    inTemplate('async in inline code', 'RES_ASYNC', 'export function request(ctx) {\n              return put', 'export async function request(ctx) {\n              return put'),
    inTemplate('another key in inline code', 'API_TABLE_KEY', '{ id: util.autoId() }', '{ orderId: util.autoId() }'),
    inTemplate('a resolver of an unknown field', 'API_RESOLVER_FIELD', '          order:\n', '          ordr:\n'),
    inTemplate('a function that is not declared', 'MAN_SAM', 'Pipeline: [getOrder]', 'Pipeline: [getOrders]', { line: '  Api:' }),
    inTemplate('a code file that is missing', 'MAN_ASSET', 'resolvers/greet.js', 'resolvers/greeting.js', { line: '        greet:' }),
    inTemplate('a runtime that does not exist', 'MAN_PROPERTY', 'Version: 1.0.0 }\n          DataSource: Greeter', 'Version: 2.0.0 }\n          DataSource: Greeter', { line: '        greet:' }),
    { name: 'while in a file', code: 'RES_LOOP', edits: [['resolvers/get-order.js', '  return get', '  while (true) {}\n  return get']] },
    { name: 'an operation that Lambda does not have', code: 'API_REQUEST_OPERATION', edits: [['resolvers/greet.js', "'Invoke'", "'Call'"]] },
  ],
};

/** The API both servers run, once as a CloudFormation template with APPSYNC_JS and once with the mapping templates that the peer knows. */

export const apiName = 'Bench';
export const tableName = 'Posts';

export const schema = `type Post {
  id: ID!
  title: String
  content: String
  n: Int
  tags: [String]
}

input PostInput {
  id: ID!
  title: String
  content: String
  n: Int
}

type Query {
  getNone(id: ID!): Post
  listNone: [Post]
  getItem(id: ID!): Post
}

type Mutation {
  putPost(input: PostInput!): Post
}

type Subscription {
  onPutPost: Post @aws_subscribe(mutations: ["putPost"])
}
`;

export const storedPost = { id: 'p1', title: 'Hello', content: 'lorem ipsum '.repeat(10), n: 1, tags: ['a', 'b'] };
const posts = Array.from({ length: 25 }, (_, index) => ({ id: `p${index}`, title: `Hello ${index}`, content: 'lorem', n: index, tags: ['a', 'b'] }));

export interface Operation {
  readonly name: string;
  /** What the ratio is promised to be at least. */
  readonly budget?: number;
  readonly body: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> };
}

export const operations: readonly Operation[] = [
  { name: 'NONE, one object', budget: 30, body: { query: 'query($id: ID!) { getNone(id: $id) { id title content n tags } }', variables: { id: 'p1' } } },
  { name: 'NONE, list of 25', body: { query: '{ listNone { id title content n tags } }' } },
  { name: 'DynamoDB GetItem', budget: 40, body: { query: 'query($id: ID!) { getItem(id: $id) { id title content n tags } }', variables: { id: 'p1' } } },
  { name: 'mutation, NONE', body: { query: 'mutation($input: PostInput!) { putPost(input: $input) { id title content n } }', variables: { input: { id: 'p1', title: 'T', content: 'lorem', n: 1 } } } },
];

interface ApiResolver {
  readonly typeName: string;
  readonly fieldName: string;
  readonly dataSourceName: string;
  /** The request half in both languages; the response half gives the result as it is. */
  readonly code: string;
  readonly requestMappingTemplate: string;
}

const onePost = { title: 'Hello', content: 'lorem', n: 1, tags: ['a', 'b'] };

/** What the first operation is answered with; the server without GraphQL says it to everybody. */
export const firstAnswer = JSON.stringify({ data: { getNone: { id: 'p1', ...onePost } } });

const resolvers: readonly ApiResolver[] = [
  {
    typeName: 'Query',
    fieldName: 'getNone',
    dataSourceName: 'None',
    code: `export function request(ctx) {\n  return { payload: { id: ctx.args.id, ...${JSON.stringify(onePost)} } };\n}`,
    requestMappingTemplate: `{ "version": "2018-05-29", "payload": { "id": "$ctx.args.id", ${JSON.stringify(onePost).slice(1)} }`,
  },
  {
    typeName: 'Query',
    fieldName: 'listNone',
    dataSourceName: 'None',
    code: `export function request() {\n  return { payload: ${JSON.stringify(posts)} };\n}`,
    requestMappingTemplate: `{ "version": "2018-05-29", "payload": ${JSON.stringify(posts)} }`,
  },
  {
    typeName: 'Query',
    fieldName: 'getItem',
    dataSourceName: 'Posts',
    code: `import { get } from '@aws-appsync/utils/dynamodb';\n\nexport function request(ctx) {\n  return get({ key: { id: ctx.args.id } });\n}`,
    requestMappingTemplate: '{ "version": "2018-05-29", "operation": "GetItem", "key": { "id": $util.dynamodb.toDynamoDBJson($ctx.args.id) } }',
  },
  {
    typeName: 'Mutation',
    fieldName: 'putPost',
    dataSourceName: 'None',
    code: 'export function request(ctx) {\n  return { payload: ctx.args.input };\n}',
    requestMappingTemplate: '{ "version": "2018-05-29", "payload": $util.toJson($ctx.args.input) }',
  },
];

/** For `amplify-simulator.cjs`. */
export const mappedResolvers = resolvers.map(({ typeName, fieldName, dataSourceName, requestMappingTemplate }) => ({
  typeName,
  fieldName,
  dataSourceName,
  requestMappingTemplate,
  responseMappingTemplate: '$util.toJson($ctx.result)',
}));

/** CloudFormation, for our server. */
export function template(): unknown {
  const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
  const answer = '\n\nexport function response(ctx) {\n  return ctx.result;\n}\n';
  return {
    Resources: {
      Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: apiName, AuthenticationType: 'API_KEY' } },
      Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId } },
      Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition: schema } },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'None', Type: 'NONE' } },
      Posts: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'Posts', Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: { Ref: 'Table' }, AwsRegion: 'us-east-1' } } },
      ...Object.fromEntries(
        resolvers.map(({ typeName, fieldName, dataSourceName, code }) => [
          `${typeName}${fieldName}`,
          {
            Type: 'AWS::AppSync::Resolver',
            Properties: {
              ApiId,
              TypeName: typeName,
              FieldName: fieldName,
              DataSourceName: dataSourceName,
              Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
              Code: `${code}${answer}`,
            },
          },
        ]),
      ),
    },
  };
}

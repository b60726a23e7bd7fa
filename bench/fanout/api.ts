/** The API of the real-time measurements: one message to everybody, or to one room. For our server as a template, for the peer as mapping templates. */

export const apiName = 'Fanout';
export const peerKey = 'da2-bench';

export const schema = `type Message {
  id: ID!
  room: ID!
  author: String
  body: String
  sentAt: String
}

type Query {
  ping: String
}

type Mutation {
  send(room: ID!, body: String): Message
}

type Subscription {
  onMessage(room: ID): Message @aws_subscribe(mutations: ["send"])
}
`;

const selection = '{ id room author body sentAt }';
export const sendMutation = `mutation($room: ID!, $body: String) { send(room: $room, body: $body) ${selection} }`;
export const everyMessage = `subscription { onMessage ${selection} }`;
export const messagesOfRoom = `subscription($room: ID) { onMessage(room: $room) ${selection} }`;
/** With its frame about as long as a chat message. */
export const body = 'lorem ipsum dolor sit amet '.repeat(6);

const rest = { id: 'm1', author: 'Ann', sentAt: '2026-01-01T00:00:00.000Z' };

/** What a server sends for `send`, without the id of the subscription. */
export function messagePayload(room: string): string {
  return JSON.stringify({ data: { onMessage: { id: rest.id, room, author: rest.author, body, sentAt: rest.sentAt } } });
}

/** For `bench/peers/amplify-simulator.cjs`. */
export const mappedResolvers = [
  {
    typeName: 'Mutation',
    fieldName: 'send',
    dataSourceName: 'None',
    requestMappingTemplate: `{ "version": "2018-05-29", "payload": { "room": "$ctx.args.room", "body": "$ctx.args.body", ${JSON.stringify(rest).slice(1)} }`,
    responseMappingTemplate: '$util.toJson($ctx.result)',
  },
];

/** CloudFormation, for our server. */
export function template(): unknown {
  const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
  return {
    Resources: {
      Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: apiName, AuthenticationType: 'API_KEY' } },
      Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId } },
      Schema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId, Definition: schema } },
      None: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId, Name: 'None', Type: 'NONE' } },
      Send: {
        Type: 'AWS::AppSync::Resolver',
        Properties: {
          ApiId,
          TypeName: 'Mutation',
          FieldName: 'send',
          DataSourceName: 'None',
          Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
          Code: `export function request(ctx) {\n  return { payload: { ...ctx.args, ...${JSON.stringify(rest)} } };\n}\n\nexport function response(ctx) {\n  return ctx.result;\n}\n`,
        },
      },
    },
  };
}

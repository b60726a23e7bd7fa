/** Chat rooms for the teams of many tenants, live. Schema: schema/chat.graphql, code: resolvers/chat. */
import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { Authorization, DynamoTableSource, EnterpriseGraphqlApi, Filter, Guard, NoneSource, RealtimeSubscriptions, Value } from '../../lib';

export class ChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    // The tenant decides what a user may see: it is given when the user is created, by an administrator, and stays. Clients cannot write it.
    const users = new cognito.UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      customAttributes: { tenantId: new cognito.StringAttribute({ minLen: 1, maxLen: 64, mutable: false }) },
      passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
    });
    users.addClient('Web', { authFlows: { userSrp: true }, writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ fullname: true, nickname: true }) });

    const api = new EnterpriseGraphqlApi(this, 'Chat', {
      schema: 'schema/chat.graphql',
      resolvers: 'resolvers/chat',
      defaultAuthorization: Authorization.userPool(users),
    });

    Validations.of(this).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'threat protection is billed per user; a chat that opens should choose the Plus plan' },
      { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'users choose whether to use a second factor' },
      { id: 'AwsSolutions::AwsSolutions-ASC3', reason: 'verbose request logs hold messages and tokens; errors of fields are logged' },
    );

    const rooms = new DynamoTableSource(api, 'Rooms', { partitionKey: 'tenantId', sortKey: 'id' });
    const members = new DynamoTableSource(api, 'Members', { partitionKey: 'room', sortKey: 'userId', indexes: { byUser: { partitionKey: 'user', sortKey: 'joinedAt' } } });
    const messages = new DynamoTableSource(api, 'Messages', { partitionKey: 'room', sortKey: 'id' });
    const events = new NoneSource(api, 'Events');

    // Rooms and their members.
    for (const field of ['Query.listChatRooms', 'Mutation.createChatRoom']) rooms.resolve(field);
    api.pipeline('Query.getChatRoom', [members, rooms]);
    api.pipeline('Query.listMyChatRooms', [members, rooms]);
    for (const field of ['ChatRoom.members', 'Mutation.joinChatRoom', 'Mutation.markRead', 'Mutation.setPresence']) members.resolve(field);
    api.pipeline('Mutation.removeMember', [members, members]);

    // What they say. Typing is an event that nothing keeps.
    api.pipeline('Query.getMessages', [members, messages]);
    messages.resolve('ChatRoom.lastMessage');
    api.pipeline('Mutation.sendMessage', [members, messages]);
    api.pipeline('Mutation.setTyping', [members, events]);

    // Members of a room hear what happens in it, until they are removed.
    const tenant = Value.identity('claims.custom:tenantId');
    const inTheRoom = Filter.all(Filter.field('place.tenantId').equals(tenant), Filter.field('place.chatRoomId').equalsArgument('chatRoomId'));
    const forMembers = inTheRoom
      .when(Guard.itemExists(members, { key: { room: Value.join('#', tenant, Value.argument('chatRoomId')), userId: Value.identity('sub') }, where: { status: Value.fixed('ACTIVE') } }))
      .endedBy('Mutation.removeMember', Filter.all(inTheRoom, Filter.field('userId').equalsIdentity('sub')));
    new RealtimeSubscriptions(api, 'Live', {
      onMessageAdded: forMembers,
      onUserJoined: forMembers,
      onUserRemoved: forMembers,
      onMemberChanged: forMembers,
      onTyping: forMembers,
    });
  }
}

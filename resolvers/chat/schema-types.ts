// Generated from the GraphQL schema by `appsync-local codegen`. Do not edit: change the schema and run it again.
/* eslint-disable */

import type { Context } from '@aws-appsync/utils';

export interface Query {
  __typename?: 'Query';
  /** Names of the tenant's rooms, for people who look for one to join. A page has `limit` rooms (1 to 100, default 20). */
  listChatRooms: ChatRoomListingConnection;
  /** A room, for its members. */
  getChatRoom: ChatRoom;
  /** The rooms of which the caller is a member, those joined last first. A page looks at `limit` rooms (1 to 100, default 20). */
  listMyChatRooms: ChatRoomConnection;
  /** Messages of a room, newest first, for its members. A page has `limit` messages (1 to 100, default 20). */
  getMessages: MessageConnection;
}

/** Arguments of `Query.listChatRooms`. */
export interface QueryListChatRoomsArgs {
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.getChatRoom`. */
export interface QueryGetChatRoomArgs {
  id: string;
}

/** Arguments of `Query.listMyChatRooms`. */
export interface QueryListMyChatRoomsArgs {
  limit?: number | null;
  nextToken?: string | null;
}

/** Arguments of `Query.getMessages`. */
export interface QueryGetMessagesArgs {
  chatRoomId: string;
  limit?: number | null;
  nextToken?: string | null;
}

/** Subscribers receive what the mutation selected and nothing more: see `place` above. */
export interface Mutation {
  __typename?: 'Mutation';
  /** Makes a room, with the caller as its owner and first member. A name has 1 to 80 characters. */
  createChatRoom: ChatRoom;
  /** Makes the caller a member; one who is stays as they are. Who was removed stays out. */
  joinChatRoom: Member;
  /** Sends a message of 1 to 4,000 characters. */
  sendMessage: Message;
  /** Tells the others that the caller is typing, or has stopped. It is stored nowhere. */
  setTyping: Typing;
  /** Moves the caller's read mark forward to a message; never back. */
  markRead: Member;
  /** Says that the caller is there, or leaves. Whoever has said nothing for 90 seconds counts as OFFLINE: repeat it every minute. */
  setPresence: Member;
  /** Removes a member for good, at once: their subscriptions to the room end. For the owner of the room. */
  removeMember: RemovedMember;
}

/** Arguments of `Mutation.createChatRoom`. */
export interface MutationCreateChatRoomArgs {
  name: string;
}

/** Arguments of `Mutation.joinChatRoom`. */
export interface MutationJoinChatRoomArgs {
  chatRoomId: string;
}

/** Arguments of `Mutation.sendMessage`. */
export interface MutationSendMessageArgs {
  input: SendMessageInput;
}

/** Arguments of `Mutation.setTyping`. */
export interface MutationSetTypingArgs {
  chatRoomId: string;
  isTyping: boolean;
}

/** Arguments of `Mutation.markRead`. */
export interface MutationMarkReadArgs {
  chatRoomId: string;
  messageId: string;
}

/** Arguments of `Mutation.setPresence`. */
export interface MutationSetPresenceArgs {
  chatRoomId: string;
  status: PresenceStatus;
}

/** Arguments of `Mutation.removeMember`. */
export interface MutationRemoveMemberArgs {
  chatRoomId: string;
  userId: string;
}

/** Events of one room, for its members. */
export interface Subscription {
  __typename?: 'Subscription';
  onMessageAdded?: Message | null;
  onUserJoined?: Member | null;
  onUserRemoved?: RemovedMember | null;
  /** Presence and read marks. */
  onMemberChanged?: Member | null;
  onTyping?: Typing | null;
}

/** Arguments of `Subscription.onMessageAdded`. */
export interface SubscriptionOnMessageAddedArgs {
  chatRoomId: string;
}

/** Arguments of `Subscription.onUserJoined`. */
export interface SubscriptionOnUserJoinedArgs {
  chatRoomId: string;
}

/** Arguments of `Subscription.onUserRemoved`. */
export interface SubscriptionOnUserRemovedArgs {
  chatRoomId: string;
}

/** Arguments of `Subscription.onMemberChanged`. */
export interface SubscriptionOnMemberChangedArgs {
  chatRoomId: string;
}

/** Arguments of `Subscription.onTyping`. */
export interface SubscriptionOnTypingArgs {
  chatRoomId: string;
}

/** Where something happened. Only the server writes it. */
export interface Place {
  __typename?: 'Place';
  tenantId: string;
  chatRoomId: string;
}

/** What everybody in the tenant may know of a room. */
export interface ChatRoomListing {
  __typename?: 'ChatRoomListing';
  id: string;
  name: string;
}

export interface ChatRoomListingConnection {
  __typename?: 'ChatRoomListingConnection';
  items: Array<ChatRoomListing>;
  /** Null on the last page. */
  nextToken?: string | null;
}

export interface ChatRoom {
  __typename?: 'ChatRoom';
  id: string;
  name: string;
  /** The owner's `sub` in the user pool. */
  ownerId: string;
  createdAt: string;
  /** The first 100. */
  members: Array<Member>;
  /** Null in a room where nobody has said anything. */
  lastMessage?: Message | null;
}

export interface ChatRoomConnection {
  __typename?: 'ChatRoomConnection';
  items: Array<ChatRoom>;
  nextToken?: string | null;
}

export interface Member {
  __typename?: 'Member';
  place: Place;
  /** The member's `sub` in the user pool. */
  userId: string;
  username: string;
  joinedAt: string;
  presence: PresenceStatus;
  /** The last message read. */
  readMessageId?: string | null;
}

export interface RemovedMember {
  __typename?: 'RemovedMember';
  place: Place;
  userId: string;
  username: string;
}

export interface Message {
  __typename?: 'Message';
  place: Place;
  /** In order of sending. */
  id: string;
  userId: string;
  username: string;
  content: string;
  messageType: MessageType;
  timestamp: string;
}

export interface MessageConnection {
  __typename?: 'MessageConnection';
  items: Array<Message>;
  nextToken?: string | null;
}

/** Of IMAGE and FILE the content is a link. */
export type MessageType = 'TEXT' | 'IMAGE' | 'FILE';

export interface Typing {
  __typename?: 'Typing';
  place: Place;
  userId: string;
  username: string;
  isTyping: boolean;
}

export type PresenceStatus = 'ONLINE' | 'AWAY' | 'OFFLINE';

export interface SendMessageInput {
  chatRoomId: string;
  content: string;
  /** TEXT unless given. */
  messageType?: MessageType | null;
}

/** Context in a resolver of `Query.listChatRooms`. */
export type QueryListChatRoomsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListChatRoomsArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listChatRooms` gives. */
export type QueryListChatRoomsResult = ChatRoomListingConnection;

/** Context in a resolver of `Query.getChatRoom`. */
export type QueryGetChatRoomContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetChatRoomArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getChatRoom` gives. */
export type QueryGetChatRoomResult = ChatRoom;

/** Context in a resolver of `Query.listMyChatRooms`. */
export type QueryListMyChatRoomsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryListMyChatRoomsArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.listMyChatRooms` gives. */
export type QueryListMyChatRoomsResult = ChatRoomConnection;

/** Context in a resolver of `Query.getMessages`. */
export type QueryGetMessagesContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<QueryGetMessagesArgs, TStash, TPrev, undefined, TResult>;
/** What `Query.getMessages` gives. */
export type QueryGetMessagesResult = MessageConnection;

/** Context in a resolver of `Mutation.createChatRoom`. */
export type MutationCreateChatRoomContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationCreateChatRoomArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.createChatRoom` gives. */
export type MutationCreateChatRoomResult = ChatRoom;

/** Context in a resolver of `Mutation.joinChatRoom`. */
export type MutationJoinChatRoomContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationJoinChatRoomArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.joinChatRoom` gives. */
export type MutationJoinChatRoomResult = Member;

/** Context in a resolver of `Mutation.sendMessage`. */
export type MutationSendMessageContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationSendMessageArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.sendMessage` gives. */
export type MutationSendMessageResult = Message;

/** Context in a resolver of `Mutation.setTyping`. */
export type MutationSetTypingContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationSetTypingArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.setTyping` gives. */
export type MutationSetTypingResult = Typing;

/** Context in a resolver of `Mutation.markRead`. */
export type MutationMarkReadContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationMarkReadArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.markRead` gives. */
export type MutationMarkReadResult = Member;

/** Context in a resolver of `Mutation.setPresence`. */
export type MutationSetPresenceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationSetPresenceArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.setPresence` gives. */
export type MutationSetPresenceResult = Member;

/** Context in a resolver of `Mutation.removeMember`. */
export type MutationRemoveMemberContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<MutationRemoveMemberArgs, TStash, TPrev, undefined, TResult>;
/** What `Mutation.removeMember` gives. */
export type MutationRemoveMemberResult = RemovedMember;

/** Context in a resolver of `Subscription.onMessageAdded`. */
export type SubscriptionOnMessageAddedContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnMessageAddedArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onMessageAdded` gives. */
export type SubscriptionOnMessageAddedResult = Message | null;

/** Context in a resolver of `Subscription.onUserJoined`. */
export type SubscriptionOnUserJoinedContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnUserJoinedArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onUserJoined` gives. */
export type SubscriptionOnUserJoinedResult = Member | null;

/** Context in a resolver of `Subscription.onUserRemoved`. */
export type SubscriptionOnUserRemovedContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnUserRemovedArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onUserRemoved` gives. */
export type SubscriptionOnUserRemovedResult = RemovedMember | null;

/** Context in a resolver of `Subscription.onMemberChanged`. */
export type SubscriptionOnMemberChangedContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnMemberChangedArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onMemberChanged` gives. */
export type SubscriptionOnMemberChangedResult = Member | null;

/** Context in a resolver of `Subscription.onTyping`. */
export type SubscriptionOnTypingContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any> = Context<SubscriptionOnTypingArgs, TStash, TPrev, undefined, TResult>;
/** What `Subscription.onTyping` gives. */
export type SubscriptionOnTypingResult = Typing | null;

/** Context in a resolver of `ChatRoomListingConnection.items`. */
export type ChatRoomListingConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ChatRoomListingConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ChatRoomListingConnection.items` gives. */
export type ChatRoomListingConnectionItemsResult = Array<ChatRoomListing>;

/** Context in a resolver of `ChatRoom.members`. */
export type ChatRoomMembersContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ChatRoom> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ChatRoom.members` gives. */
export type ChatRoomMembersResult = Array<Member>;

/** Context in a resolver of `ChatRoom.lastMessage`. */
export type ChatRoomLastMessageContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ChatRoom> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ChatRoom.lastMessage` gives. */
export type ChatRoomLastMessageResult = Message | null;

/** Context in a resolver of `ChatRoomConnection.items`. */
export type ChatRoomConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = ChatRoomConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `ChatRoomConnection.items` gives. */
export type ChatRoomConnectionItemsResult = Array<ChatRoom>;

/** Context in a resolver of `Member.place`. */
export type MemberPlaceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Member> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Member.place` gives. */
export type MemberPlaceResult = Place;

/** Context in a resolver of `RemovedMember.place`. */
export type RemovedMemberPlaceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = RemovedMember> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `RemovedMember.place` gives. */
export type RemovedMemberPlaceResult = Place;

/** Context in a resolver of `Message.place`. */
export type MessagePlaceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Message> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Message.place` gives. */
export type MessagePlaceResult = Place;

/** Context in a resolver of `MessageConnection.items`. */
export type MessageConnectionItemsContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = MessageConnection> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `MessageConnection.items` gives. */
export type MessageConnectionItemsResult = Array<Message>;

/** Context in a resolver of `Typing.place`. */
export type TypingPlaceContext<TResult = any, TStash extends Record<string, any> = Record<string, any>, TPrev extends Record<string, any> | undefined = any, TSource extends Record<string, any> = Typing> = Context<unknown, TStash, TPrev, TSource, TResult>;
/** What `Typing.place` gives. */
export type TypingPlaceResult = Place;

/** The chat API as the page uses it. */
import type { ChatRoom, ChatRoomListing, Member, Message, MessageConnection, RemovedMember, Typing } from '../../../resolvers/chat/schema-types';
import { ask, listen } from '../signed-in';

/** What happens in a room. */
export interface RoomEvents {
  message(message: Message): void;
  member(member: Member): void;
  removed(member: RemovedMember): void;
  typing(typing: Typing): void;
  /** The subscription ended: the caller was removed, or may not listen. */
  ended(reason: string): void;
}

const place = 'place { tenantId chatRoomId }';
const memberFields = `${place} userId username joinedAt presence readMessageId`;
const messageFields = `${place} id userId username content messageType timestamp`;

export const listRooms = async () => (await ask<{ items: ChatRoomListing[] }>('query { listChatRooms(limit: 100) { items { id name } } }')).items;

export const createRoom = (name: string) => ask<ChatRoomListing>('mutation ($name: String!) { createChatRoom(name: $name) { id name } }', { name });

/** Joins, if need be, and reads the room. */
export async function enterRoom(id: string): Promise<ChatRoom> {
  await ask(`mutation ($id: ID!) { joinChatRoom(chatRoomId: $id) { ${memberFields} } }`, { id });
  return ask(`query ($id: ID!) { getChatRoom(id: $id) { id name ownerId createdAt members { ${memberFields} } } }`, { id });
}

/** Newest first. */
export const readMessages = (id: string, nextToken: string | null = null) =>
  ask<MessageConnection>(`query ($id: ID!, $nextToken: String) { getMessages(chatRoomId: $id, limit: 30, nextToken: $nextToken) { items { ${messageFields} } nextToken } }`, { id, nextToken });

export const send = (chatRoomId: string, content: string) => ask<Message>(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${messageFields} } }`, { input: { chatRoomId, content } });

export const setTyping = (id: string, isTyping: boolean) =>
  ask<Typing>(`mutation ($id: ID!, $isTyping: Boolean!) { setTyping(chatRoomId: $id, isTyping: $isTyping) { ${place} userId username isTyping } }`, { id, isTyping });

export const setPresence = (id: string, status: 'ONLINE' | 'OFFLINE') =>
  ask<Member>(`mutation ($id: ID!, $status: PresenceStatus!) { setPresence(chatRoomId: $id, status: $status) { ${memberFields} } }`, { id, status });

export const markRead = (id: string, messageId: string) =>
  ask<Member>(`mutation ($id: ID!, $messageId: ID!) { markRead(chatRoomId: $id, messageId: $messageId) { ${memberFields} } }`, { id, messageId });

export const removeMember = (id: string, userId: string) =>
  ask<RemovedMember>(`mutation ($id: ID!, $userId: ID!) { removeMember(chatRoomId: $id, userId: $userId) { ${place} userId username } }`, { id, userId });

/** Listens to a room. @returns what stops it */
export function follow(id: string, events: RoomEvents): () => void {
  const fields: [field: string, selection: string, next: (value: never) => void][] = [
    ['onMessageAdded', messageFields, events.message],
    ['onUserJoined', memberFields, events.member],
    ['onMemberChanged', memberFields, events.member],
    ['onUserRemoved', `${place} userId username`, events.removed],
    ['onTyping', `${place} userId username isTyping`, events.typing],
  ];
  const stops = fields.map(([field, selection, next]) => {
    const query = `subscription ($id: ID!) { ${field}(chatRoomId: $id) { ${selection} } }`;
    return listen<never>(field, query, { id }, next, events.ended);
  });
  return () => stops.forEach((stop) => stop());
}

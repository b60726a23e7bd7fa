/** The chat from end to end: the stack as it is synthesized, run by the local API. */
import { type Chat, openChat } from './chat';
import type { Client } from './shop';

let chat: Chat;
let alice: Client;
let bob: Client;
let mallory: Client;

beforeAll(async () => {
  chat = await openChat();
  alice = await chat.user('alice', 'acme');
  bob = await chat.user('bob', 'acme');
  mallory = await chat.user('mallory', 'globex');
});

afterAll(() => chat?.dispose());

const createRoom = 'mutation ($name: String!) { createChatRoom(name: $name) { id name ownerId members { userId username presence } lastMessage { id } } }';
const join = 'mutation ($id: ID!) { joinChatRoom(chatRoomId: $id) { place { tenantId chatRoomId } userId username presence } }';
const send = `mutation ($chatRoomId: ID!, $content: String!, $messageType: MessageType) {
  sendMessage(input: { chatRoomId: $chatRoomId, content: $content, messageType: $messageType }) { place { tenantId chatRoomId } id userId username content messageType }
}`;
const onMessage = 'subscription ($id: ID!) { onMessageAdded(chatRoomId: $id) { content username } }';

test('smoke', async () => {
  const room = (await alice.get(createRoom, { name: 'Lunch' })).createChatRoom;
  expect(room).toEqual({ id: expect.any(String), name: 'Lunch', ownerId: alice.sub, members: [{ userId: alice.sub, username: 'alice', presence: 'ONLINE' }], lastMessage: null });
  await bob.refusal(send, { chatRoomId: room.id, content: 'hi' });
  await bob.get(join, { id: room.id });
  await bob.get(join, { id: room.id });
  await mallory.refusal(join, { id: room.id });
  const feed = await bob.subscribe(onMessage, { id: room.id });
  await alice.get(send, { chatRoomId: room.id, content: 'hi' });
  await feed.next();
  await bob.get('query($id: ID!) { getMessages(chatRoomId: $id, limit: 1) { items { content } nextToken } getChatRoom(id: $id) { name members { username } lastMessage { content } } listMyChatRooms { items { id } } listChatRooms { items { name } } }', { id: room.id });
  await alice.get('mutation($id: ID!, $u: ID!) { removeMember(chatRoomId: $id, userId: $u) { username place { tenantId chatRoomId } } }', { id: room.id, u: bob.sub });
});

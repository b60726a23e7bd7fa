/** The chat from end to end: the stack as it is synthesized, run by the local API. Rooms of two tenants have the same id. */
import type * as tableStore from '../../lib/local/data-sources/table-store';
import { type Chat, openChat } from './chat';
import type { Client, LiveFeed } from './shop';

/** Names of the DynamoDB operations since `operationsOf` last began. */
const mockOperations: string[] = [];

jest.mock('../../lib/local/data-sources/table-store', () => {
  const actual = jest.requireActual<typeof tableStore>('../../lib/local/data-sources/table-store');
  return {
    ...actual,
    openTableStore: async (...options: Parameters<typeof actual.openTableStore>): Promise<tableStore.TableStore> => {
      const store = await actual.openTableStore(...options);
      return {
        ensureTables: (tables) => store.ensureTables(tables),
        call: (operation, parameters) => {
          mockOperations.push(operation);
          return store.call(operation, parameters);
        },
        close: () => store.close(),
      };
    },
  };
});

/** What the tables were asked while `work` ran. */
async function operationsOf(work: () => Promise<unknown>): Promise<string[]> {
  mockOperations.length = 0;
  await work();
  return [...mockOperations];
}

let chat: Chat;
/** Of the tenant acme. */
let alice: Client;
let bob: Client;
let carol: Client;
/** Of the tenant globex, with a room of the same id as acme's. */
let mallory: Client;

beforeAll(async () => {
  chat = await openChat();
  alice = await chat.user('alice', 'acme');
  bob = await chat.user('bob', 'acme');
  carol = await chat.user('carol', 'acme');
  mallory = await chat.user('mallory', 'globex');
  // Nobody who signs in owns the rooms of the seeds; mallory is to own the one with acme's id.
  const owner = { room: 'globex#general', userId: mallory.sub, user: `globex#${mallory.sub}`, place: { tenantId: 'globex', chatRoomId: 'general' }, username: 'mallory' };
  await chat.local.seed('Chat', 'Members', [{ ...owner, role: 'OWNER', status: 'ACTIVE', joinedAt: '2025-06-03T09:00:00.000Z', presence: 'ONLINE', lastSeen: 0 }]);
  await alice.get(join, { id: 'general' });
});

afterAll(() => chat?.dispose());

const place = 'place { tenantId chatRoomId }';
const createRoom = 'mutation ($name: String!) { createChatRoom(name: $name) { id name ownerId members { userId username presence } lastMessage { id } } }';
const join = `mutation ($id: ID!) { joinChatRoom(chatRoomId: $id) { ${place} userId username presence } }`;
const send = `mutation ($id: ID!, $content: String!, $type: MessageType) {
  sendMessage(input: { chatRoomId: $id, content: $content, messageType: $type }) { ${place} id userId username content messageType }
}`;
const setTyping = `mutation ($id: ID!) { setTyping(chatRoomId: $id, isTyping: true) { ${place} userId username isTyping } }`;
const markRead = `mutation ($id: ID!, $message: ID!) { markRead(chatRoomId: $id, messageId: $message) { ${place} userId readMessageId } }`;
const setPresence = `mutation ($id: ID!, $status: PresenceStatus!) { setPresence(chatRoomId: $id, status: $status) { ${place} userId presence } }`;
const remove = `mutation ($id: ID!, $user: ID!) { removeMember(chatRoomId: $id, userId: $user) { ${place} userId username } }`;
const getRoom = 'query ($id: ID!) { getChatRoom(id: $id) { id name members { username presence readMessageId } lastMessage { content } } }';
const getMessages = 'query ($id: ID!, $limit: Int, $nextToken: String) { getMessages(chatRoomId: $id, limit: $limit, nextToken: $nextToken) { items { content username } nextToken } }';
const listRooms = 'query ($limit: Int, $nextToken: String) { listChatRooms(limit: $limit, nextToken: $nextToken) { items { id name } nextToken } }';
const listMine = 'query ($limit: Int, $nextToken: String) { listMyChatRooms(limit: $limit, nextToken: $nextToken) { items { id name } nextToken } }';
const onMessage = 'subscription ($id: ID!) { onMessageAdded(chatRoomId: $id) { content username } }';

/** A room of alice's own, with bob in it. */
async function newRoom(name = 'Room'): Promise<string> {
  const { id } = (await alice.get(createRoom, { name })).createChatRoom as { id: string };
  await bob.get(join, { id });
  return id;
}

async function say(client: Client, id: string, content: string): Promise<string> {
  return (await client.get(send, { id, content })).sendMessage.id as string;
}

const unauthorized = (field: string, type = 'Mutation') => ({ errorType: 'Unauthorized', message: `Not Authorized to access ${field} on type ${type}` });

describe('a room', () => {
  it('has its maker as owner and first member', async () => {
    const { createChatRoom } = await alice.get(createRoom, { name: ' Lunch ' });

    expect(createChatRoom).toEqual({ id: expect.any(String), name: 'Lunch', ownerId: alice.sub, members: [{ userId: alice.sub, username: 'alice', presence: 'ONLINE' }], lastMessage: null });
  });

  it.each([
    ['empty', '  ', 0],
    ['long', 'x'.repeat(81), 81],
  ])('takes no %s name', async (_title, name, length) => {
    expect(await alice.refusal(createRoom, { name })).toEqual({ errorType: 'BadRequest', message: `"name" must have 1 to 80 characters, got ${length}` });
  });

  it('is listed for the tenant by name alone, and for members as it is', async () => {
    const id = await newRoom('Listed');

    expect((await carol.get(listRooms, { limit: 100 })).listChatRooms.items).toContainEqual({ id, name: 'Listed' });
    expect((await carol.ask('{ listChatRooms { items { members { username } } } }')).errors?.[0]?.message).toContain("Field 'members' in type 'ChatRoomListing' is undefined");
    expect((await bob.get(listMine)).listMyChatRooms.items[0]).toEqual({ id, name: 'Listed' });
    expect((await carol.get(listMine)).listMyChatRooms).toEqual({ items: [], nextToken: null });
  });

  it('pages through the rooms of a member, the last joined first', async () => {
    const dave = await chat.user('dave', 'acme');
    const ids = [await newRoom('One'), await newRoom('Two'), await newRoom('Three')];
    for (const id of ids) await dave.get(join, { id });
    const first = (await dave.get(listMine, { limit: 2 })).listMyChatRooms;
    const second = (await dave.get(listMine, { limit: 2, nextToken: first.nextToken })).listMyChatRooms;

    expect([...first.items, ...second.items].map((room: { id: string }) => room.id).sort()).toEqual([...ids].sort());
  });

  it('is joined once', async () => {
    const id = await newRoom();

    expect((await bob.get(join, { id })).joinChatRoom).toEqual({ place: { tenantId: 'acme', chatRoomId: id }, userId: bob.sub, username: 'bob', presence: 'ONLINE' });
    expect((await bob.get(getRoom, { id })).getChatRoom.members).toHaveLength(2);
    expect(await bob.refusal(join, { id: 'nowhere' })).toEqual({ errorType: 'NotFound', message: 'there is no chat room "nowhere"' });
  });
});

describe('messages', () => {
  it('come newest first, page by page, each page by one Query', async () => {
    const id = await newRoom();
    for (const content of ['one', 'two', 'three']) await say(alice, id, content);

    let first = { items: [] as { content: string }[], nextToken: null as string | null };
    const operations = await operationsOf(async () => (first = (await bob.get(getMessages, { id, limit: 2 })).getMessages));
    const second = (await bob.get(getMessages, { id, limit: 2, nextToken: first.nextToken })).getMessages;

    expect(operations).toEqual(['GetItem', 'Query']);
    expect([...first.items, ...second.items].map(({ content }) => content)).toEqual(['three', 'two', 'one']);
    expect((await bob.get(getRoom, { id })).getChatRoom.lastMessage).toEqual({ content: 'three' });
  });

  it.each([
    ['nothing', '', 0],
    ['blanks', '   ', 3],
    ['more than 4,000 characters', 'x'.repeat(4_001), 4_001],
  ])('of %s are refused', async (_what, content, length) => {
    expect(await alice.refusal(send, { id: 'general', content })).toEqual({ errorType: 'BadRequest', message: `"content" must have 1 to 4000 characters and not be blank, got ${length}` });
  });

  it.each([0, 101])('come in no page of %i', async (limit) => {
    expect(await alice.refusal(getMessages, { id: 'general', limit })).toEqual({ errorType: 'BadRequest', message: `"limit" must be between 1 and 100, got ${limit}` });
  });

  it('reach the members who listen, in the order they were sent', async () => {
    const id = await newRoom();
    const feed = await bob.subscribe(onMessage, { id });
    await say(alice, id, 'hello');
    await say(bob, id, 'hi');

    expect(await feed.next()).toEqual({ data: { onMessageAdded: { content: 'hello', username: 'alice' } } });
    expect(await feed.next()).toEqual({ data: { onMessageAdded: { content: 'hi', username: 'bob' } } });
  });

  it('stay in their room', async () => {
    const [here, elsewhere] = [await newRoom(), await newRoom()];
    const feed = await bob.subscribe(onMessage, { id: here });
    await say(alice, elsewhere, 'not for here');
    await say(alice, here, 'for here');

    expect(await feed.next()).toEqual({ data: { onMessageAdded: { content: 'for here', username: 'alice' } } });
  });
});

describe('signs of life', () => {
  it('typing is told and stored nowhere', async () => {
    const id = await newRoom();
    const feed = await bob.subscribe('subscription ($id: ID!) { onTyping(chatRoomId: $id) { username isTyping } }', { id });
    const operations = await operationsOf(() => alice.get(setTyping, { id }));

    expect(operations).toEqual(['GetItem']);
    expect(await feed.next()).toEqual({ data: { onTyping: { username: 'alice', isTyping: true } } });
  });

  it('read marks go forward and never back', async () => {
    const id = await newRoom();
    const [first, second] = [await say(alice, id, 'one'), await say(alice, id, 'two')];
    const feed = await alice.subscribe('subscription ($id: ID!) { onMemberChanged(chatRoomId: $id) { userId readMessageId } }', { id });

    expect((await bob.get(markRead, { id, message: second })).markRead).toMatchObject({ userId: bob.sub, readMessageId: second });
    expect((await bob.get(markRead, { id, message: first })).markRead).toMatchObject({ readMessageId: second });
    expect(await feed.next()).toEqual({ data: { onMemberChanged: { userId: bob.sub, readMessageId: second } } });
    expect(await bob.refusal(markRead, { id, message: 'latest' })).toEqual({ errorType: 'BadRequest', message: '"messageId" is not the id of a message, got "latest"' });
  });

  it('presence is told, and fades when nothing more is heard', async () => {
    const id = await newRoom();
    const feed = await alice.subscribe('subscription ($id: ID!) { onMemberChanged(chatRoomId: $id) { userId presence } }', { id });
    await bob.get(setPresence, { id, status: 'AWAY' });
    const presences = async () => Object.fromEntries(((await alice.get(getRoom, { id })).getChatRoom.members as { username: string; presence: string }[]).map(({ username, presence }) => [username, presence]));

    expect(await feed.next()).toEqual({ data: { onMemberChanged: { userId: bob.sub, presence: 'AWAY' } } });
    expect(await presences()).toEqual({ alice: 'ONLINE', bob: 'AWAY' });

    chat.later(91_000);
    await alice.get(setPresence, { id, status: 'ONLINE' });
    expect(await presences()).toEqual({ alice: 'ONLINE', bob: 'OFFLINE' });
  });

  it('newcomers are announced', async () => {
    const id = await newRoom();
    const feed = await alice.subscribe('subscription ($id: ID!) { onUserJoined(chatRoomId: $id) { userId username } }', { id });
    await carol.get(join, { id });

    expect(await feed.next()).toEqual({ data: { onUserJoined: { userId: carol.sub, username: 'carol' } } });
  });
});

describe('who is no member', () => {
  const calls: [string, string, string, object][] = [
    ['read the room', 'Query.getChatRoom', getRoom, {}],
    ['read its messages', 'Query.getMessages', getMessages, {}],
    ['write to it', 'Mutation.sendMessage', send, { content: 'hi' }],
    ['type in it', 'Mutation.setTyping', setTyping, {}],
    ['read up to a message', 'Mutation.markRead', markRead, { message: '01JWQFZ8W00000000000000001' }],
    ['be present in it', 'Mutation.setPresence', setPresence, { status: 'ONLINE' }],
    ['remove somebody', 'Mutation.removeMember', remove, { user: 'somebody' }],
  ];

  it.each(calls)('cannot %s, nor learn whether it exists', async (_what, coordinate, query, variables) => {
    const id = await newRoom();
    const [type, field = ''] = coordinate.split('.');

    expect(await carol.refusal(query, { id, ...variables })).toEqual(unauthorized(field, type));
    expect(await carol.refusal(query, { id: 'nowhere', ...variables })).toEqual(unauthorized(field, type));
  });

  it.each(['onMessageAdded', 'onUserJoined', 'onUserRemoved', 'onMemberChanged', 'onTyping'])('cannot subscribe to %s', async (field) => {
    const id = await newRoom();

    await expect(carol.subscribe(`subscription ($id: ID!) { ${field}(chatRoomId: $id) { __typename } }`, { id })).rejects.toThrow(`Not Authorized to access ${field} on type Subscription`);
  });
});

describe('moderation', () => {
  it('ends every subscription of the removed member at once, tells the room, and keeps the others listening', async () => {
    const id = await newRoom();
    const fields = { onMessageAdded: 'content', onUserJoined: 'username', onUserRemoved: 'username', onMemberChanged: 'username', onTyping: 'username' };
    const ofBob: LiveFeed[] = [];
    for (const [field, selection] of Object.entries(fields)) ofBob.push(await bob.subscribe(`subscription ($id: ID!) { ${field}(chatRoomId: $id) { ${selection} } }`, { id }));
    const ofAlice = await alice.subscribe(onMessage, { id });
    const removals = await alice.subscribe('subscription ($id: ID!) { onUserRemoved(chatRoomId: $id) { username } }', { id });

    expect((await alice.get(remove, { id, user: bob.sub })).removeMember).toEqual({ place: { tenantId: 'acme', chatRoomId: id }, userId: bob.sub, username: 'bob' });
    await Promise.all(ofBob.map((feed) => feed.ended()));
    await say(alice, id, 'now that he is gone');

    expect(await removals.next()).toEqual({ data: { onUserRemoved: { username: 'bob' } } });
    expect(await ofAlice.next()).toEqual({ data: { onMessageAdded: { content: 'now that he is gone', username: 'alice' } } });
    expect(ofBob.map((feed) => feed.waiting())).toEqual([0, 0, 0, 0, 0]);
  });

  it('leaves the subscriptions of that member to other rooms alone', async () => {
    const [left, kept] = [await newRoom(), await newRoom()];
    const feed = await bob.subscribe(onMessage, { id: kept });
    await alice.get(remove, { id: left, user: bob.sub });
    await say(alice, kept, 'still here?');

    expect(await feed.next()).toEqual({ data: { onMessageAdded: { content: 'still here?', username: 'alice' } } });
  });

  it('is for good: the removed can neither read, write, listen nor come back', async () => {
    const id = await newRoom();
    await alice.get(remove, { id, user: bob.sub });

    expect(await bob.refusal(join, { id })).toEqual(unauthorized('joinChatRoom'));
    expect(await bob.refusal(send, { id, content: 'hi' })).toEqual(unauthorized('sendMessage'));
    expect(await bob.refusal(setPresence, { id, status: 'ONLINE' })).toEqual(unauthorized('setPresence'));
    expect(await bob.refusal(markRead, { id, message: '01JWQFZ8W00000000000000001' })).toEqual(unauthorized('markRead'));
    await expect(bob.subscribe(onMessage, { id })).rejects.toThrow('Not Authorized to access onMessageAdded on type Subscription');
    expect((await alice.get(getRoom, { id })).getChatRoom.members).toHaveLength(1);
    expect((await bob.get(listMine, { limit: 100 })).listMyChatRooms.items).not.toContainEqual({ id, name: 'Room' });
  });

  it('is the owner’s, who stays', async () => {
    const id = await newRoom();

    expect(await bob.refusal(remove, { id, user: alice.sub })).toEqual(unauthorized('removeMember'));
    expect(await alice.refusal(remove, { id, user: alice.sub })).toEqual({ errorType: 'BadRequest', message: 'the owner of a room cannot be removed' });
    expect(await alice.refusal(remove, { id, user: carol.sub })).toEqual({ errorType: 'NotFound', message: `"${carol.sub}" is no member of the room` });
  });
});

describe('tenants', () => {
  it('with a room of the same id see each other’s messages, members and events nowhere', async () => {
    const [ours, theirs] = [await alice.subscribe(onMessage, { id: 'general' }), await mallory.subscribe(onMessage, { id: 'general' })];
    await say(alice, 'general', 'for acme');
    await say(mallory, 'general', 'for globex');

    expect(await ours.next()).toEqual({ data: { onMessageAdded: { content: 'for acme', username: 'alice' } } });
    expect(await theirs.next()).toEqual({ data: { onMessageAdded: { content: 'for globex', username: 'mallory' } } });
    expect((await mallory.get(getMessages, { id: 'general' })).getMessages.items.map(({ content }: { content: string }) => content)).toEqual(['for globex', 'Welcome to Globex.']);
    expect((await mallory.get(getRoom, { id: 'general' })).getChatRoom).toMatchObject({ members: [{ username: 'mallory' }], lastMessage: { content: 'for globex' } });
    expect((await mallory.get(listRooms)).listChatRooms).toEqual({ items: [{ id: 'general', name: 'General' }], nextToken: null });
  });

  it('cannot reach a room by its id, however it is written', async () => {
    const room = await newRoom();

    for (const id of [room, `acme#${room}`, `#${room}`, `globex#../acme#${room}`, `acme#general`, '']) {
      expect(await mallory.refusal(getMessages, { id })).toEqual(unauthorized('getMessages', 'Query'));
      expect(await mallory.refusal(getRoom, { id })).toEqual(unauthorized('getChatRoom', 'Query'));
      expect(await mallory.refusal(send, { id, content: 'hi' })).toEqual(unauthorized('sendMessage'));
      expect(await mallory.refusal(setTyping, { id })).toEqual(unauthorized('setTyping'));
      expect(await mallory.refusal(markRead, { id, message: '01JWQFZ8W00000000000000001' })).toEqual(unauthorized('markRead'));
      expect(await mallory.refusal(setPresence, { id, status: 'AWAY' })).toEqual(unauthorized('setPresence'));
      expect(await mallory.refusal(remove, { id, user: alice.sub })).toEqual(unauthorized('removeMember'));
      await expect(mallory.subscribe(onMessage, { id })).rejects.toThrow('Not Authorized to access onMessageAdded on type Subscription');
    }
    for (const id of [room, `acme#${room}`]) expect((await mallory.refusal(join, { id })).errorType).toBe('NotFound');
  });

  it('do not follow from names that contain the separator', async () => {
    const impostor = await chat.user('impostor', 'acme#general');

    expect(await impostor.refusal(listRooms)).toEqual(unauthorized('listChatRooms', 'Query'));
    expect(await impostor.refusal(createRoom, { name: 'Room' })).toEqual(unauthorized('createChatRoom'));
    expect(await impostor.refusal(getMessages, { id: '' })).toEqual(unauthorized('getMessages', 'Query'));
    await expect(impostor.subscribe(onMessage, { id: 'x' })).rejects.toThrow('Not Authorized to access onMessageAdded on type Subscription');
  });

  it('are needed: a user without one can do nothing', async () => {
    const nobody = await chat.user('nobody');

    expect(await nobody.refusal(listRooms)).toEqual(unauthorized('listChatRooms', 'Query'));
    expect(await nobody.refusal(listMine)).toEqual(unauthorized('listMyChatRooms', 'Query'));
    expect(await nobody.refusal(createRoom, { name: 'Room' })).toEqual(unauthorized('createChatRoom'));
    expect(await nobody.refusal(join, { id: 'general' })).toEqual(unauthorized('joinChatRoom'));
    await expect(nobody.subscribe(onMessage, { id: 'general' })).rejects.toThrow('Not Authorized to access onMessageAdded on type Subscription');
  });

  it('cannot turn the pages of another, of other rooms, or of other users', async () => {
    const id = await newRoom();
    for (const content of ['one', 'two', 'secret']) await say(alice, id, content);
    const messages = (await alice.get(getMessages, { id, limit: 1 })).getMessages.nextToken as string;
    const rooms = (await alice.get(listRooms, { limit: 1 })).listChatRooms.nextToken as string;
    const mine = (await alice.get(listMine, { limit: 1 })).listMyChatRooms.nextToken as string;
    expect([messages, rooms, mine]).toEqual([expect.any(String), expect.any(String), expect.any(String)]);

    for (const [query, variables, nextToken] of [
      [getMessages, { id: 'general' }, messages],
      [listRooms, {}, rooms],
      [listMine, {}, mine],
    ] as const) {
      const { data, errors } = await mallory.ask(query, { ...variables, nextToken });
      expect(JSON.stringify(data)).not.toMatch(/one|two|secret|acme|Lunch|Listed|Room/);
      expect(data).toBeNull();
      expect(errors).toHaveLength(1);
    }
    // Nor does a member get at another room of the same tenant with them.
    expect((await alice.ask(getMessages, { id: 'general', nextToken: messages })).data).toBeNull();
  });

  it('keep nested fields apart: a room leads to its own tenant’s members and messages', async () => {
    const query = '{ listMyChatRooms(limit: 100) { items { id members { place { tenantId } } lastMessage { place { tenantId } } } } }';
    const seenBy = async (client: Client) => [...new Set([...JSON.stringify((await client.get(query)).listMyChatRooms).matchAll(/"tenantId":"(\w+)"/g)].map(([, tenant]) => tenant))];

    expect(await seenBy(alice)).toEqual(['acme']);
    expect(await seenBy(mallory)).toEqual(['globex']);
  });

  it('cannot be posed as: no selection renames a text of the sender’s into the place of a message', async () => {
    const feed = await alice.subscribe(onMessage, { id: 'general' });
    const forged = (selection: string) => `mutation ($content: String!) { sendMessage(input: { chatRoomId: "general", content: $content }) { content username ${selection} } }`;
    for (const selection of ['tenantId: content chatRoomId: content', 'place { tenantId: chatRoomId chatRoomId: tenantId }', 'place { tenantId: chatRoomId chatRoomId }']) {
      await mallory.get(forged(selection), { content: 'acme' });
      await mallory.get(forged(selection), { content: 'general' });
    }
    await say(alice, 'general', 'the first that is heard');

    expect(await feed.next()).toEqual({ data: { onMessageAdded: { content: 'the first that is heard', username: 'alice' } } });
    expect((await mallory.ask(forged('place: username { tenantId }'), { content: 'acme' })).errors).toHaveLength(1);
  });

  it('end no subscriptions of another: a removal reaches the same user in the room of the same id of its own tenant', async () => {
    const twin = await chat.user('alice', 'globex');
    expect(twin.sub).toBe(alice.sub);
    await twin.get(join, { id: 'general' });
    const [ours, theirs] = [await alice.subscribe(onMessage, { id: 'general' }), await twin.subscribe(onMessage, { id: 'general' })];

    await mallory.get(remove, { id: 'general', user: twin.sub });
    await theirs.ended();
    await say(alice, 'general', 'still here');

    expect(await ours.next()).toEqual({ data: { onMessageAdded: { content: 'still here', username: 'alice' } } });
    expect(await twin.refusal(join, { id: 'general' })).toEqual(unauthorized('joinChatRoom'));
  });
});

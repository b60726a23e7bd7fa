/** The page: what is shown, and what the buttons do. Plain DOM; everything a user wrote goes in as text. */
import type { ChatRoom, Member, Message } from '../../../resolvers/chat/schema-types';
import { arrange, complain, element, guard, one, onSubmit } from '../elements';
import { type Me, showConnection, signIn } from '../signed-in';
import { createRoom, enterRoom, follow, listRooms, markRead, readMessages, removeMember, send, setPresence, setTyping } from './chat-client';
import { MessageList } from './message-list';

const presenceEveryMs = 60_000;
const typingShownMs = 4_000;

interface OpenRoom {
  readonly room: ChatRoom;
  readonly members: Map<string, Member>;
  readonly typing: Map<string, { readonly username: string; readonly timer: number }>;
  older: string | null;
  stop(): void;
}

let me: Me;
let open: OpenRoom | undefined;
/** How often somebody has gone to a room or left one: what answers to an earlier time comes too late. */
let moves = 0;
/** Epoch milliseconds until which others know that somebody types here. */
let typingUntil = 0;

const chat = one<HTMLElement>('#chat');
const messageInput = one<HTMLInputElement>('#send input');
const messages = new MessageList(one('#messages'), ({ userId }) => userId === me.sub);

submitted('#sign-in', async ({ username = '', tenant = '' }) => {
  me = await signIn(username, { 'custom:tenantId': tenant });
  one('#me').textContent = `${me.username} · ${tenant}`;
  one('#sign-in').hidden = true;
  chat.hidden = false;
  showConnection(one('#connection'), () => void guard(catchUp));
  await showRooms();
});

submitted('#new-room', async ({ name = '' }, form) => {
  const room = await createRoom(name);
  form.reset();
  await showRooms();
  await enter(room.id);
});

submitted('#send', async ({ content = '' }, form) => {
  if (!open || content === '') return;
  form.reset();
  typingUntil = 0;
  try {
    // Shown when it comes back as an event, like everybody else's; or here, should the connection be gone.
    showMessage(await send(open.room.id, content));
  } catch (error) {
    // What was not sent need not be written again.
    if (messageInput.value === '') messageInput.value = content;
    throw error;
  }
});

messageInput.addEventListener('input', () => {
  if (!open || Date.now() < typingUntil) return;
  typingUntil = Date.now() + typingShownMs / 2;
  const { id } = open.room;
  void guard(() => setTyping(id, true));
});

one('#older').addEventListener('click', () => void guard(readOlder));
one('#newer').addEventListener('click', () => messages.scrollToEnd());
one('#messages').addEventListener('scroll', () => {
  if (messages.isAtEnd) one('#newer').hidden = true;
});
// No event tells of rooms that others make.
window.addEventListener('focus', () => !chat.hidden && void guard(showRooms));
setInterval(() => void guard(stay), presenceEveryMs);

async function showRooms(): Promise<void> {
  const list = one('#rooms');
  const known = new Map([...list.querySelectorAll('button')].map((button) => [button.dataset.room, button.parentElement]));
  arrange(
    list,
    (await listRooms()).map(({ id, name }) => {
      const shown = known.get(id);
      if (shown) return shown;
      const button = element('button', name);
      button.dataset.room = id;
      button.addEventListener('click', () => void guard(() => enter(id)));
      return element('li', button);
    }),
  );
  markRoom();
}

function markRoom(): void {
  for (const button of document.querySelectorAll<HTMLElement>('#rooms button')) {
    if (open && button.dataset.room === open.room.id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

async function enter(id: string): Promise<void> {
  leave();
  const move = moves;
  const room = await enterRoom(id);
  if (move !== moves) return;
  const entered: OpenRoom = { room, members: new Map(room.members.map((member) => [member.userId, member])), typing: new Map(), older: null, stop: () => undefined };
  open = entered;
  const isOpen = () => open === entered;
  entered.stop = follow(id, {
    message: (message) => isOpen() && showMessage(message),
    member: (member) => isOpen() && showMember(member),
    removed: ({ userId }) => {
      if (!isOpen()) return;
      entered.members.delete(userId);
      if (userId === me.sub) leave('You were removed from this room.');
      else showMembers();
    },
    typing: ({ userId, username, isTyping }) => isOpen() && userId !== me.sub && showTyping(userId, isTyping ? username : undefined),
    ended: (reason) => isOpen() && reason !== '' && leave(reason),
  });
  one('#room').textContent = room.name;
  one('#messages').dataset.empty = 'Nothing has been said here yet.';
  markRoom();
  enable(true);
  showMembers();
  messageInput.focus();
  await readOlder();
  await stay();
}

/** Tells the others that somebody is here. */
async function stay(): Promise<void> {
  if (!open) return;
  const to = open;
  const member = await setPresence(to.room.id, 'ONLINE');
  if (open === to) showMember(member);
}

function leave(reason = ''): void {
  moves++;
  open?.stop();
  open = undefined;
  one('#room').textContent = '';
  messages.clear();
  one('#messages').dataset.empty = 'Choose a room, or make one.';
  for (const list of ['#members', '#typing']) one(list).replaceChildren();
  for (const button of ['#older', '#newer']) one(button).hidden = true;
  markRoom();
  enable(false);
  complain(reason);
}

/** The page before those that are shown, which to begin with is the last. */
async function readOlder(): Promise<void> {
  if (!open) return;
  const to = open;
  const { items, nextToken } = await readMessages(to.room.id, to.older);
  if (open !== to) return;
  to.older = nextToken ?? null;
  one('#older').hidden = to.older === null;
  messages.add(items);
}

/** What happened while the connection was away: who is there, and what was said, back to what is known. */
async function catchUp(): Promise<void> {
  if (!open) return;
  const to = open;
  const { members } = await enterRoom(to.room.id);
  to.members.clear();
  for (const member of members) to.members.set(member.userId, member);
  for (let from: string | null = null; open === to; ) {
    showMembers();
    const { items, nextToken } = await readMessages(to.room.id, from);
    if (open !== to || messages.add(items) < items.length || !nextToken) return;
    from = nextToken;
  }
}

function showMessage(message: Message): void {
  if (!open || message.place.chatRoomId !== open.room.id) return;
  const { isAtEnd } = messages;
  if (messages.add([message]) === 0) return;
  showTyping(message.userId, undefined);
  const { id } = open.room;
  if (message.userId === me.sub) return messages.scrollToEnd();
  one('#newer').hidden = isAtEnd;
  if (document.visibilityState === 'visible') void guard(() => markRead(id, message.id));
}

function showMember(member: Member): void {
  open?.members.set(member.userId, member);
  showMembers();
}

function showMembers(): void {
  if (!open) return;
  const { room, members } = open;
  one('#members').replaceChildren(
    ...[...members.values()].map(({ userId, username, presence }) => {
      const state = element('small', presence.toLowerCase());
      const item = element('li', element('span', username), state);
      item.dataset.presence = presence;
      if (room.ownerId === me.sub && userId !== me.sub) {
        const remove = element('button', '×');
        remove.title = `Remove ${username}`;
        remove.setAttribute('aria-label', remove.title);
        remove.addEventListener('click', () => void guard(() => removeMember(room.id, userId)));
        item.append(remove);
      }
      return item;
    }),
  );
}

function showTyping(userId: string, username: string | undefined): void {
  if (!open) return;
  const { typing } = open;
  clearTimeout(typing.get(userId)?.timer);
  if (username === undefined) typing.delete(userId);
  else typing.set(userId, { username, timer: window.setTimeout(() => showTyping(userId, undefined), typingShownMs) });
  const names = [...typing.values()].map((person) => person.username);
  one('#typing').textContent = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} typing …`;
}

function enable(isEnabled: boolean): void {
  for (const control of document.querySelectorAll<HTMLInputElement | HTMLButtonElement>('#send > *')) control.disabled = !isEnabled;
}

function submitted(selector: string, act: (fields: Readonly<Record<string, string>>, form: HTMLFormElement) => Promise<void>): void {
  onSubmit(selector, (fields, form) => void guard(() => act(fields, form)));
}

/** The page: what is shown, and what the buttons do. Plain DOM; everything a user wrote goes in as text. */
import type { ChatRoom, Member, Message } from '../../../resolvers/chat/schema-types';
import { element, one, onSubmit } from '../elements';
import { type Me, showConnection, signIn } from '../signed-in';
import { createRoom, enterRoom, follow, listRooms, markRead, readMessages, removeMember, send, setPresence, setTyping } from './chat-client';

const presenceEveryMs = 60_000;
const typingShownMs = 4_000;

interface OpenRoom {
  readonly room: ChatRoom;
  readonly members: Map<string, Member>;
  /** Newest last, by id. */
  readonly messages: Map<string, Message>;
  readonly typing: Map<string, { readonly username: string; readonly timer: number }>;
  older: string | null;
  stop(): void;
}

let me: Me;
let open: OpenRoom | undefined;

const chat = one<HTMLElement>('#chat');
const messageInput = one<HTMLInputElement>('#send input');

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
  if (!open) return;
  form.reset();
  // Shown when it comes back as an event, like everybody else's; or here, should the connection be gone.
  showMessage(await send(open.room.id, content));
});

let typingUntil = 0;
messageInput.addEventListener('input', () => {
  if (!open || Date.now() < typingUntil) return;
  typingUntil = Date.now() + typingShownMs / 2;
  const { id } = open.room;
  void guard(() => setTyping(id, true));
});

one('#older').addEventListener('click', () => void guard(async () => open && addPage(open, await readMessages(open.room.id, open.older))));
setInterval(() => open && void guard(() => setPresence(open?.room.id ?? '', 'ONLINE')), presenceEveryMs);

async function showRooms(): Promise<void> {
  const rooms = await listRooms();
  one('#rooms').replaceChildren(
    ...rooms.map(({ id, name }) => {
      const button = element('button', name);
      button.dataset.room = id;
      button.addEventListener('click', () => void guard(() => enter(id)));
      return element('li', button);
    }),
  );
}

async function enter(id: string): Promise<void> {
  leave();
  const room = await enterRoom(id);
  const entered: OpenRoom = { room, members: new Map(room.members.map((member) => [member.userId, member])), messages: new Map(), typing: new Map(), older: null, stop: () => undefined };
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
  for (const button of document.querySelectorAll<HTMLElement>('#rooms button')) {
    if (button.dataset.room === id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  enable(true);
  addPage(entered, await readMessages(id));
  await setPresence(id, 'ONLINE');
  showMembers();
  messageInput.focus();
}

function leave(reason = ''): void {
  open?.stop();
  open = undefined;
  one('#room').textContent = 'Choose a room';
  for (const list of ['#messages', '#members', '#typing']) one(list).replaceChildren();
  for (const button of document.querySelectorAll('#rooms button')) button.removeAttribute('aria-current');
  one('#older').hidden = true;
  enable(false);
  complain(reason);
}

/** Reads what came while the connection was away. */
async function catchUp(): Promise<void> {
  if (!open) return;
  const { items } = await readMessages(open.room.id);
  for (const message of items) open.messages.set(message.id, message);
  showMessages();
}

function addPage(to: OpenRoom, { items, nextToken }: { readonly items: readonly Message[]; readonly nextToken?: string | null }): void {
  for (const message of items) to.messages.set(message.id, message);
  to.older = nextToken ?? null;
  one('#older').hidden = to.older === null;
  showMessages();
}

function showMessage(message: Message): void {
  if (!open || open.messages.has(message.id) || message.place.chatRoomId !== open.room.id) return;
  open.messages.set(message.id, message);
  showTyping(message.userId, undefined);
  showMessages();
  const { id } = open.room;
  if (message.userId !== me.sub && document.visibilityState === 'visible') void guard(() => markRead(id, message.id));
}

function showMessages(): void {
  const list = one('#messages');
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const messages = [...(open?.messages.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  list.replaceChildren(
    ...messages.map((message) => {
      const who = element('span', `${message.username} · ${new Date(message.timestamp).toLocaleTimeString()}`);
      who.className = 'who';
      const item = element('li', who, message.content);
      item.classList.toggle('mine', message.userId === me.sub);
      return item;
    }),
  );
  if (isAtEnd) list.scrollTop = list.scrollHeight;
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
      const state = element('span', presence.toLowerCase());
      state.className = 'presence';
      const item = element('li', username, state);
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

/** Shows what went wrong, in the part of the page that is on. */
async function guard(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    complain('');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

function complain(problem: string): void {
  one(chat.hidden ? '#sign-in .problem' : 'section .problem').textContent = problem;
}

function submitted(selector: string, act: (fields: Readonly<Record<string, string>>, form: HTMLFormElement) => Promise<void>): void {
  onSubmit(selector, (fields, form) => void guard(() => act(fields, form)));
}

/**
 * The messages of a room as a list: those of one person in a row under one name, a line where a day begins. Rows are made once, so that what
 * somebody selects or reads stays where it is while messages come above and below.
 */
import type { Message } from '../../../resolvers/chat/schema-types';
import { arrange, element } from '../elements';

interface Row {
  readonly item: HTMLLIElement;
  readonly day: HTMLElement;
  readonly who: HTMLElement;
}

/** Messages of one person that are further apart name the person again. */
const pauseMs = 5 * 60_000;
/** Who is that close to the end follows what is said. */
const endPixels = 60;

export class MessageList {
  private readonly messages = new Map<string, Message>();
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly list: HTMLElement,
    private readonly isMine: (message: Message) => boolean,
  ) {}

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < endPixels;
  }

  /** @returns how many were not there yet */
  add(messages: readonly Message[]): number {
    const added = messages.filter(({ id }) => !this.messages.has(id));
    if (added.length === 0) return 0;
    for (const message of added) this.messages.set(message.id, message);
    this.draw();
    return added.length;
  }

  clear(): void {
    this.messages.clear();
    this.rows.clear();
    this.list.replaceChildren();
  }

  scrollToEnd(): void {
    this.list.scrollTop = this.list.scrollHeight;
  }

  private draw(): void {
    const { isAtEnd, list } = this;
    const seen = list.querySelector('li');
    const seenAt = (seen?.offsetTop ?? 0) - list.scrollTop;
    const messages = [...this.messages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    arrange(
      list,
      messages.map((message, i) => {
        const before = messages[i - 1];
        const { item, day, who } = this.row(message);
        day.hidden = before !== undefined && dayOf(before) === dayOf(message);
        who.hidden = day.hidden && before?.userId === message.userId && Date.parse(message.timestamp) - Date.parse(before.timestamp) < pauseMs;
        return item;
      }),
    );
    if (isAtEnd) this.scrollToEnd();
    else if (seen) list.scrollTop = seen.offsetTop - seenAt;
  }

  private row(message: Message): Row {
    const known = this.rows.get(message.id);
    if (known) return known;
    const { id, username, content, timestamp } = message;
    const time = new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const day = element('small', dayOf(message));
    day.className = 'day';
    const who = element('small', `${username} · ${time}`);
    who.className = 'who';
    const text = element('p', content);
    text.title = time;
    const item = element('li', day, who, text);
    item.dataset.message = id;
    item.classList.toggle('mine', this.isMine(message));
    const made = { item, day, who };
    this.rows.set(id, made);
    return made;
  }
}

/** With the year, unless it is this one. */
function dayOf({ timestamp }: Message): string {
  const time = new Date(timestamp);
  const isThisYear = time.getFullYear() === new Date().getFullYear();
  return time.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', ...(!isThisYear && { year: 'numeric' }) });
}

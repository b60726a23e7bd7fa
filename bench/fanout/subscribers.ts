/** A process full of subscribers. Its parent tells it whom to subscribe to, and how many `data` frames to wait for. */
import type { Socket } from 'node:net';
import { subscribe, type Target } from './subscriber';

export type Command =
  /** Opens that many sockets, each with one subscription; the one with number n gets `room: "r<n modulo rooms>"`, or no room when there are none. */
  | { readonly type: 'open'; readonly target: Target; readonly query: string; readonly count: number; readonly rooms: number }
  /** Answers when that many frames have come since this command. */
  | { readonly type: 'expect'; readonly frames: number }
  | { readonly type: 'close' };

/** Handshakes on the way at the same time. */
const concurrency = 64;

const sockets: Socket[] = [];
let received = 0;
let expected = Infinity;

process.on('message', (command: Command) => {
  switch (command.type) {
    case 'open':
      void open(command).then(
        () => process.send?.({ opened: sockets.length }),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
      return;
    case 'expect':
      received = 0;
      expected = command.frames;
      process.send?.({ ready: true });
      return;
    case 'close':
      for (const socket of sockets.splice(0)) socket.destroy();
      process.send?.({ opened: 0 });
      return;
  }
});

async function open({ target, query, count, rooms }: Extract<Command, { type: 'open' }>): Promise<void> {
  let next = 0;
  const onData = () => {
    received++;
    if (received === expected) process.send?.({ received });
  };
  const work = async () => {
    while (next < count) {
      const number = next++;
      sockets.push(await subscribe(target, { query, variables: rooms > 0 ? { room: `r${number % rooms}` } : {}, onData }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

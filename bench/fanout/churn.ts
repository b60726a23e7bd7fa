/**
 * Subscribers that come and go: each connects, subscribes to a room, hears a while and leaves, in good order or not. Every message carries
 * its number in its room, so that a subscriber notices when one is missing, twice there, or out of order.
 */
import type { Socket } from 'node:net';
import { messagesOfRoom } from './api';
import { clientFrame, subscribe, type Target } from './subscriber';

export interface ChurnReport {
  readonly connects: number;
  readonly messages: number;
  /** Messages that did not follow the one before. */
  readonly gaps: number;
  /** Connections that the server ended. */
  readonly cutOff: number;
}

const [target, population, rooms] = JSON.parse(process.argv[2] ?? '') as [Target, number, number];
const report = { connects: 0, messages: 0, gaps: 0, cutOff: 0 };
const numberInText = /"body":"(\d+) /;
let isRunning = true;

process.on('message', () => {
  isRunning = false;
  // Those alive leave within their time; then the count is final.
  void everybody.then(() => process.send?.(report));
});

const everybody = Promise.all(Array.from({ length: population }, (_, index) => comeAndGo(index)));
process.send?.({ ready: true });

async function comeAndGo(index: number): Promise<void> {
  for (let visit = 0; isRunning; visit++) {
    let last: number | undefined;
    let isLeaving = false;
    const socket: Socket = await subscribe(target, {
      query: messagesOfRoom,
      variables: { room: `r${(index + visit) % rooms}` },
      onData: (frame) => {
        const number = Number(numberInText.exec(frame.toString('latin1'))?.[1]);
        if (Number.isNaN(number)) return;
        report.messages++;
        if (last !== undefined && number !== last + 1) report.gaps++;
        last = number;
      },
      onClose: () => {
        if (!isLeaving) report.cutOff++;
      },
    });
    report.connects++;
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 1_800));
    isLeaving = true;
    if (visit % 2 === 0) socket.end(clientFrame('{"type":"stop","id":"00000000-0000-0000-0000-000000000000"}'));
    socket.destroy();
  }
}

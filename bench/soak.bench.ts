/** Subscribers that come and go for ten minutes while messages flow: at the end no event is lost, and memory is what it was after the first tenth. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { everyMessage, sendMutation, template } from './fanout/api';
import type { ChurnReport } from './fanout/churn';
import { Mutator } from './fanout/crowd';
import { subscribe, type Target } from './fanout/subscriber';
import type { Usage } from './fanout/usage';
import { circumstances } from './report';
import { ServerProcess } from './server-process';

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(options.minutes);
const population = 200;
const rooms = 20;
const messagesPerSecond = 100;
/** Growth of the heap that counts as none: caches that fill, code that is compiled. */
const toleratedGrowthBytes = 3_000_000;

void main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-realtime-'));
  try {
    await soak(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soak(folder: string): Promise<void> {
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template()));
  mkdirSync(join(folder, 'programs'));
  const programs = compile(join(folder, 'programs'), 'fanout');
  await using server = await ServerProcess.start<Target>(join(programs, 'our-server.js'), [templateFile]);
  const mutator = new Mutator(server.ready, sendMutation);
  let heard = 0;
  const faithful = await subscribe(server.ready, { query: everyMessage, onData: () => void heard++ });
  const churn = fork(join(programs, 'churn.js'), [JSON.stringify([server.ready, population, rooms])], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(churn, 'message');

  const started = Date.now();
  const durationMs = minutes * 60_000;
  const samples: Usage[] = [];
  const lastNumber = Array.from({ length: rooms }, () => 0);
  let sent = 0;
  while (Date.now() - started < durationMs) {
    // Ten times a second; one connection, so that the numbers of a room are in order.
    await mutator.run(messagesPerSecond / 10, 1, () => {
      const room = sent++ % rooms;
      lastNumber[room]!++;
      return { room: `r${room}`, body: `${lastNumber[room]} lorem ipsum` };
    });
    if (Date.now() - started >= (samples.length + 1) * (durationMs / 10)) samples.push(await server.usage<Usage>());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const reported = once(churn, 'message');
  churn.send('stop');
  const [report] = (await reported) as [ChurnReport];
  churn.kill();
  const deadline = Date.now() + 10_000;
  while (heard < sent && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  const end = await server.usage<Usage>();
  faithful.destroy();
  mutator.close();

  const [first] = samples;
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  const growth = end.heapBytes - (first?.heapBytes ?? end.heapBytes);
  console.log(
    [
      `ran                                        ${minutes} minutes, ${population} subscribers at a time in ${rooms} rooms`,
      `connects                                   ${report.connects.toLocaleString('en-US')}, ${report.cutOff} ended by the server`,
      `messages to those that come and go         ${report.messages.toLocaleString('en-US')}, ${report.gaps} lost, doubled or out of order`,
      `messages to the one that stayed            ${heard.toLocaleString('en-US')}, ${sent - heard} lost`,
      `subscriptions left                         ${end.subscriptions}`,
      `heap after each tenth                      ${samples.map((sample) => megabytes(sample.heapBytes)).join(' ')} MB`,
      `heap, first tenth → end                    ${megabytes(first?.heapBytes ?? 0)} → ${megabytes(end.heapBytes)} MB   budget + ${megabytes(toleratedGrowthBytes)} MB`,
      `resident, first tenth → end                ${megabytes(first?.rssBytes ?? 0)} → ${megabytes(end.rssBytes)} MB`,
      '',
      ...circumstances(),
    ].join('\n'),
  );
  if (report.gaps > 0 || report.cutOff > 0 || heard !== sent || end.subscriptions !== 1 || growth > toleratedGrowthBytes) throw new Error('the soak failed');
}

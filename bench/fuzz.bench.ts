/**
 * 100,000 hostile frames and handshakes against the WebSocket endpoint. The server is a process of its own: it must not end, nor reject a
 * promise unheard, and clients that behave must hear of every event meanwhile.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { body, everyMessage, sendMutation, template } from './fanout/api';
import { Mutator } from './fanout/crowd';
import { subscribe, type Target } from './fanout/subscriber';
import type { Usage } from './fanout/usage';
import { carryOut, makeAttack, randomNumbers, type Victim } from './fuzz/attacks';
import { circumstances } from './report';
import { ServerProcess } from './server-process';

const { values: options } = parseArgs({ options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } });
const wanted = Number(options.count);
const seed = Number(options.seed);
/** Connections at a time. */
const attackers = 20;
const framesOfAttack = 8;
const healthyClients = 10;

void main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-realtime-'));
  try {
    await attack(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attack(folder: string): Promise<void> {
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template()));
  mkdirSync(join(folder, 'programs'));
  const programs = compile(join(folder, 'programs'), 'fanout');
  // An unhandled rejection ends the process, and with it this run.
  await using server = await ServerProcess.start<Target>(join(programs, 'our-server.js'), [templateFile], ['--unhandled-rejections=strict']);
  const { hostname, port, pathname } = new URL(server.ready.url);
  const victim: Victim = { hostname, port: Number(port), path: pathname, apiKey: server.ready.apiKey, subscriptionField: 'onMessage', mutation: 'mutation { send(room: "hostile") { id } }' };
  const mutator = new Mutator(server.ready, sendMutation);

  let heard = 0;
  let closed = 0;
  const healthy = await Promise.all(Array.from({ length: healthyClients }, () => subscribe(server.ready, { query: everyMessage, onData: () => void heard++, onClose: () => void closed++ })));
  const before = await server.usage<Usage>();

  let count = 0;
  let mutations = 0;
  const random = randomNumbers(seed);
  while (count < wanted) {
    const attacks = Array.from({ length: attackers }, () => makeAttack(random, victim, framesOfAttack));
    await Promise.all(attacks.map((each) => carryOut(victim, each)));
    count += attacks.reduce((sum, each) => sum + each.count, 0);
    await mutator.run(1, 1, () => ({ room: 'r0', body }));
    mutations++;
  }
  const deadline = Date.now() + 10_000;
  while (heard < mutations * healthyClients && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));

  const after = await server.usage<Usage>();
  const lost = mutations * healthyClients - heard;
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  console.log(
    [
      `hostile frames and handshakes              ${count.toLocaleString('en-US')} (seed ${seed})`,
      `server                                     alive, ${after.subscriptions} subscriptions left of ${healthyClients}`,
      `healthy clients                            ${closed} of ${healthyClients} closed, ${lost} of ${mutations * healthyClients} events lost`,
      `heap                                       ${megabytes(before.heapBytes)} → ${megabytes(after.heapBytes)} MB`,
      '',
      ...circumstances(),
    ].join('\n'),
  );
  healthy.forEach((socket) => socket.destroy());
  mutator.close();
  if (lost !== 0 || closed > 0 || after.subscriptions !== healthyClients) throw new Error('healthy clients were affected');
}

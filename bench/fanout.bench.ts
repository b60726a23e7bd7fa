/**
 * Fan-out of mutations to WebSocket subscribers: the local AppSync against amplify-appsync-simulator, and against a bare `ws` server that
 * writes a message serialised beforehand. The subscribers are a process of their own, servers are measured in turns.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { body, everyMessage, mappedResolvers, messagesOfRoom, peerKey, schema, sendMutation, template } from './fanout/api';
import { Crowd, Mutator } from './fanout/crowd';
import type { Target } from './fanout/subscriber';
import type { Usage } from './fanout/usage';
import { installPeers, peerProgram, peersFolder } from './peers';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import { ServerProcess } from './server-process';
import { ratios, summarize } from './statistics';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** Sockets of the larger measurements. */
    many: { type: 'string', default: '10000' },
    /** Events of a round and server: messages delivered. */
    messages: { type: 'string', default: '50000' },
    /** Leaves the peer out. */
    alone: { type: 'boolean', default: false },
    /** Folder for a CPU profile of our server. */
    profile: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const many = Number(options.many);
const messages = Number(options.messages);
const few = 500;
const rooms = 1_000;
/** Mutations on the way at the same time. */
const mutators = 16;

interface Candidate {
  readonly name: 'ours' | 'peer' | 'bare ws';
  readonly process: ServerProcess<Target>;
  readonly mutator: Mutator;
}

/** One round of one server. */
interface Round {
  readonly messagesPerSecond: number;
  readonly mutationsPerSecond: number;
  readonly cpuMicrosPerMessage: number;
  readonly cpuMsPerMutation: number;
}

void main();

async function main(): Promise<void> {
  if (!options.alone) installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'bench-fanout-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<void> {
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template()));
  mkdirSync(join(folder, 'programs'));
  const programs = compile(join(folder, 'programs'), 'fanout');
  const program = (name: string) => join(programs, `${name}.js`);
  const lines: string[] = [];

  const toFew = await compare(candidates(), { sockets: few, rooms: 0, mutations: Math.ceil(messages / few) });
  const toMany = await compare(candidates(), { sockets: many, rooms: 0, mutations: Math.ceil(messages / many) });
  const roomMutations = Math.ceil(((messages / many) * rooms) / 10);
  const toRooms = await compare(['ours', 'bare ws'], { sockets: many, rooms, mutations: roomMutations });
  // As many match, and mutations that run together go to other sockets here too; only those that do not match are fewer.
  const toFewRooms = await compare(['ours', 'bare ws'], { sockets: many / 10, rooms: rooms / 10, mutations: roomMutations });
  const idle = await idleMemory();

  const speed = (series: readonly Round[] | undefined) => (series ?? []).map((round) => round.messagesPerSecond);
  const cpu = (series: readonly Round[] | undefined) => (series ?? []).map((round) => round.cpuMicrosPerMessage);
  const cpuOfMutation = (series: readonly Round[] | undefined) => (series ?? []).map((round) => round.cpuMsPerMutation);
  const versus = (name: string, rates: Map<string, Round[]>, sockets: number, budget?: string) => {
    if (!rates.has(name)) return;
    lines.push(
      ratioLine({ name: `to ${sockets}, messages/s: ours / ${name}`, ratio: ratios(speed(rates.get('ours')), speed(rates.get(name))), ...(budget === undefined ? {} : { budget }) }),
      ratioLine({ name: `to ${sockets}, CPU per message: ${name} / ours`, ratio: ratios(cpu(rates.get(name)), cpu(rates.get('ours'))) }),
    );
  };
  versus('peer', toFew, few, '≥ 4×');
  versus('peer', toMany, many, '≥ 10×');
  versus('bare ws', toFew, few, '≥ 0.8×');
  versus('bare ws', toMany, many, '≥ 0.8×');
  lines.push(
    ratioLine({ name: `CPU of a mutation to ${many / rooms} of ${many} / of ${many / 10}`, ratio: ratios(cpuOfMutation(toRooms.get('ours')), cpuOfMutation(toFewRooms.get('ours'))) }),
    ratioLine({ name: '  the same of bare ws', ratio: ratios(cpuOfMutation(toRooms.get('bare ws')), cpuOfMutation(toFewRooms.get('bare ws'))) }),
    '',
    ...[toFew, toMany].flatMap((series, index) => [...series].map(([name, all]) => figureLine(`to ${[few, many][index]}: ${name}`, summarize(speed(all)), 'messages/s') + details(all))),
    ...[...toRooms].map(([name, all]) => figureLine(`to ${many / rooms} of ${many}: ${name}`, summarize(speed(all)), 'messages/s') + details(all)),
    ...[...toFewRooms].map(([name, all]) => figureLine(`to ${many / rooms} of ${many / 10}: ${name}`, summarize(speed(all)), 'messages/s') + details(all)),
    ...idle,
    '',
    `input    a message of ${body.length} characters of text, ${mutators} mutations on the way at a time, subscribers in one process, no TLS`,
    `rounds   ${rounds}, servers in turns after one round to warm up, median (least – most); ratios per round`,
    ...(options.alone ? [] : [`peer     ${versionOf('@aws-amplify/amplify-appsync-simulator', peersFolder)}`]),
    `ours     ${versionOf('ws')}; one CommonJS file per source by esbuild, as published`,
    ...circumstances(),
  );
  console.log(lines.join('\n'));

  function candidates(): Candidate['name'][] {
    return options.alone ? ['ours', 'bare ws'] : ['peer', 'ours', 'bare ws'];
  }

  async function start(name: Candidate['name']): Promise<Candidate> {
    const target = await startServer(name);
    return { name, process: target, mutator: new Mutator(target.ready, sendMutation) };
  }

  async function startServer(name: Candidate['name']): Promise<ServerProcess<Target>> {
    switch (name) {
      case 'ours': {
        const profiling = options.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profile];
        return ServerProcess.start<Target>(program('our-server'), [templateFile], profiling);
      }
      case 'bare ws':
        return ServerProcess.start<Target>(program('bare-server'), []);
      case 'peer': {
        const api = { schema, apiKey: peerKey, tableName: 'None', dynamoDbUrl: 'http://127.0.0.1:1', resolvers: mappedResolvers };
        const server = await ServerProcess.start<{ url: string }>(peerProgram('amplify-simulator'), [JSON.stringify(api)]);
        return Object.assign(server, { ready: { url: server.ready.url, apiKey: peerKey } }) as ServerProcess<Target>;
      }
    }
  }

  /** @returns the rounds of each server */
  async function compare(names: readonly Candidate['name'][], load: { sockets: number; rooms: number; mutations: number }): Promise<Map<string, Round[]>> {
    const measured = new Map<string, Round[]>(names.map((name) => [name, []]));
    const standing: { candidate: Candidate; crowd: Crowd }[] = [];
    try {
      for (const name of names) {
        const candidate = await start(name);
        const crowd = new Crowd(program('subscribers'));
        standing.push({ candidate, crowd });
        await crowd.open(candidate.process.ready, load.rooms > 0 ? messagesOfRoom : everyMessage, load.sockets, load.rooms);
      }
      for (let round = 0; round <= rounds; round++) {
        for (const { candidate, crowd } of standing) {
          const result = await oneRound(candidate, crowd, load);
          if (round > 0) measured.get(candidate.name)?.push(result);
        }
      }
      return measured;
    } finally {
      for (const { candidate, crowd } of standing) {
        candidate.mutator.close();
        await crowd[Symbol.asyncDispose]();
        await candidate.process[Symbol.asyncDispose]();
      }
    }
  }

  /** Memory of subscriptions that wait, against a bare server's. */
  async function idleMemory(): Promise<string[]> {
    const found: string[] = [];
    for (const name of ['ours', 'bare ws'] as const) {
      const { process: server, mutator } = await start(name);
      await using crowd = new Crowd(program('subscribers'));
      const before = await server.usage<Usage>();
      await crowd.open(server.ready, messagesOfRoom, many, rooms);
      const after = await server.usage<Usage>();
      if (after.subscriptions !== many) throw new Error(`${name} holds ${after.subscriptions} subscriptions instead of ${many}`);
      const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(0);
      const each = (after.heapBytes - before.heapBytes) / many / 1_000;
      found.push(`${`${many} idle subscriptions: ${name}`.padEnd(44)} ${megabytes(after.rssBytes).padStart(7)} MB  (${megabytes(before.rssBytes)} MB without; ${each.toFixed(1)} KB of heap each)${name === 'ours' ? '   budget ≤ 150 MB' : ''}`);
      mutator.close();
      await crowd.close();
      await server[Symbol.asyncDispose]();
    }
    return found;
  }
}

async function oneRound({ process: server, mutator }: Candidate, crowd: Crowd, load: { sockets: number; rooms: number; mutations: number }): Promise<Round> {
  const frames = load.rooms > 0 ? (load.mutations * load.sockets) / load.rooms : load.mutations * load.sockets;
  const { done } = await crowd.expect(frames);
  const cpuBefore = await server.cpuMs();
  const started = performance.now();
  await mutator.run(load.mutations, mutators, (number) => ({ room: `r${load.rooms > 0 ? number % load.rooms : 0}`, body }));
  await done;
  const seconds = (performance.now() - started) / 1_000;
  const cpuMs = (await server.cpuMs()) - cpuBefore;
  return { messagesPerSecond: frames / seconds, mutationsPerSecond: load.mutations / seconds, cpuMicrosPerMessage: (cpuMs * 1_000) / frames, cpuMsPerMutation: cpuMs / load.mutations };
}

/** Medians of what else a series says. */
function details(series: readonly Round[]): string {
  const median = (read: (round: Round) => number) => summarize(series.map(read)).median;
  return `   ${Math.round(median((round) => round.mutationsPerSecond))} mutations/s, CPU ${median((round) => round.cpuMicrosPerMessage).toFixed(1)} µs a message`;
}

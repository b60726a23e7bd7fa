/**
 * GraphQL requests per second of the local AppSync, against amplify-appsync-simulator with dynalite: the same schema, the same answers,
 * the same load. Both servers stand while they are measured in turns; the load generator is a process of its own. A third server that reads a
 * request and answers a constant tells what of the time is HTTP's.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util';
import { compile } from './compile';
import { installPeers, peerProgram, peersFolder } from './peers';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import { mappedResolvers, type Operation, operations, schema, storedPost, tableName, template } from './requests/api';
import { ServerProcess } from './server-process';
import { ratios, summarize } from './statistics';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    /** Folder for a CPU profile of our server. */
    profile: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const connections = Number(options.connections);

interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cpuMs: () => Promise<number>;
}

/** What `peers/load.cjs` prints, and what the server spent. */
interface Load {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

void main();

async function main(): Promise<void> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'bench-requests-'));
  try {
    await compare(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string): Promise<void> {
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, JSON.stringify(template()));
  mkdirSync(join(folder, 'programs'));
  const programs = compile(join(folder, 'programs'), 'requests');

  const item = { id: { S: storedPost.id }, title: { S: storedPost.title }, content: { S: storedPost.content }, n: { N: String(storedPost.n) }, tags: { L: storedPost.tags.map((tag) => ({ S: tag })) } };
  await using dynalite = await ServerProcess.start<{ url: string }>(peerProgram('dynalite'), [JSON.stringify({ tableName, item })]);
  const peerKey = 'da2-bench';
  const api = { schema, apiKey: peerKey, tableName, dynamoDbUrl: dynalite.ready.url, resolvers: mappedResolvers };
  await using simulator = await ServerProcess.start<{ url: string }>(peerProgram('amplify-simulator'), [JSON.stringify(api)]);
  const profiling = options.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profile];
  await using local = await ServerProcess.start<{ url: string; apiKey: string }>(join(programs, 'our-server.js'), [templateFile], profiling);
  await using bare = await ServerProcess.start<{ url: string }>(join(programs, 'bare-server.js'), []);
  const peer = target(simulator, peerKey);
  const ours = target(local, local.ready.apiKey);

  const constant = target(bare, 'none');
  const floor: Load[] = [];
  const [first] = operations;

  const measured = new Map(operations.map((operation) => [operation, { peer: [] as Load[], ours: [] as Load[] }]));
  // The first round warms both up.
  for (let round = 0; round <= rounds; round++) {
    for (const [operation, loads] of measured) {
      await assertSameAnswer(operation, peer, ours);
      const pair = { peer: await load(peer, operation), ours: await load(ours, operation) };
      if (round === 0) continue;
      loads.peer.push(pair.peer);
      loads.ours.push(pair.ours);
    }
    const leastPossible = await load(constant, first!);
    if (round > 0) floor.push(leastPossible);
  }

  const rate = (loads: readonly Load[]) => loads.map(({ requestsPerSecond }) => requestsPerSecond);
  const cpu = (loads: readonly Load[]) => loads.map(({ cpuMsPerRequest }) => cpuMsPerRequest);
  const lines = [
    ...[...measured].map(([{ name, budget }, loads]) =>
      ratioLine({ name: `req/s, ${name}: ours / peer`, ratio: ratios(rate(loads.ours), rate(loads.peer)), ...(budget === undefined ? {} : { budget: `≥ ${budget}×` }) }),
    ),
    ratioLine({ name: 'req/s, node:http answering a constant / peer', ratio: ratios(rate(floor), rate(measured.get(first!)!.peer)) }),
    ...[...measured].map(([{ name }, loads]) => ratioLine({ name: `CPU per request, ${name}: peer / ours`, ratio: ratios(cpu(loads.peer), cpu(loads.ours)) })),
    ratioLine({ name: 'CPU per request, peer / node:http answering a constant', ratio: ratios(cpu(measured.get(first!)!.peer), cpu(floor)) }),
    '',
    ...[...measured].flatMap(([{ name }, loads]) => [
      figureLine(`${name}: ours`, summarize(rate(loads.ours)), 'req/s') + details(loads.ours),
      figureLine(`${name}: peer`, summarize(rate(loads.peer)), 'req/s') + details(loads.peer),
    ]),
    figureLine('node:http answering a constant', summarize(rate(floor)), 'req/s') + details(floor),
    '',
    `input    ${connections} connections, kept alive; every answer without errors; API key`,
    `rounds   ${rounds} of ${seconds} s per server and operation, in turns after one to warm up, median (least – most); ratios per round`,
    `peer     ${['@aws-amplify/amplify-appsync-simulator', 'dynalite', 'graphql'].map((name) => versionOf(name, peersFolder)).join(', ')}; mapping templates, as it knows no APPSYNC_JS; dynalite in a process of its own`,
    `ours     ${['graphql', 'dynalite'].map((name) => versionOf(name)).join(', ')}; APPSYNC_JS; one CommonJS file per source by esbuild, as published`,
    `load     ${versionOf('autocannon', peersFolder)}`,
    ...circumstances(),
  ];
  console.log(lines.join('\n'));
}

function target(server: ServerProcess<{ readonly url: string }>, apiKey: string): Target {
  return { url: server.ready.url, headers: { 'content-type': 'application/json', 'x-api-key': apiKey }, cpuMs: () => server.cpuMs() };
}

async function assertSameAnswer(operation: Operation, peer: Target, ours: Target): Promise<void> {
  const [expected, actual] = await Promise.all([answer(peer, operation), answer(ours, operation)]);
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${operation.name}: the servers answer differently\npeer ${JSON.stringify(expected)}\nours ${JSON.stringify(actual)}`);
}

async function answer({ url, headers }: Target, { name, body }: Operation): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined || !data) throw new Error(`${name}: ${url} answers ${response.status} ${JSON.stringify({ data, errors })}`);
  return data;
}

async function load({ url, headers, cpuMs }: Target, { name, body }: Operation): Promise<Load> {
  const request = { url, headers, body: JSON.stringify(body), connections, seconds };
  const before = await cpuMs();
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', peerProgram('load'), JSON.stringify(request)]);
  const result = JSON.parse(stdout) as Omit<Load, 'cpuMsPerRequest'>;
  if (result.failures > 0) throw new Error(`${name}: ${url} failed ${result.failures} requests`);
  return { ...result, cpuMsPerRequest: ((await cpuMs()) - before) / result.requests };
}

/** Medians of what else a series says. */
function details(loads: readonly Load[]): string {
  const median = (read: (load: Load) => number) => summarize(loads.map(read)).median;
  return `   p50 ${Math.round(median((load) => load.p50Ms))} ms, p99 ${Math.round(median((load) => load.p99Ms))} ms, CPU ${median((load) => load.cpuMsPerRequest).toFixed(3)} ms`;
}

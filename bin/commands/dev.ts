import { existsSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '../../lib/diagnostics';
import { type LocalAssembly, type LocalOptions, type LocalServer, openStateFolder, serve, standIns, startLocal, type StateFolder } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { type AppInput, appInput, inputHelp, inputOptions, requireApis, temporaryOutdir } from './app-input';
import { foldersOf } from './assembly-files';
import { type Command, textOption, UsageError } from './command';
import type { FollowEdits, Following } from './follow-edits';
import { functionUrlsIn, readFunctionUrls } from './function-urls';
import { readIssuerKeys, requireIssuers } from './issuer-keys';
import { describeApis, greeting } from './greeting';
import { apisFile, defaultStateFolder } from './running-apis';
import { openPages, type Pages, requirePages } from './pages';
import { type RdsUrls, readRdsUrls, requireDatabases } from './rds-urls';
import { readSeeds, type Seeds, seedTables } from './seeds';
import { readStubs, requireSources, type Stubs } from './stubs';
import { watchFiles } from './watch-files';
import { claimFolder } from './work-folder';

/** Whoever starts an API wants an answer first; then come the checks, which keep the process busy for a moment. */
const answerFirstMs = 100;
/** Signals that follow faster are one Ctrl-C: npm passes on what the terminal sends to everybody. */
const sameSignalMs = 1_000;

export const devCommand: Command = {
  usage: 'dev [--app CMD | --assembly DIR | --template FILE] [--port N] [--state DIR] [--seed FILE] [--pages DIR] [--stub SOURCE=FILE]… [--lambda NAME=URL]… [--dynamodb-endpoint URL] [--opensearch-endpoint URL] [--rds-url [SOURCE=]URL]… [--oidc ISSUER=JWKS]… [--ready-file FILE] [--trace]',
  summary: 'serve every API found, and follow your edits',
  help: [
    ...inputHelp,
    ['--port N', 'port for HTTP, HTTPS and WebSocket (default: 4000; 0 picks a free one)'],
    ['--state DIR', `keep tables and keys in this folder (default: keys in ${defaultStateFolder}, tables in memory)`],
    ['--seed FILE', 'JSON with items for tables that are empty: { "<api>": { "<data source>": [items] } }'],
    ['--pages DIR', 'web pages to serve beside the APIs: DIR/<api>/index.html and main.ts, signed in to without passwords'],
    ['--stub SOURCE=FILE', 'a module whose default export answers for a data source; may be given several times'],
    ['--lambda NAME=URL', 'a Lambda function that runs elsewhere; its events are posted there; may be given several times'],
    ['--dynamodb-endpoint URL', 'a DynamoDB that has the tables, such as DynamoDB Local, where they are made if they are missing (default: embedded)'],
    ['--opensearch-endpoint URL', 'an OpenSearch that takes the requests to every search domain; https://user:password@host, where it asks for them (default: in memory)'],
    ['--rds-url [SOURCE=]URL', 'a PostgreSQL that runs the statements of an Aurora data source, or of all: postgres://user:password@host/database (default: in process)'],
    ['--oidc ISSUER=JWKS', 'URL or file of the keys of an OpenID Connect issuer that discovery does not reach; may be given several times'],
    ['--ready-file FILE', 'write URLs, keys and user pools there as JSON once everything listens'],
    ['--trace', 'print what the resolvers of each request did: data sources asked, answers, times, errors'],
  ],
  options: { ...inputOptions, port: { type: 'string' }, state: { type: 'string' }, seed: { type: 'string' }, pages: { type: 'string' }, stub: { type: 'string', multiple: true }, lambda: { type: 'string', multiple: true }, 'dynamodb-endpoint': { type: 'string' }, 'opensearch-endpoint': { type: 'string' }, 'rds-url': { type: 'string', multiple: true }, oidc: { type: 'string', multiple: true }, 'ready-file': { type: 'string' }, trace: { type: 'boolean' } },
  async run(values) {
    // Everything that can be wrong is looked at before an app takes its seconds.
    const port = portOption(textOption(values, 'port'));
    const input = appInput(values);
    const readyFile = readyFileOption(textOption(values, 'ready-file'));
    const trace = values.trace === true;
    const seedFile = textOption(values, 'seed');
    const seeds = seedFile === undefined ? {} : await readSeeds(seedFile);
    const pages = textOption(values, 'pages');
    if (pages !== undefined) requirePages(pages);
    const stubs = await readStubs(values);
    const functionUrls = readFunctionUrls(values);
    const issuerKeys = readIssuerKeys(values);
    const dynamoDbEndpoint = addressOption(values, 'dynamodb-endpoint', 8000);
    const openSearchEndpoint = addressOption(values, 'opensearch-endpoint', 9200);
    const rdsUrls = readRdsUrls(values);
    const stateOption = textOption(values, 'state');
    const folder = resolve(stateOption ?? defaultStateFolder);
    const state = await openStateFolder(folder, { keepData: stateOption !== undefined });

    const claim = await claimFolder(folder);
    if ('release' in claim) {
      const outdir = join(folder, 'cdk.out');
      // What earlier runs have left there would only grow.
      if (input.outputs) await rm(outdir, { recursive: true, force: true });
      return run({ input, outdir, port, state, seeds, pages, stubs, functionUrls, trace, dynamoDbEndpoint, openSearchEndpoint, rdsUrls, issuerKeys, files: [join(folder, apisFile), ...readyFile] }).finally(() => claim.release());
    }
    if (stateOption !== undefined) throw new UsageError(`the state folder ${stateOption} is in use by process ${claim.heldBy}: end that one, or give another --state`);
    console.log(`Process ${claim.heldBy} serves from this folder too: "request" talks to that one. Give each its own --state to talk to both.`);
    const outdir = await temporaryOutdir();
    return run({ input, outdir: outdir.path, port, state, seeds, pages, stubs, functionUrls, trace, dynamoDbEndpoint, openSearchEndpoint, rdsUrls, issuerKeys, files: readyFile }).finally(() => outdir.remove());
  },
};

interface Run {
  readonly input: AppInput;
  readonly outdir: string;
  readonly port: number;
  readonly state: StateFolder;
  readonly seeds: Seeds;
  /** Folder of web pages, if there are any. */
  readonly pages: string | undefined;
  readonly stubs: Stubs;
  /** URLs of functions that run elsewhere, by the name they were given with. */
  readonly functionUrls: ReadonlyMap<string, string>;
  /** Whether every request is told of. */
  readonly trace: boolean;
  readonly dynamoDbEndpoint: string | undefined;
  readonly openSearchEndpoint: string | undefined;
  readonly rdsUrls: RdsUrls;
  /** Where the keys of OpenID Connect issuers are, by issuer. */
  readonly issuerKeys: Readonly<Record<string, string>>;
  /** Where what is served is described. */
  readonly files: readonly string[];
}

async function run({ input, outdir, port, state, seeds, pages: pagesFolder, stubs, functionUrls, trace, dynamoDbEndpoint, openSearchEndpoint, rdsUrls, issuerKeys, files }: Run): Promise<number> {
  console.log(`${input.activity} …`);
  const assembly = await input.read(outdir);
  requireApis(assembly, input);
  requireSources(stubs, assembly);
  requireIssuers(issuerKeys, assembly);
  requireDatabases(rdsUrls, assembly);
  const local = await startLocal(assembly, { state, functionUrls: functionUrlsIn(functionUrls, assembly), ...environmentKey(), ...(dynamoDbEndpoint !== undefined && { dynamoDbEndpoint }), ...(openSearchEndpoint !== undefined && { openSearchEndpoint }), rdsUrls, issuerKeys, log: console.log, ...(trace && { trace: tracePrinter(assembly) }) }, { dataSource: standIns(stubs) });
  try {
    for (const line of await seedTables(local, seeds)) console.log(line);
    const pages = pagesFolder === undefined ? undefined : openPages(pagesFolder, local, () => server);
    const server: LocalServer = await serve(local.apis, { port, tls: await state.tls(), log: console.log, ...(pages && { otherwise: pages.answer }) });
    try {
      await untilInterrupted({ input, outdir, assembly, local }, server, announcer(local, server, state, files, pages), [state.path, ...files]);
    } finally {
      await pages?.close();
      await server.close();
    }
  } finally {
    await local[Symbol.asyncDispose]();
  }
  return 0;
}

/** Names the API where there are several. */
function tracePrinter({ apis }: Assembly): NonNullable<LocalOptions['trace']> {
  return (trace, { name }) => console.log(`\n${apis.length > 1 ? `${name}\n` : ''}${String(trace)}`);
}

/** @param ownFiles what this process writes, which nobody edits */
async function untilInterrupted(
  running: Pick<Following, 'input' | 'outdir' | 'assembly' | 'local'>,
  server: LocalServer,
  announce: () => Promise<void>,
  ownFiles: readonly string[],
): Promise<void> {
  const { input, outdir, local } = running;
  const stopped = interrupted();
  const early: string[] = [];
  let follow = (paths: readonly string[]): void => void early.push(...paths);
  const watch = watchFiles({
    ...(input.tree === undefined ? {} : { tree: input.tree }),
    skip: input.outputs ? [outdir, ...ownFiles] : [],
    settleMs: input.settleMs,
    changed: (paths) => follow(paths),
    failed: (reason) => console.log(`Edits are not followed everywhere: ${reason}`),
  });
  for (const folder of foldersOf(running.assembly)) watch.add(folder);
  try {
    await announce();
    await Promise.race([delay(answerFirstMs), stopped]);
    // Loaded late, for the same reason.
    const { followEdits } = createRequire(__filename)('./follow-edits') as { followEdits: FollowEdits };
    const served = async () => {
      server.setApis(local.apis);
      await announce();
    };
    follow = followEdits({ ...running, watch, served });
    if (early.length > 0) follow(early);
    await stopped;
  } finally {
    watch.close();
  }
}

/** Writes the files and prints the table, again when another set of APIs is served. */
function announcer(local: LocalAssembly, server: LocalServer, state: StateFolder, files: readonly string[], pages: Pages | undefined): () => Promise<void> {
  let announced = '';
  return async () => {
    const description = describeApis(local, server);
    const text = JSON.stringify(description, null, 2);
    if (text === announced) return;
    announced = text;
    for (const file of files) await writeWhole(file, `${text}\n`);
    const { caPath } = await state.tls();
    const folder = relative(process.cwd(), state.path);
    console.log(greeting(local, description, { pageOf: (api) => pages?.urlOf(api), caPath, stateFolder: folder.startsWith('..') ? state.path : folder, isDefault: folder === defaultStateFolder }));
  };
}

/** A script that waits for the file must never read half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** The caller's own AWS credentials, where they are in the environment: HTTP data sources may sign for a service that is really there. */
function environmentKey(): Pick<LocalOptions, 'accessKey'> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  return accessKeyId && secretAccessKey ? { accessKey: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } } : {};
}

function portOption(text: string | undefined): number {
  const port = text === undefined ? 4000 : /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port is a number from 0 to 65535, not "${text}"`);
  return port;
}

/** An http or https address. @throws UsageError */
function addressOption(values: Readonly<Record<string, unknown>>, name: string, usualPort: number): string | undefined {
  const text = textOption(values, name);
  if (text !== undefined && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) throw new UsageError(`--${name} is an address such as http://localhost:${usualPort}, not "${text}"`);
  return text;
}

function readyFileOption(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const path = resolve(file);
  if (!existsSync(dirname(path))) throw new UsageError(`cannot write the ready file ${file}: there is no folder ${dirname(path)}`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`cannot write the ready file ${file}: it is a folder`);
  return [path];
}

function interrupted(): Promise<void> {
  return new Promise((settle) => {
    let firstMs: number | undefined;
    const onSignal = () => {
      if (firstMs !== undefined && performance.now() - firstMs > sameSignalMs) process.exit(130);
      firstMs ??= performance.now();
      settle();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

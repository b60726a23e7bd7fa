/**
 * The JavaScript that holds one PostgreSQL (PGlite) inside a worker thread. A thread of its own, because PostgreSQL compiled to WebAssembly blocks
 * whatever thread it runs on, cannot be interrupted, and gives its memory back only with its thread. It is text because a worker starts from a file
 * or a text, and the sources here are TypeScript in a checkout and JavaScript in a package.
 */
import type { ServerAnswer } from './sql-database';

/** `workerData` of the script. */
export interface WorkerSetup {
  /** Absolute path of PGlite's module. */
  readonly engine: string;
  /** Folder of a kept database; absent for one in memory. */
  readonly dataPath?: string;
  /** Archive of an empty database: read when there is one, written when there is none. */
  readonly snapshotPath?: string;
}

export type WorkerRequest =
  /** One statement. `types` are object ids of PostgreSQL, 0 for what PostgreSQL is to find out; `values` are texts in its own notation. */
  | { readonly kind: 'statement'; readonly sql: string; readonly types: readonly number[]; readonly values: readonly (string | null)[] }
  /** Any number of statements; all of them or none, unless they say otherwise. */
  | { readonly kind: 'script'; readonly sql: string }
  | { readonly kind: 'close' };

/** From the worker: `ready` or `broken` once, then one `answer` for each request. */
export type WorkerMessage = { readonly kind: 'ready' } | { readonly kind: 'broken'; readonly reason: string } | { readonly kind: 'answer'; readonly answer: ServerAnswer };

export const workerScript = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { engine, dataPath, snapshotPath } = workerData;

async function open() {
  const { PGlite, protocol } = require(engine);
  if (dataPath !== undefined) mkdirSync(dirname(dataPath), { recursive: true });
  const where = dataPath === undefined ? {} : { dataDir: dataPath };
  // A folder is a database only once it has a version file.
  const isKept = dataPath !== undefined && existsSync(join(dataPath, 'PG_VERSION'));
  const db = isKept ? await PGlite.create(where) : ((await fromSnapshot(PGlite, where)) ?? (await afresh(PGlite, where)));
  return { db, serialize: protocol.serialize };
}

async function fromSnapshot(PGlite, where) {
  if (snapshotPath === undefined || !existsSync(snapshotPath)) return undefined;
  try {
    return await PGlite.create({ ...where, loadDataDir: new Blob([readFileSync(snapshotPath)]) });
  } catch {
    // A damaged archive costs time, not a start.
    rmSync(snapshotPath, { force: true });
    if (dataPath !== undefined) rmSync(dataPath, { recursive: true, force: true });
    return undefined;
  }
}

async function afresh(PGlite, where) {
  const db = await PGlite.create(where);
  if (snapshotPath === undefined) return db;
  try {
    const archive = await db.dumpDataDir('gzip');
    const draft = snapshotPath + '.' + process.pid + '-' + Date.now();
    mkdirSync(dirname(snapshotPath), { recursive: true });
    writeFileSync(draft, Buffer.from(await archive.arrayBuffer()));
    renameSync(draft, snapshotPath);
  } catch {
    // Without it the next start takes longer.
  }
  return db;
}

const errorOf = ({ severity, message, code, detail, hint, position, routine }) => ({ severity, message, code, detail, hint, position, routine });

function answerOf(messages) {
  const answer = { tag: '', columns: undefined, rows: [], error: undefined };
  for (const message of messages)
    switch (message.name) {
      case 'rowDescription':
        answer.columns = message.fields.map(({ name, tableID, columnID, dataTypeID, dataTypeModifier }) => ({ name, tableID, columnID, dataTypeID, dataTypeModifier }));
        answer.rows = [];
        break;
      case 'dataRow':
        answer.rows.push(message.fields);
        break;
      case 'commandComplete':
        answer.tag = message.text;
        break;
      case 'error':
        answer.error ??= errorOf(message);
        break;
    }
  return answer;
}

open().then(
  ({ db, serialize }) => {
    const send = async (bytes) => (await db.execProtocol(bytes, { throwOnError: false })).messages;
    const bytesOf = (request) => {
      if (request.kind === 'script') return serialize.query(request.sql);
      const { sql: text, types, values } = request;
      return Buffer.concat([serialize.parse({ text, types }), serialize.bind({ values }), serialize.describe({ type: 'P' }), serialize.execute({}), serialize.sync()]);
    };
    const handle = async (request) => {
      if (request.kind === 'close') {
        await db.close();
        process.exit(0);
      }
      const messages = await send(bytesOf(request));
      // Every request is a connection of its own to whoever asks: a transaction left open would swallow those of others.
      if (messages.at(-1)?.status !== 'I') await send(serialize.query('ROLLBACK'));
      parentPort.postMessage({ kind: 'answer', answer: answerOf(messages) });
    };
    parentPort.on('message', (request) =>
      handle(request).catch((error) => {
        // Not an error of the statement: the engine itself has stopped.
        parentPort.postMessage({ kind: 'broken', reason: String(error && error.message) });
        process.exit(1);
      }),
    );
    parentPort.postMessage({ kind: 'ready' });
  },
  (error) => {
    parentPort.postMessage({ kind: 'broken', reason: String(error && error.message) });
    process.exit(1);
  },
);
`;

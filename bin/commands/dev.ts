import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkAssembly } from '../../lib/checks';
import { type Diagnostic, DiagnosticError, formatDiagnostics } from '../../lib/diagnostics';
import { type LocalAssembly, type LocalServer, openStateFolder, serve, startLocal, type StateFolder } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { type AppInput, appInput, inputHelp, inputOptions } from './app-input';
import { type Command, textOption, UsageError } from './command';
import { recompile } from './hot-reload';
import { describeApis, greeting } from './greeting';
import { readSeeds, seedTables } from './seeds';
import { watchFiles } from './watch-files';

/** Where keys live when `--state` does not name a folder. Table data is in memory then. */
export const defaultStateFolder = '.appsync-local';
export const apisFile = 'apis.json';

const settleMs = 15;

export const devCommand: Command = {
  usage: 'dev [--app CMD | --assembly DIR | --template FILE] [--port N] [--state DIR] [--seed FILE] [--ready-file FILE]',
  summary: 'serve every API found, and follow your edits',
  help: `${inputHelp}
  --port N           port for HTTP, HTTPS and WebSocket (default: 4000; 0 picks a free one)
  --state DIR        keep tables and keys in this folder (default: keys in ${defaultStateFolder}, tables in memory)
  --seed FILE        JSON with items for tables that are empty: { "<api>": { "<data source>": [items] } }
  --ready-file FILE  write URLs, keys and user pools there as JSON once everything listens`,
  options: { ...inputOptions, port: { type: 'string' }, state: { type: 'string' }, seed: { type: 'string' }, 'ready-file': { type: 'string' } },
  async run(values) {
    const port = portOption(textOption(values, 'port'));
    const stateOption = textOption(values, 'state');
    const folder = resolve(stateOption ?? defaultStateFolder);
    const seedFile = textOption(values, 'seed');
    const seeds = seedFile === undefined ? {} : await readSeeds(seedFile);
    const state = await openStateFolder(folder, { keepData: stateOption !== undefined });
    const input = appInput(values, folder);

    console.log(`Reading ${input.description} …`);
    const assembly = await input.read();
    print(checkAssembly(assembly));
    if (assembly.apis.length === 0) throw new UsageError(`there is no AWS::AppSync::GraphQLApi in ${input.description}`);

    const local = await startLocal(assembly, { state, log: console.log });
    const server = await listen(local, state, port);
    for (const line of await seedTables(local, seeds)) console.log(line);

    const description = describeApis(local, server);
    const files = [join(folder, apisFile), ...(textOption(values, 'ready-file') === undefined ? [] : [resolve(String(values['ready-file']))])];
    for (const file of files) await writeFile(file, JSON.stringify(description, null, 2));
    console.log(greeting(local, description, await state.tls()));

    const watching = watchFiles(process.cwd(), settleMs, follow(input, assembly, local, server));
    await interrupted();
    watching.close();
    await server.close();
    await local[Symbol.asyncDispose]();
    return 0;
  },
};

async function listen(local: LocalAssembly, state: StateFolder, port: number): Promise<LocalServer> {
  try {
    return await serve(local.apis, { port, tls: await state.tls(), log: console.log });
  } catch (error) {
    await local[Symbol.asyncDispose]();
    throw error;
  }
}

/** What to do about changed files, one batch after the other. A failure is printed; what ran before goes on. */
function follow(input: AppInput, first: Assembly, local: LocalAssembly, server: LocalServer): (paths: readonly string[]) => void {
  let current = first;
  let queue = Promise.resolve();
  const apply = async (paths: readonly string[]) => {
    const relevant = paths.filter((path) => input.isInput(path));
    if (relevant.length === 0) return;
    const started = performance.now();
    const edit = await recompile(current, relevant);
    if (edit) {
      current = edit.assembly;
      await local.reload(current);
      print(edit.diagnostics);
      console.log(`${edit.files.join(', ')} compiled in ${Math.round(performance.now() - started)} ms${edit.diagnostics.some(isError) ? '; the last good version goes on' : ''}`);
      return;
    }
    console.log(`Reading ${input.description} again …`);
    current = await input.read();
    print(checkAssembly(current));
    await local.reload(current);
    server.setApis(local.apis);
    console.log(`Reloaded in ${Math.round(performance.now() - started)} ms`);
  };
  return (paths) => {
    queue = queue.then(() => apply(paths)).catch((error: unknown) => {
      if (error instanceof DiagnosticError) print(error.diagnostics);
      else console.error((error as Error).message);
      console.error('What was served before goes on.');
    });
  };
}

function portOption(text: string | undefined): number {
  const port = Number(text ?? 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port is a number from 0 to 65535, not "${text}"`);
  return port;
}

function print(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) console.log(`\n${formatDiagnostics(diagnostics, { cwd: process.cwd() })}\n`);
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}

function interrupted(): Promise<void> {
  return new Promise((settle) => {
    process.once('SIGINT', () => settle());
    process.once('SIGTERM', () => settle());
  });
}

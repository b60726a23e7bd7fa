/** `--stub SOURCE=FILE`: a module that answers in place of a data source, for what does not run on this machine, such as a model of Bedrock. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { didYouMean } from '../../lib/diagnostics';
import type { DataSourceStub } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { listOption, UsageError } from './command';

/** Stubs by the name of their data source. */
export type Stubs = ReadonlyMap<string, DataSourceStub>;

/** Loads each module as it is at the start. @throws UsageError for an option, file or module that cannot be used */
export async function readStubs(values: Readonly<Record<string, unknown>>): Promise<Stubs> {
  const stubs = new Map<string, DataSourceStub>();
  for (const option of listOption(values, 'stub')) {
    const [, source = '', file = ''] = /^(\w+)=(.+)$/s.exec(option) ?? [];
    if (source === '') throw new UsageError(`--stub is SOURCE=FILE, such as Assistant=stubs/assistant.mjs, not "${option}"`);
    if (!existsSync(file)) throw new UsageError(`cannot use the stub of ${source}: there is no file ${file}`);
    stubs.set(source, await load(source, file));
  }
  return stubs;
}

/** @throws UsageError for a stub of a data source that no API has */
export function requireSources(stubs: Stubs, { apis }: Assembly): void {
  const known = [...new Set(apis.flatMap(({ dataSources }) => dataSources.map(({ name }) => name)))];
  for (const name of stubs.keys()) {
    if (known.includes(name)) continue;
    const list = known.length === 0 ? 'there is none' : `there is ${known.map((other) => `"${other}"`).join(', ')}`;
    throw new UsageError(`--stub names data source "${name}", which no API has: ${didYouMean(name, known) ?? list}`);
  }
}

async function load(source: string, file: string): Promise<DataSourceStub> {
  let module: { readonly default?: unknown };
  try {
    // TypeScript is for `tsx` to load; a bare `import` would be compiled to `require`, which knows no modules of that kind.
    module = (await new Function('url', 'return import(url)')(pathToFileURL(resolve(file)).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new UsageError(`cannot load the stub of ${source} from ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof module.default !== 'function') throw new UsageError(`the stub of ${source} in ${file} has no function as its default export: export default async (request) => result`);
  return module.default as DataSourceStub;
}

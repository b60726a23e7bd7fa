/** Items for tables that are empty, from a JSON file: `{ "<api>": { "<data source>": [items] } }`. */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '../../lib/diagnostics';
import type { LocalAssembly } from '../../lib/local';
import { UsageError } from './command';

export type Seeds = Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>;

export async function readSeeds(file: string): Promise<Seeds> {
  try {
    return checked(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`cannot use the seeds in ${file}: ${reasonOf(error)}`);
  }
}

/** @returns a line for people about each table */
export async function seedTables(local: LocalAssembly, seeds: Seeds): Promise<string[]> {
  const lines: string[] = [];
  for (const [apiName, tables] of Object.entries(seeds)) {
    const api = local.apis.find(({ model }) => model.name === apiName);
    if (!api) {
      lines.push(`Seeds for ${apiName} are left out: there is no such API here`);
      continue;
    }
    for (const [dataSource, items] of Object.entries(tables)) {
      if (!api.model.dataSources.some(({ name, type }) => name === dataSource && type === 'AMAZON_DYNAMODB')) lines.push(`Seeds for ${apiName}.${dataSource} are left out: there is no such table`);
      else {
        const put = await local.seed(apiName, dataSource, items);
        lines.push(put > 0 ? `Seeded ${apiName}.${dataSource} with ${put} items` : `${apiName}.${dataSource} has items already`);
      }
    }
  }
  return lines;
}

function checked(seeds: unknown): Seeds {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  const isTable = (value: unknown) => Array.isArray(value) && value.every(isObject);
  if (!isObject(seeds) || !Object.values(seeds).every((api) => isObject(api) && Object.values(api).every(isTable))) {
    throw new Error('expected { "<api>": { "<data source>": [items] } }');
  }
  return seeds as Seeds;
}

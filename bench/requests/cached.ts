/**
 * What the cache of an API saves: the same query on three APIs that differ in their cache alone, request text in and response text out, without
 * sockets. Run as `node cached.js ROUNDS`, in a process of its own; prints requests per second and round as JSON.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { apiName, operations, storedPost, tableName, template } from './api';

/** Requests per second, one per round. */
export type Measurements = Readonly<Record<'uncached' | 'perResolver' | 'operationLevel', number[]>>;

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

const requestsPerRound = 5_000;
const behaviors = { uncached: undefined, perResolver: 'PER_RESOLVER_CACHING', operationLevel: 'OPERATION_LEVEL_CACHING' } as const;

function templateWith(behavior: string | undefined): Template {
  const made = template() as Template;
  if (behavior === undefined) return made;
  for (const { Type, Properties } of Object.values(made.Resources)) {
    if (Type === 'AWS::AppSync::Resolver' && Properties.FieldName === 'getItem') Properties.CachingConfig = { Ttl: 3_600, CachingKeys: ['$context.arguments.id'] };
  }
  made.Resources.Cache = { Type: 'AWS::AppSync::ApiCache', Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, ApiCachingBehavior: behavior, Ttl: 3_600, Type: 'SMALL' } };
  return made;
}

async function main([rounds = '5']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cached-'));
  const body = JSON.stringify(operations.find(({ name }) => name === 'DynamoDB GetItem')!.body);
  const apis = await Promise.all(
    Object.entries(behaviors).map(async ([name, behavior]) => {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(templateWith(behavior)));
      const local = await startLocal(readApis(path));
      await local.seed(apiName, tableName, [storedPost]);
      const [api] = local.apis;
      const headers = { 'x-api-key': api!.model.apiKeys[0]!.key, 'content-type': 'application/json', host: 'localhost' };
      return { name, local, ask: () => api!.handle!({ method: 'POST', path: '/graphql', headers, body, sourceIp: '127.0.0.1' }) };
    }),
  );
  const measured: Record<keyof Measurements, number[]> = { uncached: [], perResolver: [], operationLevel: [] };
  // The first round warms up.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const { name, ask } of apis) {
      const started = performance.now();
      for (let i = 0; i < requestsPerRound; i++) {
        const { body: answer } = await ask();
        if (!answer.includes(storedPost.content)) throw new Error(`${name} answers ${answer}`);
      }
      if (round > 0) measured[name as keyof Measurements].push((requestsPerRound * 1_000) / (performance.now() - started));
    }
  }
  await Promise.all(apis.map(({ local }) => local[Symbol.asyncDispose]()));
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(JSON.stringify(measured));
}

void main(process.argv.slice(2));

/** What the cache of an API saves: a DynamoDB GetItem answered by its resolver, by the resolver's cache, and by the cache of whole answers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import type { Measurements } from './requests/cached';
import { ratios, summarize } from './statistics';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });

const folder = mkdtempSync(join(tmpdir(), 'bench-cache-'));
try {
  const program = join(compile(folder, 'requests'), 'cached.js');
  const child = spawnSync(process.execPath, [program, options.rounds], { encoding: 'utf8', timeout: 240_000 });
  if (child.status !== 0) throw new Error(child.stderr);
  report(JSON.parse(child.stdout) as Measurements);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report({ uncached, perResolver, operationLevel }: Measurements): void {
  const lines = [
    ratioLine({ name: 'req/s, cached resolver / uncached', ratio: ratios(perResolver, uncached), budget: '≥ 3×' }),
    ratioLine({ name: 'req/s, cached answer / uncached', ratio: ratios(operationLevel, uncached) }),
    '',
    figureLine('uncached', summarize(uncached), 'req/s'),
    figureLine('cached resolver', summarize(perResolver), 'req/s'),
    figureLine('cached answer', summarize(operationLevel), 'req/s'),
    '',
    'input    one DynamoDB GetItem by APPSYNC_JS, always the same; request text in, response text out, one after the other, no sockets; API key',
    `rounds   ${options.rounds} of 5,000 requests, in turns after one to warm up, median (least – most); ratios per round`,
    `packages ${['graphql', 'dynalite'].map((name) => versionOf(name)).join(', ')}; one CommonJS file per source by esbuild, as published`,
    ...circumstances(),
  ];
  console.log(lines.join('\n'));
}

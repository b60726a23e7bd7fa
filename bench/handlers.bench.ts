/** What a handler costs: a resolver in the sandbox against the same functions called plainly, a mapping template against velocityjs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import type { Measurements } from './handlers/run';
import { installPeers, peersFolder } from './peers';
import { circumstances, ratioLine, versionOf } from './report';
import { ratios, type Summary, summarize } from './statistics';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });

installPeers();
const folder = mkdtempSync(join(tmpdir(), 'bench-handlers-'));
try {
  const program = join(compile(folder, 'handlers'), 'run.js');
  const child = spawnSync(process.execPath, [program, join(peersFolder, 'node_modules', 'velocityjs'), options.rounds], { encoding: 'utf8', timeout: 240_000 });
  if (child.status !== 0) throw new Error(child.stderr);
  report(JSON.parse(child.stdout) as Measurements);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report({ plainPair, sandboxPair, peerTemplate, template, templateRequest }: Measurements): void {
  const lines = [
    ratioLine({ name: 'request and response, sandbox / plain calls', ratio: ratios(sandboxPair, plainPair), budget: '≤ 2×' }),
    ratioLine({ name: 'template, velocityjs / ours', ratio: ratios(peerTemplate, template), budget: '≥ 2×' }),
    ratioLine({ name: '  / ours with all of $util and $context', ratio: ratios(peerTemplate, templateRequest) }),
    '',
    microseconds('plain calls, request and response', plainPair),
    microseconds('sandbox, request and response', sandboxPair),
    microseconds('velocityjs, tree parsed once', peerTemplate),
    microseconds('our renderer, tree parsed once', template),
    microseconds('a request template as resolvers run it', templateRequest),
    '',
    'input    a resolver of 20 lines that makes a PutItem; an UpdateItem template of 15 lines; each pair gives the same answer',
    `rounds   ${options.rounds}, in turns in one process, median (least – most)`,
    `packages ${versionOf('velocityjs', peersFolder)}`,
    ...circumstances(),
    `load     ${loadavg()[0]!.toFixed(1)} at the end`,
  ];
  console.log(lines.join('\n'));
}

function microseconds(name: string, values: readonly number[]): string {
  const { median, least, most }: Summary = summarize(values);
  return `${name.padEnd(44)} ${median.toFixed(1).padStart(7)} µs  (${least.toFixed(1)} – ${most.toFixed(1)})`;
}

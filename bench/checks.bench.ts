/**
 * What the checks add to a synth: 100, 300 and 1,000 resolvers, half of them in mapping templates, synthesized with the checks and without.
 * Every synth is a process of its own, and all of them take turns. Processor time is told beside wall time: it bears a busy machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import { ratios, summarize } from './statistics';
import { generateMixedProject } from './synth/mixed-project';
import type { Phases } from './synth/phases';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, sizes: { type: 'string', default: '100,300,1000' } } });
const rounds = Number(options.rounds);
const sizes = options.sizes.split(',').map(Number);

const folder = mkdtempSync(join(tmpdir(), 'bench-checks-'));
try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Synth {
  /** Milliseconds from the start of the process to its end. */
  readonly total: number;
  /** Milliseconds of `app.synth()`, which runs the checks. */
  readonly synth: number;
  /** Processor milliseconds of the process. */
  readonly processor: number;
}

interface Size {
  readonly resolvers: number;
  readonly project: string;
  readonly checked: Synth[];
  readonly unchecked: Synth[];
}

function main(): void {
  mkdirSync(join(folder, 'programs'));
  const program = join(compile(join(folder, 'programs'), 'synth'), 'mixed.js');
  const runs = sizes.map((resolvers): Size => ({ resolvers, project: generateMixedProject(join(folder, `project-${resolvers}`), resolvers).folder, checked: [], unchecked: [] }));
  // The first round only fills the caches of the disk.
  for (let round = 0; round <= rounds; round++) {
    for (const { project, checked, unchecked } of runs) {
      const without = synthesize(program, project, 'off');
      const withChecks = synthesize(program, project, 'on');
      if (round === 0) continue;
      checked.push(withChecks);
      unchecked.push(without);
    }
  }

  const lines = [
    ...runs.map(({ resolvers, checked, unchecked }) => ratioLine({ name: `synth of ${resolvers}, with checks / without`, ratio: ratios(totals(checked), totals(unchecked)) })),
    ...runs.map((size) => `${figureLine(`added by the checks to ${size.resolvers}`, summarize(added(size, (run) => run.synth)), 'ms')}${size.resolvers === 300 ? '   budget ≤ 1,000 ms' : ''}`),
    ...runs.map((size) => figureLine(`  in processor time, ${size.resolvers}`, summarize(added(size, (run) => run.processor)), 'ms')),
    ...growth(runs),
    '',
    ...runs.flatMap(({ resolvers, checked, unchecked }) => [
      figureLine(`${resolvers}, with checks: process`, summarize(totals(checked)), 'ms'),
      figureLine('  app.synth()', summarize(checked.map((run) => run.synth)), 'ms'),
      figureLine(`${resolvers}, without: process`, summarize(totals(unchecked)), 'ms'),
      figureLine('  app.synth()', summarize(unchecked.map((run) => run.synth)), 'ms'),
    ]),
    '',
    'input    one table, two authorization modes; half of the resolvers TypeScript, half mapping templates; CDK_VALIDATION=false',
    `rounds   ${rounds}, programs in turns, median (least – most); ratios and differences per round`,
    'built    one CommonJS file per source by esbuild, as published',
    `packages ${['aws-cdk-lib', 'acorn', 'graphql'].map((name) => versionOf(name)).join(', ')}`,
    ...circumstances(),
    `load     ${loadavg()[0]!.toFixed(1)} at the end`,
  ];
  console.log(lines.join('\n'));
}

function totals(runs: readonly Synth[]): number[] {
  return runs.map((run) => run.total);
}

function added({ checked, unchecked }: Size, read: (run: Synth) => number): number[] {
  return checked.map((run, round) => read(run) - read(unchecked[round]!));
}

/** How what is added grows from the least to the most resolvers; less than as fast as they do when a part of it is for starting. */
function growth(runs: readonly Size[]): string[] {
  const [least, most] = [runs[0], runs.at(-1)];
  if (!least || !most || least === most) return [];
  const ratio = ratios(added(most, (run) => run.processor), added(least, (run) => run.processor));
  return [ratioLine({ name: `added processor time, ${most.resolvers} / ${least.resolvers}`, ratio, budget: `≤ ${most.resolvers / least.resolvers}× (linear)` })];
}

function synthesize(program: string, project: string, checks: 'on' | 'off'): Synth {
  const outdir = mkdtempSync(join(folder, 'out-'));
  // The CDK keeps fingerprints of assets in the home folder; here they must neither pile up nor help.
  const env = { ...process.env, HOME: outdir, USERPROFILE: outdir, CDK_VALIDATION: 'false', CDK_ENTERPRISE_APPSYNC_CHECKS: checks };
  const started = performance.now();
  const child = spawnSync(process.execPath, [program, project, outdir], { encoding: 'utf8', env, timeout: 240_000 });
  const total = performance.now() - started;
  if (child.status !== 0) throw new Error(`the synth of ${project} failed:\n${child.stderr}\n${child.stdout}`);
  rmSync(outdir, { recursive: true });
  const { constructed, synthesized, processor } = JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Phases;
  return { total, synth: synthesized - constructed, processor };
}

/**
 * How long `cdk synth` takes with this library, against the same API written by hand with the L2 constructs: 300 resolvers in one
 * stack, or `-- --resolvers 1000 --stacks 8` in nested ones.
 * Every synth is a process of its own, timed from its start to its end; the three programs take turns.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile';
import { circumstances, figureLine, ratioLine, versionOf } from './report';
import { ratios, summarize } from './statistics';
import { generateProject } from './synth/generated-project';
import type { Phases } from './synth/phases';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, resolvers: { type: 'string', default: '300' }, stacks: { type: 'string', default: '0' } } });
const rounds = Number(options.rounds);
const resolvers = Number(options.resolvers);

const folder = mkdtempSync(join(tmpdir(), 'bench-synth-'));
try {
  main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Candidate {
  readonly name: string;
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Synth extends Phases {
  /** Milliseconds from the start of the process to its end. */
  readonly total: number;
}

function main(): void {
  const project = generateProject(join(folder, 'project'), resolvers);
  mkdirSync(join(folder, 'programs'));
  const programs = compile(join(folder, 'programs'), 'synth');
  const byHand: Candidate = { name: 'L2 by hand', program: join(programs, 'by-hand.js'), environment: {} };
  const ours: Candidate = { name: 'ours', program: join(programs, 'ours.js'), environment: {} };
  const unchecked: Candidate = { name: 'ours, checks off', program: ours.program, environment: { CDK_ENTERPRISE_APPSYNC_CHECKS: 'off' } };
  const candidates = [byHand, ours, unchecked];

  const runs = new Map<Candidate, Synth[]>(candidates.map((candidate) => [candidate, []]));
  // The first round only fills the caches of the disk.
  for (let round = 0; round <= rounds; round++) {
    for (const candidate of candidates) {
      const run = synthesize(candidate, project.folder, project.fields.length);
      if (round > 0) runs.get(candidate)?.push(run);
    }
  }

  const series = (candidate: Candidate, read: (run: Synth) => number) => (runs.get(candidate) ?? []).map(read);
  const totals = (candidate: Candidate) => series(candidate, (run) => run.total);
  const lines = [
    ratioLine({ name: 'synth, ours / L2 by hand', ratio: ratios(totals(ours), totals(byHand)), budget: '≤ 1.25×' }),
    ratioLine({ name: 'synth, ours with checks off / L2 by hand', ratio: ratios(totals(unchecked), totals(byHand)) }),
    '',
    ...candidates.flatMap((candidate) => [
      figureLine(`${candidate.name}: process`, summarize(totals(candidate)), 'ms'),
      figureLine('  load modules', summarize(series(candidate, (run) => run.loaded)), 'ms'),
      figureLine('  bundle and construct', summarize(series(candidate, (run) => run.constructed - run.loaded)), 'ms'),
      figureLine('  app.synth()', summarize(series(candidate, (run) => run.synthesized - run.constructed)), 'ms'),
    ]),
    '',
    `input    ${project.fields.length} unit resolvers on one DynamoDB table, in ${options.stacks === '0' ? 'one stack' : `${options.stacks} nested stacks`}, ${Math.round(project.sourceBytes / 1024)} KiB of sources; CDK_VALIDATION=false`,
    `rounds   ${rounds}, programs in turns, median (least – most); ratios per round`,
    `built    one CommonJS file per source by esbuild, as published`,
    `packages ${['aws-cdk-lib', 'constructs', 'esbuild', 'graphql'].map((name) => versionOf(name)).join(', ')}`,
    ...circumstances(),
  ];
  console.log(lines.join('\n'));
}

function synthesize({ name, program, environment }: Candidate, project: string, expected: number): Synth {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const started = performance.now();
  // The CDK keeps fingerprints of assets in the home folder; here they must neither pile up nor help.
  const env = { ...process.env, HOME: outdir, USERPROFILE: outdir, CDK_VALIDATION: 'false', ...environment };
  const child = spawnSync(process.execPath, [program, project, outdir, options.stacks], { encoding: 'utf8', env, timeout: 120_000 });
  const total = performance.now() - started;
  if (child.status !== 0) throw new Error(`${name} failed:\n${child.stderr}\n${child.stdout}`);

  const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  const resources = templates.flatMap((file) => Object.values((JSON.parse(readFileSync(join(outdir, file), 'utf8')) as { Resources: Record<string, { Type: string }> }).Resources));
  const made = resources.filter((resource) => resource.Type === 'AWS::AppSync::Resolver').length;
  if (made !== expected) throw new Error(`${name} made ${made} resolvers instead of ${expected}`);
  rmSync(outdir, { recursive: true });
  rmSync(`${outdir}.bundles`, { recursive: true, force: true });
  return { ...(JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Phases), total };
}

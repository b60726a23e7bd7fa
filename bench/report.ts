/** The form every benchmark prints its figures in: ratios against the budget, then medians and spread, then what was measured where. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { Summary } from './statistics';

export const projectRoot = resolve(__dirname, '..');

export interface Ratio {
  readonly name: string;
  readonly ratio: Summary;
  /** `≤ 1.25×`; absent when nothing was promised. */
  readonly budget?: string;
}

/** `1.10× (0.99–1.31)`, the spread being the least and most of all rounds. */
export function ratioLine({ name, ratio, budget }: Ratio): string {
  const times = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)}×`;
  return `${name.padEnd(44)} ${times(ratio.median).padStart(7)}  (${times(ratio.least)} – ${times(ratio.most)})${budget ? `   budget ${budget}` : ''}`;
}

/** `by hand    2,480 ms  (2,401 – 2,910)` */
export function figureLine(name: string, { median, least, most }: Summary, unit: string): string {
  const number = (value: number) => Math.round(value).toLocaleString('en-US');
  return `${name.padEnd(44)} ${number(median).padStart(7)} ${unit}  (${number(least)} – ${number(most)})`;
}

/** Where this ran: enough to tell whether two reports may be compared. */
export function circumstances(): string[] {
  const [cpu] = cpus();
  const commit = git('rev-parse', '--short=10', 'HEAD');
  const isClean = git('status', '--porcelain', '--', 'lib', 'bench', 'package-lock.json') === '';
  return [
    `machine  ${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    `node     ${process.version}`,
    `commit   ${commit}${isClean ? '' : ', with uncommitted changes'}`,
  ];
}

/** The version of an installed package. @param folder where `node_modules` is */
export function versionOf(name: string, folder: string = projectRoot): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return `${name} ${(require(join(folder, 'node_modules', name, 'package.json')) as { version: string }).version}`;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim();
}

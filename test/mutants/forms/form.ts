/**
 * Mutants of whole projects, in the forms people have them in: an app of our constructs, a SAM template, a CloudFormation template with lines of its
 * own, and sources alone. Here it is the place that counts: the author's own file, and the line in it.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Diagnostic } from '../../../lib/diagnostics';

export interface ProjectMutant {
  readonly name: string;
  readonly code: string;
  /** @default 'error' */
  readonly severity?: 'warning';
  /** In these files: `find` occurs once there. A file that is not there is made of `replace`. */
  readonly edits: readonly (readonly [file: string, find: string, replace: string])[];
  /** A part of the one line at fault, in the first file edited. @default the first line that the edits change there */
  readonly line?: string;
}

export interface Form {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly mutants: readonly ProjectMutant[];
  /** Every finding about the project in a folder. */
  check(folder: string): Diagnostic[];
}

export interface Sighting {
  readonly name: string;
  readonly expected: string;
  /** What is reported first of the highest severity. */
  readonly found: string;
  readonly others: readonly string[];
}

export function sightings({ files, mutants, check }: Form): Sighting[] {
  return mutants.map((mutant) => {
    const changed = applied(files, mutant.edits);
    const [first, ...others] = findingsIn(changed, check);
    return { name: mutant.name, expected: `${mutant.severity ?? 'error'} ${mutant.code}@${expectedPlace(files, changed, mutant)}`, found: first ?? 'nothing', others };
  });
}

/** `severity CODE@file:line`, errors first. */
export function findingsIn(files: Form['files'], check: Form['check']): string[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'appsync-forms-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const shown = check(folder).map(({ severity, code, location }) => `${severity} ${code}@${location ? `${relative(folder, location.file)}:${location.line}` : 'nowhere'}`);
    return [...shown.filter((text) => text.startsWith('error')), ...shown.filter((text) => text.startsWith('warning'))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function applied(files: Form['files'], edits: ProjectMutant['edits']): Record<string, string> {
  const changed: Record<string, string> = { ...files };
  for (const [file, find, replace] of edits) {
    const text = changed[file] ?? find;
    changed[file] = file in changed ? text.slice(0, indexOfOnly(text, find)) + replace + text.slice(indexOfOnly(text, find) + find.length) : replace;
  }
  return changed;
}

function expectedPlace(before: Form['files'], after: Form['files'], { edits, line }: ProjectMutant): string {
  const [file] = edits[0]!;
  const text = after[file]!;
  const lines = (before[file] ?? '').split('\n');
  const index = line === undefined ? text.split('\n').findIndex((each, at) => each !== lines[at]) : text.slice(0, indexOfOnly(text, line)).split('\n').length - 1;
  return `${file}:${index + 1}`;
}

function indexOfOnly(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0 || text.includes(part, at + 1)) throw new Error(`"${part}" must occur once in:\n${text}`);
  return at;
}

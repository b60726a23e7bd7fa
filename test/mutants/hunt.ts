/** Deploys a mutant as far as that is possible without AWS: its template is written, read and checked through the public doors. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkAssembly } from '../../lib/checks';
import type { Diagnostic } from '../../lib/diagnostics';
import { readApis } from '../../lib/model';
import type { Mutant, MutantGroup, Patch, Template } from './mutant';

export interface Trial {
  readonly area: string;
  readonly name: string;
  /** `severity CODE@place`: a place is a resource, `<resource>:<line>` in its text, or `<file>:<line>`. */
  readonly expected: string;
  /** The first cause: what is reported first among the findings of the highest severity. */
  readonly found: string;
  /** Every other code found. */
  readonly others: readonly string[];
  /** What is found in the twin that is in order. */
  readonly twin: readonly string[];
}

/** 1 June 2026, which expiry dates are compared with. */
const nowMs = Date.UTC(2026, 5, 1);

export class Hunt implements Disposable {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'appsync-mutants-')));
  private readonly twins = new Map<Template, readonly string[]>();

  *trials({ area, base, files = {}, text, mutants }: MutantGroup): Iterable<Trial> {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.folder, name), content);
    for (const mutant of mutants) {
      const changed = applied(base, text, mutant);
      const diagnostics = this.findings(changed);
      const [first, ...others] = [...diagnostics.filter(({ severity }) => severity === 'error'), ...diagnostics.filter(({ severity }) => severity === 'warning')];
      yield {
        area,
        name: mutant.name,
        expected: `${mutant.severity ?? 'error'} ${mutant.code}@${expectedPlace(base, changed, text, mutant)}`,
        found: first ? shown(first) : 'nothing',
        others: others.map(shown),
        twin: mutant.fixed ? this.findings(applied(base, text, mutant.fixed)).map(shown) : this.twinOf(base),
      };
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private twinOf(base: Template): readonly string[] {
    const found = this.twins.get(base) ?? this.findings(base).map(shown);
    this.twins.set(base, found);
    return found;
  }

  private findings(template: Template): Diagnostic[] {
    const path = join(this.folder, 'Shop.template.json');
    writeFileSync(path, JSON.stringify(template));
    return checkAssembly(readApis(path), { nowMs });
  }
}

function shown(diagnostic: Diagnostic): string {
  return `${diagnostic.severity} ${diagnostic.code}@${placeOf(diagnostic)}`;
}

function placeOf({ location, resource }: Diagnostic): string {
  if (!location) return resource?.logicalId ?? 'nowhere';
  const [file = '', part = basename(file)] = location.file.split('#');
  return `${part}:${location.line}`;
}

function expectedPlace(base: Template, changed: Template, text: string | undefined, { change, patch, line, on }: Mutant): string {
  if (on !== undefined) return on;
  if (change || line !== undefined) return `${partOf(text!)}:${lineOf(textAt(base, text!), textAt(changed, text!), line)}`;
  const [path = ''] = Object.keys(patch ?? {});
  return path.split('.')[0]!;
}

/** What a text in a template is called as a file: a resource has one code, but two templates. */
function partOf(path: string): string {
  const [logicalId, , property = ''] = path.split('.');
  return property.endsWith('MappingTemplate') ? `${logicalId}.${property}` : logicalId!;
}

/** The one line that holds a text, or else the first line that differs. */
function lineOf(before: string, after: string, holding: string | undefined): number {
  if (holding !== undefined) return after.slice(0, indexOfOnly(after, holding)).split('\n').length;
  const lines = before.split('\n');
  return after.split('\n').findIndex((line, index) => line !== lines[index]) + 1;
}

function applied(base: Template, text: string | undefined, { change, patch = {} }: Pick<Mutant, 'change' | 'patch'>): Template {
  if (!change) return patched(base, patch);
  const before = textAt(base, text!);
  const at = indexOfOnly(before, change[0]);
  return patched(base, { ...patch, [text!]: before.slice(0, at) + change[1] + before.slice(at + change[0].length) });
}

function textAt(template: Template, path: string): string {
  return path.split('.').reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], template.Resources) as string;
}

function patched(base: Template, patch: Patch): Template {
  // Parts that the base uses in several places are copied for each.
  const template = JSON.parse(JSON.stringify(base)) as Template & Record<string, unknown>;
  for (const [path, value] of Object.entries(patch)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let owner: Record<string, unknown> = keys[0]?.startsWith('$') ? template : (template.Resources as Record<string, unknown>);
    for (const key of keys.map((name) => name.replace('$', ''))) owner = (owner[key] ??= {}) as Record<string, unknown>;
    owner[last] = value;
  }
  return template;
}

function indexOfOnly(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0 || text.includes(part, at + 1)) throw new Error(`"${part}" must occur once in:\n${text}`);
  return at;
}

/**
 * Where people wrote what a template holds: the call in a CDK app that made a resource, or the lines of a template written by hand.
 * Hides the record that the CDK keeps of those calls, and how YAML indents a text. Read only when there is something to report.
 */
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, LineCounter, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { locationAt, locationOf, type ResourceRef, type SourceLocation } from '../diagnostics';
import { asPlain, type Plain, readObject, readText } from './template-file';

/** `lib`, or `dist/lib` in the package. */
const libFolder = dirname(__dirname) + sep;

export class SourcePlaces {
  /** By folder of an assembly; undefined for any other folder. */
  private readonly records = new Map<string, Plain | undefined>();
  private readonly templates = new Map<string, HandwrittenTemplate>();

  /** Where a resource is made or declared; undefined when nothing tells. */
  ofResource({ templatePath, logicalId }: ResourceRef): SourceLocation | undefined {
    if (!existsSync(templatePath)) return undefined;
    const record = this.recordBeside(templatePath);
    if (!record) return this.handwritten(templatePath).ofResource(logicalId);
    const path = asPlain(asPlain(asPlain(readObject(templatePath).Resources)[logicalId]).Metadata)['aws:cdk:path'];
    const entries = typeof path === 'string' ? entriesOf(record[`/${path}`]) : onlyEntriesFor(logicalId, record);
    const calls = entries.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
    return Array.isArray(calls) ? usersFrame(calls.map(String)) : undefined;
  }

  /** The place in the file for one in a text inside a hand-written template, which is called `<template>#<resource>`; any other place as it is. */
  ofText(location: SourceLocation): SourceLocation {
    const [templatePath = '', part] = location.file.split('#');
    if (part === undefined || !existsSync(templatePath) || this.recordBeside(templatePath)) return location;
    return this.handwritten(templatePath).ofText(part, location) ?? location;
  }

  /** True for a file that the CDK wrote. */
  isSynthesized(file: string): boolean {
    return this.recordBeside(file) !== undefined;
  }

  /** What the CDK recorded of each construct in the assembly that a file belongs to, by construct path. */
  private recordBeside(file: string): Plain | undefined {
    const folder = dirname(file);
    if (!this.records.has(folder)) this.records.set(folder, recordIn(folder));
    return this.records.get(folder);
  }

  private handwritten(path: string): HandwrittenTemplate {
    const known = this.templates.get(path) ?? new HandwrittenTemplate(path);
    this.templates.set(path, known);
    return known;
  }
}

/** The CDK keeps its record in a file for each stack; older versions, in the manifest itself. */
function recordIn(folder: string): Plain | undefined {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) return undefined;
  const stacks = Object.values(asPlain(readObject(manifest).artifacts)).map(asPlain).filter(({ type }) => type === 'aws:cloudformation:stack');
  if (stacks.length === 0) return undefined;
  const records = stacks.map(({ metadata, additionalMetadataFile }) => {
    const file = typeof additionalMetadataFile === 'string' ? join(folder, additionalMetadataFile) : undefined;
    return file !== undefined && existsSync(file) ? readObject(file) : asPlain(metadata);
  });
  return Object.assign({}, ...records) as Plain;
}

/** Paths stand in templates only when the CDK's command line synthesizes. A logical id may be that of several stacks; then nothing is said. */
function onlyEntriesFor(logicalId: string, record: Plain): readonly Plain[] {
  const found = Object.values(record).map(entriesOf).filter((entries) => entries.some(({ type, data }) => type === 'aws:cdk:logicalId' && data === logicalId));
  return found.length === 1 ? found[0]! : [];
}

function entriesOf(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? value.map(asPlain) : [];
}

/** The innermost call outside of libraries. */
function usersFrame(frames: readonly string[]): SourceLocation | undefined {
  for (const frame of frames) {
    const [, path = '', line, column] = /((?:file:\/\/|[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    const file = path.startsWith('file://') ? fileURLToPath(path) : path;
    if (file.startsWith(libFolder) || file.includes(`${sep}node_modules${sep}`) || !existsSync(file)) continue;
    return locationOf({ path: file, text: readText(file) }, Number(line), Number(column));
  }
  return undefined;
}

/** A template with lines of its own: all of JSON in one line has none worth telling. */
class HandwrittenTemplate {
  private readonly lines = new LineCounter();
  private readonly text: string;
  private readonly resources: YAMLMap | undefined;

  constructor(private readonly path: string) {
    this.text = readText(path);
    const isOneLine = !this.text.trim().includes('\n');
    const found = isOneLine ? undefined : parseDocument(this.text, { lineCounter: this.lines, logLevel: 'silent', prettyErrors: false }).get('Resources', true);
    this.resources = isMap(found) ? found : undefined;
  }

  /** The line of the resource's name. What SAM makes of a resource has a name that begins with its own. */
  ofResource(logicalId: string): SourceLocation | undefined {
    const keys = (this.resources?.items ?? []).flatMap(({ key }) => (isScalar(key) ? [key] : []));
    const own = keys.find(({ value }) => value === logicalId);
    const key = own ?? keys.filter(({ value }) => logicalId.startsWith(String(value))).sort((a, b) => String(b.value).length - String(a.value).length)[0];
    return key?.range ? locationAt({ path: this.path, text: this.text }, key.range[0], String(key.value).length) : undefined;
  }

  /** Only of a literal block (`|`) does each line stand on a line of its own. @param part `<resource>` or `<resource>.<property>` */
  ofText(part: string, { line, column, length }: SourceLocation): SourceLocation | undefined {
    const [logicalId = '', property] = part.split('.');
    const properties = this.resources?.getIn([logicalId, 'Properties'], true);
    const names = property === undefined ? ['Definition', 'SchemaInline', 'Code'] : [property];
    const block = isMap(properties) ? names.map((name) => properties.get(name, true)).find((node) => isScalar(node) && node.type === Scalar.BLOCK_LITERAL) : undefined;
    if (!isScalar(block) || !block.range) return undefined;
    const header = this.lines.linePos(block.range[0]).line;
    const rows = this.text.split('\n').slice(header);
    const indent = /^ */.exec(rows.find((row) => row.trim() !== '') ?? '')?.[0].length ?? 0;
    return locationOf({ path: this.path, text: this.text }, header + line, indent + column, length);
  }
}

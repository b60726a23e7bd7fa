/**
 * Where people wrote what a template holds: the call in a CDK app that made a resource, or the lines of a template written by hand.
 * Hides the record that the CDK keeps of those calls, and how YAML indents a text. Read only when there is something to report.
 */
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, LineCounter, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { locationAt, locationOf, type ResourceRef, type SourceLocation } from '../diagnostics';
import { AuthorFiles } from './author-files';
import { asPlain, type Plain, readObject, readText } from './template-file';

/** `lib`, or `dist/lib` in the package. */
const libFolder = dirname(__dirname) + sep;

export class SourcePlaces {
  /** By folder of an assembly; undefined for any other folder. */
  private readonly records = new Map<string, Plain | undefined>();
  private readonly templates = new Map<string, HandwrittenTemplate>();
  private readonly authorFiles = new AuthorFiles();

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

  /**
   * The place in the author's file for one in a text inside a hand-written template, which is called `<template>#<resource>`, and for one in a text
   * that the CDK copied; any other place as it is.
   * @param made where the resource is made that the text is for, if that is known
   */
  ofText(location: SourceLocation, made?: SourceLocation): SourceLocation {
    const [path = '', part] = location.file.split('#');
    if (!existsSync(path)) return location;
    if (this.recordBeside(path)) {
      const text = part === undefined ? readText(path) : textInTemplate(path, part);
      return (made && text !== undefined ? this.authorFiles.origin(location, text, made.file) : undefined) ?? location;
    }
    return part === undefined ? location : (this.handwritten(path).ofText(part, location) ?? location);
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

/** @param part `<resource>` or `<resource>.<property>` */
function textInTemplate(templatePath: string, part: string): string | undefined {
  const [logicalId = '', property] = part.split('.');
  const properties = asPlain(asPlain(asPlain(readObject(templatePath).Resources)[logicalId]).Properties);
  const text = property === undefined ? (properties.Definition ?? properties.Code) : properties[property];
  return typeof text === 'string' ? text : undefined;
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

  /** The resource's name, or what in a GraphQL API of SAM it is made of. */
  ofResource(logicalId: string): SourceLocation | undefined {
    const key = this.keyOf(logicalId);
    return key?.range ? locationAt({ path: this.path, text: this.text }, key.range[0], String(key.value).length) : undefined;
  }

  /** Only of a literal block (`|`) does each line stand on a line of its own. @param part `<resource>` or `<resource>.<property>` */
  ofText(part: string, { line, column, length }: SourceLocation): SourceLocation | undefined {
    const [logicalId = '', property] = part.split('.');
    const { properties, parts } = this.declarationOf(logicalId);
    const paths = parts ? parts.map((path) => (path.length === 1 ? path : [...path, 'InlineCode'])) : property === undefined ? [['Definition'], ['Code']] : [[property]];
    const block = properties ? paths.map((path) => properties.getIn(path, true)).find((node) => isScalar(node) && node.type === Scalar.BLOCK_LITERAL) : undefined;
    if (!isScalar(block) || !block.range) return undefined;
    const header = this.lines.linePos(block.range[0]).line;
    const rows = this.text.split('\n').slice(header);
    const indent = /^ */.exec(rows.find((row) => row.trim() !== '') ?? '')?.[0].length ?? 0;
    return locationOf({ path: this.path, text: this.text }, header + line, indent + column, length);
  }

  /** The key that declares a resource: of its own, or inside the GraphQL API of SAM that it is made of. */
  private keyOf(logicalId: string): Scalar | undefined {
    const { name, properties, parts = [] } = this.declarationOf(logicalId);
    const inner = parts.map((path) => keyIn(path.length === 1 ? properties : properties?.getIn(path.slice(0, -1), true), path.at(-1)));
    return inner.find((key) => key !== undefined) ?? name;
  }

  /** The resource of that name, or the one with the longest name that it begins with; then also where the rest of the name may lead. */
  private declarationOf(logicalId: string): { readonly name?: Scalar; readonly properties?: YAMLMap; readonly parts?: string[][] } {
    const names = (this.resources?.items ?? []).flatMap(({ key }) => (isScalar(key) && logicalId.startsWith(String(key.value)) ? [key] : []));
    const name = names.sort((a, b) => String(b.value).length - String(a.value).length)[0];
    if (!name) return {};
    const properties = this.resources?.getIn([name.value, 'Properties'], true);
    const found = isMap(properties) ? { name, properties } : { name };
    return name.value === logicalId ? found : { ...found, parts: partsOfSam(logicalId.slice(String(name.value).length), properties) };
  }
}

/** @param suffix what the logical id of a resource has more than that of the API of SAM which it is made of */
function partsOfSam(suffix: string, api: unknown): string[][] {
  if (suffix === 'Schema') return [['SchemaInline']];
  const types = isMap(api) ? api.get('Resolvers', true) : undefined;
  const ofResolvers = (isMap(types) ? types.items : []).flatMap(({ key }) => (isScalar(key) && suffix.startsWith(String(key.value)) ? [String(key.value)] : []));
  const ofSources = ['DynamoDb', 'Lambda'].map((kind) => ['DataSources', kind, suffix.replace(/(?:DynamoDB|Lambda)DataSource$/, '')]);
  return [['Functions', suffix], ...ofResolvers.map((type) => ['Resolvers', type, suffix.slice(type.length)]), ...ofSources];
}

function keyIn(map: unknown, name: string | undefined): Scalar | undefined {
  const keys = isMap(map) ? map.items.flatMap(({ key }) => (isScalar(key) ? [key] : [])) : [];
  return keys.find(({ value }) => value === name);
}

/**
 * What the checks really say about the files of an example. The files alone tell which door they go through: a stack is synthesized,
 * a baseline (a schema or a template) compared, one file of JavaScript checked as a handler, parts of a template are laid over the sample API, and anything else is
 * checked as sources.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { transformSync } from 'esbuild';
import { parse, type ScalarTag } from 'yaml';
import * as library from '../../lib';
import { checkAssembly, checkSources, compareAssemblies } from '../../lib/checks';
import { checkHandlerCode } from '../../lib/compiler';
import type { Diagnostic, SourceLocation } from '../../lib/diagnostics';
import { readApis } from '../../lib/model';
import { compareSchemas, loadSchema, readSchemaFiles } from '../../lib/sdl';
import type { ExampleFile } from './example';

const sample = resolve(__dirname, '../../docs/diagnostics/sample');
/** Expiry dates are compared with 1 June 2026. */
const nowMs = Date.UTC(2026, 5, 1);

/** Every finding about the files of one side; places and messages name the files as the example does. */
export function checkExample(files: readonly ExampleFile[]): Diagnostic[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'example-')));
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return findings(folder, files).map((diagnostic) => relocated(diagnostic, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `<file>:<line>` of what a finding is about, as far as the example shows it. */
export function placeOf({ location, resource }: Diagnostic, files: readonly ExampleFile[]): string | undefined {
  if (location) return files.some(({ name }) => name === location.file) ? `${location.file}:${location.line}` : undefined;
  const lines = files.find(({ name }) => name === 'template.yaml')?.text.split('\n') ?? [];
  const line = lines.findIndex((text) => resource !== undefined && text.trimStart().startsWith(`${resource.logicalId}:`));
  return line < 0 ? undefined : `template.yaml:${line + 1}`;
}

function findings(folder: string, files: readonly ExampleFile[]): Diagnostic[] {
  const has = (name: string) => files.some((file) => file.name === name);
  if (has('stack.ts')) return checkStack(folder);
  if (has('baseline.graphql')) return checkChange(folder);
  if (has('baseline.yaml')) return [...compareAssemblies(readApis(layOver(folder, 'baseline.yaml', files)), readApis(layOver(folder, 'template.yaml', files))).diagnostics];
  if (has('resolver.js')) return files.flatMap(({ text }) => checkHandlerCode({ code: { path: join(folder, 'resolver.js'), text } }));
  if (files.some(({ language }) => ['yaml', 'js', 'vtl'].includes(language))) return checkTemplate(folder, files);
  return checkSources(has('schema.graphql') ? [join(folder, 'schema.graphql')] : [], files.some(({ name }) => name.startsWith('resolvers/')) ? join(folder, 'resolvers') : undefined);
}

/** The statements of a stack's constructor, with every export of the library in scope. */
function checkStack(folder: string): Diagnostic[] {
  const { code } = transformSync(readFileSync(join(folder, 'stack.ts'), 'utf8'), { loader: 'ts' });
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const { env } = process;
  const cwd = process.cwd();
  // Paths in a stack are relative to the app. Its findings are read off the assembly, and the CDK's own validation takes seconds to load.
  process.chdir(folder);
  process.env = { ...env, CDK_ENTERPRISE_APPSYNC_CHECKS: 'off', CDK_VALIDATION: 'false' };
  try {
    new Function(...Object.keys(library), code).call(new Stack(app, 'Shop'), ...Object.values(library));
    app.synth();
    return checkAssembly(readApis(join(folder, 'cdk.out')), { nowMs });
  } finally {
    process.chdir(cwd);
    process.env = env;
  }
}

function checkChange(folder: string): Diagnostic[] {
  const [baseline, current] = ['baseline.graphql', 'schema.graphql'].map((name) => loadSchema(readSchemaFiles(join(folder, name)).value));
  const problems = [...baseline!.diagnostics, ...current!.diagnostics];
  if (!baseline!.value || !current!.value) return problems;
  return [...problems, ...compareSchemas(baseline!.value, current!.value, { defaultMode: 'API_KEY' }).diagnostics];
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
type Resources = Readonly<Record<string, Resource>>;

const ofTheApi = { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] } };

function checkTemplate(folder: string, files: readonly ExampleFile[]): Diagnostic[] {
  return checkAssembly(readApis(layOver(folder, 'template.yaml', files)), { nowMs });
}

/** Makes a whole template of the file of that name, if it is not one. @returns its path */
function layOver(folder: string, name: string, files: readonly ExampleFile[]): string {
  cpSync(sample, folder, { recursive: true, force: false });
  const given = files.find((file) => file.name === name);
  const template = given === undefined ? {} : (read(given.text) as Readonly<Record<string, unknown>>);
  const path = join(folder, name);
  // A whole template stands for itself.
  if (!('Resources' in template)) {
    const base = (read(readFileSync(join(sample, 'template.yaml'), 'utf8')) as { Resources: Resources }).Resources;
    const resources = laidOver(base, template as Resources);
    const ownSchema = files.some((file) => file.name === 'schema.graphql');
    writeFileSync(path, JSON.stringify({ Resources: ownSchema ? answered(resources, template as Resources, folder) : resources }));
  }
  return path;
}

/** A resource with a type is the example's own; properties of one without are added to those of the sample, or taken away by `null`. */
function laidOver(base: Resources, changes: Resources): Resources {
  const changed = Object.entries(changes).map(([logicalId, change]) => {
    const below = change.Type === undefined ? base[logicalId] : { Properties: change.Type.startsWith('AWS::AppSync::') ? ofTheApi : {} };
    const properties = Object.entries({ ...below?.Properties, ...change.Properties }).filter(([, value]) => value !== null);
    return [logicalId, { ...below, ...change, Properties: Object.fromEntries(properties) }] as const;
  });
  return { ...base, ...Object.fromEntries(changed) };
}

/** For a schema of the example: resolvers of the sample for fields it lacks are left out, and the function answers what is left open. */
function answered(resources: Resources, own: Resources, folder: string): Resources {
  const { draft } = loadSchema(readSchemaFiles(join(folder, 'schema.graphql')).value);
  const roots = [draft?.schema.getQueryType(), draft?.schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => [type!.name, field] as const));
  const answers = ({ Type, Properties }: Resource) => (Type === 'AWS::AppSync::Resolver' ? `${String(Properties?.TypeName)}.${String(Properties?.FieldName)}` : undefined);
  const kept = Object.entries(resources).filter(([logicalId, resource]) => {
    const field = answers(resource);
    return logicalId in own || field === undefined || draft?.locationOf(field) !== undefined;
  });
  const open = roots.filter(([type, field]) => !kept.some(([, resource]) => answers(resource) === `${type}.${field}`));
  const direct = open.map(([TypeName, FieldName]) => [`${TypeName}${FieldName}`, { Type: 'AWS::AppSync::Resolver', Properties: { ...ofTheApi, TypeName, FieldName, DataSourceName: 'Clerk' } }] as const);
  return Object.fromEntries([...kept, ...direct]);
}

/** YAML with the short forms of CloudFormation's functions written out. */
function read(text: string): unknown {
  const short = (tag: string, name: string, value: (text: string) => unknown): ScalarTag => ({ tag, resolve: (written) => ({ [name]: value(written) }) });
  return parse(text, { customTags: [short('!Ref', 'Ref', String), short('!Sub', 'Fn::Sub', String), short('!GetAtt', 'Fn::GetAtt', (written) => written.split('.'))] });
}

function relocated({ message, fix, location, notes, resource, ...rest }: Diagnostic, folder: string): Diagnostic {
  const shortened = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(`${relative(process.cwd(), folder)}/`, '').replaceAll(folder, '.');
  const placed = (at: SourceLocation): SourceLocation => ({ ...at, file: shortened(resolve(folder, at.file)) });
  return {
    ...rest,
    message: shortened(message),
    notes: notes.map((note) => ({ ...note, message: shortened(note.message), ...(note.location ? { location: placed(note.location) } : {}) })),
    ...(fix === undefined ? {} : { fix: shortened(fix) }),
    ...(location ? { location: placed(location) } : {}),
    ...(resource ? { resource: { ...resource, templatePath: shortened(resource.templatePath) } } : {}),
  };
}

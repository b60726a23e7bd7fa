import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type AssemblyDiff, compareAssemblies } from '../../lib/checks';
import { type Diagnostic, DiagnosticError, type DiagnosticFormat, formatDiagnostics, reasonOf, type SourceLocation } from '../../lib/diagnostics';
import { readApis } from '../../lib/model';
import { authorizationModes, compareSchemas, loadSchema, readSchemaFiles, type SafeChange, type SchemaModel } from '../../lib/sdl';
import { appInput, inputHelp, inputOptions } from './app-input';
import { readInput } from './check';
import { type Command, listOption, textOption, UsageError } from './command';

const formats: readonly DiagnosticFormat[] = ['text', 'json', 'github', 'sarif'];

type Values = Readonly<Record<string, unknown>>;

/** What two schemas differ in is part of what two assemblies differ in. */
type Comparison = Pick<AssemblyDiff, 'diagnostics' | 'safe'> & Partial<AssemblyDiff>;

export const diffCommand: Command = {
  usage: 'diff --baseline PATH [--app CMD | --assembly DIR | --template FILE | --schema FILE…] [--placed FILE] [--default-authorization MODE] [--format text|json|github|sarif]',
  summary: 'tell what breaks between a deployed API and this one: its deployment, and the clients of its schema; exit code 1 if anything does',
  help: [
    ['--baseline PATH', 'what is deployed: a cloud assembly or a template; with --schema, the SDL file or folder that clients were written for'],
    ...inputHelp,
    ['--placed FILE', 'write the stacks that the fields have in the baseline, as `resolverStacks.placed` takes them'],
    ['--schema FILE', 'compare schemas alone: SDL file or folder; may be given several times'],
    ['--default-authorization MODE', `with --schema: ${authorizationModes.join(', ')}, the mode of fields without a directive`],
    ['--format FORMAT', `${formats.join(', ')} (default: text)`],
  ],
  options: { baseline: { type: 'string' }, ...inputOptions, placed: { type: 'string' }, schema: { type: 'string', multiple: true }, 'default-authorization': { type: 'string' }, format: { type: 'string' } },
  async run(values) {
    const format = formats.find((name) => name === (values.format ?? 'text'));
    if (!format) throw new UsageError(`--format is ${formats.join(', ')}, not "${String(values.format)}"`);
    const baseline = textOption(values, 'baseline');
    if (baseline === undefined) throw new UsageError(`--baseline is needed: what is deployed, to compare with; usage: appsync-local ${this.usage}`);
    const schema = listOption(values, 'schema');
    const comparison = schema.length > 0 ? diffOfSchemas(baseline, schema, values) : await diffOfAssemblies(baseline, values);
    print(comparison, format);
    return comparison.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function diffOfSchemas(baseline: string, schema: readonly string[], values: Values): Comparison {
  const other = Object.keys(inputOptions).find((name) => values[name] !== undefined);
  if (other !== undefined) throw new UsageError(`give --schema or --${other}, not both: a template names its own schema`);
  if (values.placed !== undefined) throw new UsageError('--placed goes with assemblies and templates: a schema has no stacks');
  if (existsSync(join(baseline, 'manifest.json'))) throw new UsageError(`--baseline "${baseline}" is a cloud assembly: leave out --schema, and give --assembly, --template or --app to compare with it`);
  const defaultMode = textOption(values, 'default-authorization');
  if (defaultMode !== undefined && !authorizationModes.includes(defaultMode)) throw new UsageError(`--default-authorization is ${authorizationModes.join(', ')}, not "${defaultMode}"`);
  return compareSchemas(read([baseline]), read(schema), defaultMode === undefined ? {} : { defaultMode });
}

async function diffOfAssemblies(baseline: string, values: Values): Promise<Comparison> {
  if (values['default-authorization'] !== undefined) throw new UsageError('--default-authorization goes with --schema: a template names the mode itself');
  if (isSchema(baseline)) throw new UsageError(`--baseline "${baseline}" is a schema: give --schema to compare with it, or a cloud assembly as the baseline`);
  const input = appInput(values);
  // Before the app is run, which takes longest.
  const before = readApis(resolve(baseline));
  const after = await readInput(input);
  if (before.apis.length + after.apis.length === 0) throw new UsageError(`there is no AWS::AppSync::GraphQLApi in ${baseline}, nor in ${input.description}`);
  const comparison = compareAssemblies(before, after);
  const file = textOption(values, 'placed');
  if (file !== undefined) writePlaced(file, comparison);
  return comparison;
}

function isSchema(path: string): boolean {
  const isSdl = (name: string) => /\.(graphqls?|gql)$/.test(name);
  return isSdl(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true && !existsSync(join(path, 'manifest.json')) && readdirSync(path).some(isSdl));
}

/** Fields by name with their stacks; or, of several APIs, that by the name of the API. */
function writePlaced(file: string, { placed }: AssemblyDiff): void {
  const [only, ...others] = placed.values();
  if (!only) throw new UsageError('--placed: no API has "resolverStacks", neither in the baseline nor now');
  try {
    writeFileSync(file, `${JSON.stringify(others.length === 0 ? only : Object.fromEntries(placed), null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--placed: cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** @throws DiagnosticError when there is no schema to compare */
function read(paths: readonly string[]): SchemaModel {
  const files = readSchemaFiles(paths.map((path) => resolve(path)));
  // Without all of its files a schema lacks things that nobody has left out.
  if (files.diagnostics.length > 0) throw new DiagnosticError(files.diagnostics);
  const schema = loadSchema(files.value);
  // What AppSync refuses can still be compared, as long as it is a schema.
  if (!schema.value) throw new DiagnosticError(schema.diagnostics.filter(({ severity }) => severity === 'error'));
  return schema.value;
}

function print({ diagnostics, safe, moves }: Comparison, format: DiagnosticFormat): void {
  const report = formatDiagnostics(diagnostics, { format, cwd: process.cwd() });
  switch (format) {
    case 'text': {
      const lines = safe.map(({ message, location }) => `${location ? `${shown(location)}:${location.line}:${location.column} - ` : ''}safe: ${message}`);
      console.log([report, lines.join('\n'), summary(diagnostics, safe)].filter(Boolean).join('\n\n'));
      break;
    }
    case 'json': {
      const rows = safe.map(({ message, location }) => ({ message, file: location ? shown(location) : null, line: location?.line ?? null, column: location?.column ?? null }));
      const moved = moves?.map(({ kind, name, before, after }) => ({ kind, name, before: place(before), after: place(after) }));
      console.log(JSON.stringify({ ...(JSON.parse(report) as object), safe: rows, ...(moved && { moved }) }, null, 2));
      break;
    }
    case 'github':
    case 'sarif':
      if (report) console.log(report);
  }
}

function summary(diagnostics: readonly Diagnostic[], safe: readonly SafeChange[]): string {
  const breaking = diagnostics.filter(({ severity }) => severity === 'error').length;
  return `${breaking} breaking, ${diagnostics.length - breaking} dangerous, ${safe.length} safe`;
}

function place({ stack, resource }: AssemblyDiff['moves'][number]['before']): { stack: string; logicalId: string } {
  return { stack, logicalId: resource.logicalId };
}

/** The path as reports write it. */
function shown({ file }: SourceLocation): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

import { relative, resolve } from 'node:path';
import { type Diagnostic, DiagnosticError, type DiagnosticFormat, formatDiagnostics, type SourceLocation } from '../../lib/diagnostics';
import { authorizationModes, compareSchemas, loadSchema, readSchemaFiles, type SafeChange, type SchemaModel } from '../../lib/sdl';
import { type Command, listOption, textOption, UsageError } from './command';

const formats: readonly DiagnosticFormat[] = ['text', 'json', 'github', 'sarif'];

export const diffCommand: Command = {
  usage: 'diff --baseline FILE --schema FILE… [--default-authorization MODE] [--format text|json|github|sarif]',
  summary: 'tell what a schema changes for the clients of an earlier one; exit code 1 if anything breaks them',
  help: [
    ['--baseline FILE', 'SDL file or folder that clients were written for'],
    ['--schema FILE', 'SDL file or folder to compare; may be given several times'],
    ['--default-authorization MODE', `${authorizationModes.join(', ')}: the mode of fields without a directive`],
    ['--format FORMAT', `${formats.join(', ')} (default: text)`],
  ],
  options: { baseline: { type: 'string' }, schema: { type: 'string', multiple: true }, 'default-authorization': { type: 'string' }, format: { type: 'string' } },
  async run(values) {
    const format = formats.find((name) => name === (values.format ?? 'text'));
    if (!format) throw new UsageError(`--format is ${formats.join(', ')}, not "${String(values.format)}"`);
    const defaultMode = textOption(values, 'default-authorization');
    if (defaultMode !== undefined && !authorizationModes.includes(defaultMode)) throw new UsageError(`--default-authorization is ${authorizationModes.join(', ')}, not "${defaultMode}"`);
    const baseline = textOption(values, 'baseline');
    const schema = listOption(values, 'schema');
    if (baseline === undefined || schema.length === 0) throw new UsageError(`--baseline and --schema are needed; usage: appsync-local ${this.usage}`);
    const { diagnostics, safe } = compareSchemas(read([baseline]), read(schema), defaultMode === undefined ? {} : { defaultMode });
    const breaking = diagnostics.filter(({ severity }) => severity === 'error').length;
    print(diagnostics, safe, format, `${breaking} breaking, ${diagnostics.length - breaking} dangerous, ${safe.length} safe`);
    return breaking > 0 ? 1 : 0;
  },
};

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

function print(diagnostics: readonly Diagnostic[], safe: readonly SafeChange[], format: DiagnosticFormat, summary: string): void {
  const report = formatDiagnostics(diagnostics, { format, cwd: process.cwd() });
  switch (format) {
    case 'text': {
      const lines = safe.map(({ message, location }) => `${location ? `${shown(location)}:${location.line}:${location.column} - ` : ''}safe: ${message}`);
      console.log([report, lines.join('\n'), summary].filter(Boolean).join('\n\n'));
      break;
    }
    case 'json': {
      const rows = safe.map(({ message, location }) => ({ message, file: location ? shown(location) : null, line: location?.line ?? null, column: location?.column ?? null }));
      console.log(JSON.stringify({ ...(JSON.parse(report) as object), safe: rows }, null, 2));
      break;
    }
    case 'github':
    case 'sarif':
      if (report) console.log(report);
  }
}

/** The path as reports write it. */
function shown({ file }: SourceLocation): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { generateTypes } from '../../lib/codegen';
import { DiagnosticError, reasonOf } from '../../lib/diagnostics';
import { loadSchema, readSchemaFiles } from '../../lib/sdl';
import { type Command, listOption, textOption, UsageError } from './command';

export const codegenCommand: Command = {
  usage: 'codegen --schema FILE… --out FILE [--check]',
  summary: 'write the TypeScript types of a schema, for resolvers and clients',
  help: [
    ['--schema FILE', 'SDL file or folder; may be given several times'],
    ['--out FILE', 'TypeScript file to write'],
    ['--check', 'write nothing; exit code 1 if the file is out of date'],
  ],
  options: { schema: { type: 'string', multiple: true }, out: { type: 'string' }, check: { type: 'boolean' } },
  async run(values) {
    const paths = listOption(values, 'schema');
    const out = textOption(values, 'out');
    if (paths.length === 0 || out === undefined) throw new UsageError(`--schema and --out are needed; usage: appsync-local ${this.usage}`);
    const files = readSchemaFiles(paths.map((path) => resolve(path)));
    if (files.diagnostics.length > 0) throw new DiagnosticError(files.diagnostics);
    const schema = loadSchema(files.value);
    const errors = schema.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    if (errors.length > 0 || !schema.value) throw new DiagnosticError(errors);
    const text = generateTypes(schema.value);
    if (values.check === true) return check(out, text);
    await write(out, text);
    console.log(`${out} written`);
    return 0;
  },
};

/** For CI. @returns the exit code */
async function check(file: string, text: string): Promise<number> {
  const current = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${file}: ${reasonOf(error)}`);
  });
  // A checkout may have turned the line ends.
  const isCurrent = current?.replace(/\r\n/g, '\n') === text;
  console.log(`${file} is ${isCurrent ? 'up to date' : `${current === undefined ? 'missing' : 'out of date'}: run appsync-local codegen without --check`}`);
  return isCurrent ? 0 : 1;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? `there is no folder ${dirname(file)}` : reasonOf(error);
    throw new UsageError(`cannot write ${file}: ${reason}`);
  }
}

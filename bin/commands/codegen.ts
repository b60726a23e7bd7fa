import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { generateTypes } from '../../lib/codegen';
import { DiagnosticError } from '../../lib/diagnostics';
import { loadSchema, readSchemaFiles } from '../../lib/sdl';
import { type Command, listOption, reasonOf, textOption, UsageError } from './command';

export const codegenCommand: Command = {
  usage: 'codegen --schema FILE… --out FILE',
  summary: 'write the TypeScript types of a schema, for resolvers and clients',
  help: [
    ['--schema FILE', 'SDL file or folder; may be given several times'],
    ['--out FILE', 'TypeScript file to write'],
  ],
  options: { schema: { type: 'string', multiple: true }, out: { type: 'string' } },
  async run(values) {
    const paths = listOption(values, 'schema');
    const out = textOption(values, 'out');
    if (paths.length === 0 || out === undefined) throw new UsageError(`--schema and --out are needed; usage: appsync-local ${this.usage}`);
    const files = readSchemaFiles(paths.map((path) => resolve(path)));
    const schema = loadSchema(files.value);
    const errors = [...files.diagnostics, ...schema.diagnostics].filter((diagnostic) => diagnostic.severity === 'error');
    if (errors.length > 0 || !schema.value) throw new DiagnosticError(errors);
    await write(out, generateTypes(schema.value));
    console.log(`${out} written`);
    return 0;
  },
};

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
  }
}

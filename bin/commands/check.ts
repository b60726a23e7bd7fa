import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkAssembly, checkSources } from '../../lib/checks';
import { type Diagnostic, type DiagnosticFormat, formatDiagnostics } from '../../lib/diagnostics';
import type { Assembly } from '../../lib/model';
import { type AppInput, appInput, inputHelp, inputOptions, temporaryOutdir } from './app-input';
import { type Command, listOption, textOption, UsageError } from './command';
import { defaultStateFolder } from './running-apis';
import { claimFolder } from './work-folder';

const formats: readonly DiagnosticFormat[] = ['text', 'json', 'github', 'sarif'];

export const checkCommand: Command = {
  usage: 'check [--app CMD | --assembly DIR | --template FILE | --schema FILE… [--resolvers DIR]] [--format text|json|github|sarif]',
  summary: 'report what AppSync would refuse at deploy; exit code 1 if anything is an error',
  help: [
    ...inputHelp,
    ['--schema FILE', 'check SDL files or folders alone; may be given several times'],
    ['--resolvers DIR', 'with --schema: check a folder of resolver sources against it'],
    ['--format FORMAT', `${formats.join(', ')} (default: text)`],
  ],
  options: { ...inputOptions, schema: { type: 'string', multiple: true }, resolvers: { type: 'string' }, format: { type: 'string' } },
  async run(values) {
    const format = formats.find((name) => name === (values.format ?? 'text'));
    if (!format) throw new UsageError(`--format is ${formats.join(', ')}, not "${String(values.format)}"`);
    const diagnostics = await findings(values);
    const report = formatDiagnostics(diagnostics, { format, cwd: process.cwd() });
    if (report) console.log(report);
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
    if (format === 'text') console.log(`${report ? '\n' : ''}${count(errors, 'error')}, ${count(diagnostics.length - errors, 'warning')}`);
    return errors > 0 ? 1 : 0;
  },
};

async function findings(values: Readonly<Record<string, unknown>>): Promise<readonly Diagnostic[]> {
  const schema = listOption(values, 'schema');
  const resolvers = textOption(values, 'resolvers');
  const other = Object.keys(inputOptions).find((name) => values[name] !== undefined);
  if (schema.length > 0 && other !== undefined) throw new UsageError(`give --schema or --${other}, not both: a template names its own schema`);
  if (schema.length > 0) return checkSources(schema.map((path) => resolve(path)), resolvers === undefined ? undefined : resolve(resolvers));
  if (resolvers !== undefined) throw new UsageError('--resolvers needs --schema: resolver files are checked against a schema');
  return checkAssembly(await readInput(appInput(values)));
}

/** Always the same folder, so that two runs print the same paths. */
export async function readInput(input: AppInput): Promise<Assembly> {
  if (!input.outputs) return input.read('');
  const folder = resolve(defaultStateFolder, 'check');
  const claim = await claimFolder(folder);
  if ('release' in claim) {
    const outdir = join(folder, 'cdk.out');
    await rm(outdir, { recursive: true, force: true });
    return input.read(outdir).finally(() => claim.release());
  }
  const outdir = await temporaryOutdir();
  return input.read(outdir.path).finally(() => outdir.remove());
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

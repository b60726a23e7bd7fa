/** `appsync-local`: parses arguments, calls the library, prints, sets the exit code. Bad input is one message and exit code 2, never a stack trace. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { didYouMean, DiagnosticError, formatDiagnostics, invariant } from '../lib/diagnostics';
import { type Command, type HelpRow, UsageError } from './commands/command';

const commands = ['dev', 'check', 'diff', 'evaluate', 'codegen', 'token', 'credentials', 'request'] as const;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    console.log(version());
    return 0;
  }
  const known = commands.find((candidate) => candidate === name);
  if (!known) throw new UsageError(`there is no command "${name}"${suggestion(name, commands)}; the commands are ${commands.join(', ')}`);
  const command = load(known);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`${command.summary}\n\nusage: appsync-local ${command.usage}\n\n${table(command.help)}`);
    return 0;
  }
  const { values, positionals } = parseOptions(name, command, args);
  return command.run(values, positionals);
}

/** A command is loaded when it is called: what the others need would double the time to start. `./commands/<name>` exports `<name>Command`. */
function load(name: (typeof commands)[number]): Command {
  const module = createRequire(__filename)(`./commands/${name}`) as Readonly<Record<string, Command>>;
  const command = module[`${name}Command`];
  invariant(command, `./commands/${name} exports no ${name}Command`);
  return command;
}

function parseOptions(name: string, command: Command, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options: command.options, allowPositionals: command.takesText ?? false });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${explain(code, message, command)}; "appsync-local ${name} --help" lists the options`);
  }
}

/** parseArgs says what is wrong in its first sentence, with the name in quotes; the rest is advice about positionals. */
function explain(code: string | undefined, message: string, { options }: Command): string {
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? [];
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `there is no option "${quoted}"${suggestion(quoted, Object.keys(options).map((option) => `--${option}`))}`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `"${quoted}" is not an option`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return `${(/--[\w-]+/.exec(quoted) ?? [quoted])[0]} needs a value`;
    default:
      return message;
  }
}

function suggestion(name: string, known: readonly string[]): string {
  const text = didYouMean(name, known);
  return text ? `, ${text}` : '';
}

function overview(): string {
  const all = commands.map(load);
  return `appsync-local: AWS AppSync on this machine, from any CDK, CloudFormation or SAM template

${all.map(({ usage, summary }) => `  ${usage}\n      ${summary}`).join('\n')}

appsync-local <command> --help tells more.`;
}

function table(rows: readonly HelpRow[]): string {
  const width = Math.max(...rows.map(([option]) => option.length));
  return rows.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`).join('\n');
}

/** Of the package this file is in, wherever it was compiled to. */
function version(): string {
  const manifest = createRequire(__filename).resolve('cdk-enterprise-appsync/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function report(error: unknown): void {
  if (error instanceof DiagnosticError) console.error(formatDiagnostics(error.diagnostics, { cwd: process.cwd() }));
  else if (error instanceof UsageError) console.error(`appsync-local: ${error.message}`);
  else console.error(`appsync-local: ${process.env.DEBUG ? (error as Error).stack : `${(error as Error).message} (a bug in cdk-enterprise-appsync: run again with DEBUG=1 and report what it prints)`}`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    report(error);
    process.exitCode = 2;
  },
);

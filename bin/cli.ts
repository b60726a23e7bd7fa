/** `appsync-local`: parses arguments, calls the library, prints, sets the exit code. Bad input is one message and exit code 2, never a stack trace. */
import { parseArgs } from 'node:util';
import { didYouMean, DiagnosticError, formatDiagnostics } from '../lib/diagnostics';
import { checkCommand } from './commands/check';
import { codegenCommand } from './commands/codegen';
import { type Command, UsageError } from './commands/command';
import { devCommand } from './commands/dev';
import { requestCommand } from './commands/request';
import { tokenCommand } from './commands/token';

const commands: Readonly<Record<string, Command>> = { dev: devCommand, check: checkCommand, codegen: codegenCommand, token: tokenCommand, request: requestCommand };

const overview = `appsync-local: AWS AppSync on this machine, from any CDK, CloudFormation or SAM template

${Object.values(commands)
  .map((command) => `  ${command.usage}\n      ${command.summary}`)
  .join('\n')}

appsync-local <command> --help tells more.`;

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) throw new UsageError(`there is no command "${name}"${suggestion(name)}; the commands are ${Object.keys(commands).join(', ')}`);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`${command.summary}\n\nusage: appsync-local ${command.usage}\n\n${command.help}`);
    return 0;
  }
  const { values, positionals } = parseOptions(command, args);
  return command.run(values, positionals);
}

function parseOptions(command: Command, args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options: command.options, allowPositionals: command.takesText ?? false });
  } catch (error) {
    // parseArgs explains itself in its first sentence; the rest is advice about positionals.
    const [what] = String((error as Error).message).split(/\. |\n/);
    throw new UsageError(`${what}; usage: appsync-local ${command.usage}`);
  }
}

function suggestion(name: string): string {
  const text = didYouMean(name, Object.keys(commands));
  return text ? `, ${text}` : '';
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

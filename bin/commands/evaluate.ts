import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { reasonOf } from '../../lib/diagnostics';
import { evaluate, type EvaluateInput } from '../../lib/local';
import { type Command, textOption, UsageError } from './command';

export const evaluateCommand: Command = {
  usage: 'evaluate (--code FILE --function request|response | --template FILE) --context FILE',
  summary: 'run one handler or mapping template as AWS would, and print the answer of EvaluateCode as JSON; exit code 1 if it holds an error',
  help: [
    ['--code FILE', 'resolver or function code, JavaScript or TypeScript; what it imports is bundled in'],
    ['--function NAME', 'request or response'],
    ['--template FILE', 'a mapping template (VTL), instead of code'],
    ['--context FILE', 'JSON: { "arguments", "identity", "source", "stash", "result", "prev", "error", "info", … }, all optional'],
  ],
  options: { code: { type: 'string' }, function: { type: 'string' }, template: { type: 'string' }, context: { type: 'string' } },
  async run(values) {
    const answer = await evaluate(inputOf(values, this.usage));
    console.log(JSON.stringify(answer, null, 2));
    return answer.error ? 1 : 0;
  },
};

function inputOf(values: Readonly<Record<string, unknown>>, usage: string): EvaluateInput {
  const code = textOption(values, 'code');
  const template = textOption(values, 'template');
  const contextFile = textOption(values, 'context');
  if (code !== undefined && template !== undefined) throw new UsageError('give --code or --template, not both: one run evaluates one of them');
  if (contextFile === undefined || (code ?? template) === undefined) throw new UsageError(`--context and one of --code and --template are needed; usage: appsync-local ${usage}`);
  const given = { context: read('--context', contextFile), contextFile: resolve(contextFile) };
  if (template !== undefined) return { template: read('--template', template), ...given };
  const name = textOption(values, 'function');
  if (name !== 'request' && name !== 'response') throw new UsageError(`--function is request or response${name === undefined ? '' : `, not "${name}"`}`);
  if (code === undefined || extname(code) === '.vtl') throw new UsageError('--code is JavaScript or TypeScript; give a mapping template with --template');
  read('--code', code);
  return { file: code, function: name, ...given };
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${reasonOf(error)}`);
  }
}

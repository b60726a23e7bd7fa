import type { HandlerProgram } from '../handler-program';
import type { HandlerRule } from './handler-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateResolver.html (`code`); 32 KB in the quotas. Characters. */
const maxCodeLength = 32_768;

export const fitsSizeLimit: HandlerRule = {
  code: 'RES_SIZE',
  severity: 'error',
  summary: 'the bundled code has at most 32,768 characters',
  url: 'https://docs.aws.amazon.com/general/latest/gr/appsync.html',
  *check(handler) {
    const { length } = handler.code;
    if (length <= maxCodeLength) return;
    yield {
      at: { start: 0, end: 0 },
      location: handler.start,
      message: `the bundled code has ${count(length)} characters; AppSync takes at most ${count(maxCodeLength)}`,
      notes: largestFiles(handler).map(([file, characters]) => ({ message: `${count(characters)} characters come from here`, location: { file, line: 1, column: 1 } })),
      fix: 'import less, split the work into a pipeline, or move it to a Lambda data source',
    };
  },
};

/** The three files that fill most of the bundle, by whole lines. */
function largestFiles({ code, original }: HandlerProgram): [file: string, characters: number][] {
  const sizes = new Map<string, number>();
  let start = 0;
  for (const line of code.split('\n')) {
    const file = original.fileOf({ start, end: start + line.length });
    start += line.length + 1;
    if (file !== undefined) sizes.set(file, (sizes.get(file) ?? 0) + line.length + 1);
  }
  return [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 3);
}

function count(characters: number): string {
  return characters.toLocaleString('en-US');
}

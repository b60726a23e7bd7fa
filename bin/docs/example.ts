/**
 * The examples of one diagnostic code, as `docs/diagnostics/<CODE>.md` gives them: what is wrong (`Bad`), and the same in order (`Good`),
 * as code blocks with the name of a file. A code that no source can show has prose alone.
 */

export interface ExampleFile {
  readonly name: string;
  /** Of the code block: `graphql`, `ts`, … */
  readonly language: string;
  readonly text: string;
}

export interface Example {
  /** Markdown above the first block; may be empty. */
  readonly prose: string;
  /** Files that both sides have. */
  readonly common: readonly ExampleFile[];
  readonly bad: readonly ExampleFile[];
  readonly good: readonly ExampleFile[];
}

/** What a block of the language is called that does not say so itself: "```ts resolvers/Mutation.placeOrder.ts" does. */
export function usualName(language: string): string | undefined {
  const names: Readonly<Record<string, string>> = { graphql: 'schema.graphql', ts: 'resolvers/Query.order.ts', js: 'resolver.js', vtl: 'Query.orders.request.vtl', yaml: 'template.yaml' };
  return names[language];
}

/** @throws Error when the text has another form, naming the file */
export function parseExample(path: string, text: string): Example {
  const [common = '', bad, good, ...more] = text.split(/^(?:Bad|Good):$/m);
  if ((bad === undefined) !== (good === undefined) || more.length > 0 || text.indexOf('\nGood:') < text.indexOf('\nBad:')) throw new Error(`${path} must have "Bad:" and then "Good:", each on a line of its own and followed by code blocks; or neither`);
  const sides = { common: filesIn(path, common), bad: filesIn(path, bad ?? ''), good: filesIn(path, good ?? '') };
  if (bad !== undefined && (sides.bad.length === 0 || sides.good.length === 0)) throw new Error(`${path} has no code block under "Bad:" or under "Good:"`);
  return { prose: common.replace(fences, '').trim(), ...sides };
}

const fences = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

function filesIn(path: string, markdown: string): ExampleFile[] {
  return [...markdown.matchAll(fences)].map(([, language = '', name = usualName(language), text = '']) => {
    if (name === undefined) throw new Error(`${path} has a block of "${language}" without a file name: write it behind the language`);
    return { name, language, text };
  });
}

/** `<file>:<line>` of every line that ends in a comment `←`: there the finding is. */
export function markedPlaces(files: readonly ExampleFile[]): string[] {
  return files.flatMap(({ name, text }) => text.split('\n').flatMap((line, index) => (/(?:#|\/\/) ←$/.test(line) ? [`${name}:${index + 1}`] : [])));
}

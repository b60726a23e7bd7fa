/** The parts of README.md that tests run: files of the example, and commands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

/** Files of the example, by path: a code block under `<!-- file: PATH -->`. */
export function exampleFiles(): Record<string, string> {
  return Object.fromEntries([...readme.matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, path = '', text = '']) => [path, text]));
}

/** Code blocks of a language that are not files of the example. */
export function snippets(language: string): string[] {
  return [...readme.matchAll(new RegExp(`(<!-- file: \\S+ -->\\n)?\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].filter(([, file]) => file === undefined).map(([, , text = '']) => text);
}

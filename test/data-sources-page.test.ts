/** The examples of docs/data-sources.md: each section's files make a stack that is clean and runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import ts from 'typescript';
import * as constructs from '../lib';
import { startLocalApi, userPool } from '../lib/local';
import { project } from './constructs/project';

const page = readFileSync(join(__dirname, '../docs/data-sources.md'), 'utf8');

/** Files of a section, by path: a code block under `<!-- file: PATH -->`. */
function filesOf(section: string): Record<string, string> {
  const [text = ''] = page.split(/^## /m).filter((part) => part.startsWith(`${section}\n`));
  return Object.fromEntries([...text.matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, path = '', content = '']) => [path, content]));
}

/** Runs the section's stack in a project of its own, as somebody with these files would. */
function assemblyOf(section: string) {
  const { 'stack.ts': stack = '', ...files } = filesOf(section);
  const made = project(files);
  const scope = { ...constructs, Duration, api: made.api() };
  const before = process.cwd();
  process.chdir(made.folder);
  try {
    new Function(...Object.keys(scope), ts.transpile(stack, { target: ts.ScriptTarget.ES2022 })).call(made.stack, ...Object.values(scope));
    return made.app.synth();
  } finally {
    process.chdir(before);
  }
}

test('Lambda: prices come from the function, which reads the table', async () => {
  await using api = await startLocalApi(assemblyOf('Lambda'));
  await api.table('Products').put({ id: 'a', name: 'Grinder', cents: 20_000 });
  await api.table('Products').put({ id: 'b', name: 'Kettle', cents: 5_000 });
  const alice = api.as(userPool({ username: 'alice' }));

  const { data, errors } = await alice.execute('{ products { name price(currency: "CHF") } }');
  expect(errors).toBeUndefined();
  expect((data?.products as { name: string }[]).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'Grinder', price: 190 },
    { name: 'Kettle', price: 47.5 },
  ]);
  expect(await alice.execute('{ products { price(currency: "XYZ") } }')).toMatchObject({ errors: [{ errorType: 'UnknownCurrency', message: 'no rate for XYZ' }, {}] });
});

test('Aurora: posts are rows of a table that the SQL file made', async () => {
  await using api = await startLocalApi(assemblyOf('Aurora'));
  const alice = api.as(userPool({ username: 'alice' }));

  const post = (await alice.mutate('mutation { addPost(title: "It\'s here") { id title likes } }')) as { readonly id: string };
  expect(post).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), title: "It's here", likes: 0 });
  await api.sql('Blog').run("INSERT INTO posts VALUES (gen_random_uuid(), 'Liked', 5)");
  expect(await alice.query('{ posts(minLikes: 1) { title } }')).toEqual([{ title: 'Liked' }]);
  expect(await api.sql('Blog').rows('SELECT title FROM posts WHERE likes > :n', { n: 3 })).toEqual([{ title: 'Liked' }]);
}, 60_000);

test('OpenSearch: a book is found by its words and counted by its genre as soon as it is there', async () => {
  await using api = await startLocalApi(assemblyOf('OpenSearch'));
  const alice = api.as(userPool({ username: 'alice' }));
  for (const [isbn, title, genre] of [['1', 'The Left Hand of Darkness', 'novel'], ['2', 'Darkness at Noon', 'novel'], ['3', 'Light and Darkness', 'physics']]) {
    await alice.mutate('mutation ($isbn: ID!, $title: String!, $genre: String!) { addBook(isbn: $isbn, title: $title, genre: $genre) { isbn } }', { isbn, title, genre });
  }
  const find = 'query ($words: String!, $genre: String) { findBooks(words: $words, genre: $genre) { books { title } genres { name count } } }';

  expect(await alice.query(find, { words: 'noon drakness' })).toEqual({ books: [{ title: 'Darkness at Noon' }], genres: [{ name: 'novel', count: 1 }] });
  expect(await alice.query(find, { words: 'darkness', genre: 'physics' })).toEqual({ books: [{ title: 'Light and Darkness' }], genres: [{ name: 'physics', count: 1 }] });
});

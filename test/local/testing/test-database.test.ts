/** `rdsUrls`: a test asks a PostgreSQL of its own, whose tables no reset touches. */
import { startLocalApi, userPool } from '../../../lib/local';
import { assemblyOfPage } from '../../docs-page';
import { postgresBin, startPostgres } from '../databases/postgres';

const assembly = assemblyOfPage('data-sources/aurora');

test.each([
  [{ Blgo: 'postgres://localhost' }, '"rdsUrls" names data source "Blgo", which is none with a database', 'did you mean "Blog"?'],
  [{ Blog: 'mysql://root:hush@localhost' }, '"rdsUrls.Blog" is an address such as postgres://user:password@localhost:5432/database, not one of "mysql"', 'give the address of a PostgreSQL server'],
])('refuses %j', async (rdsUrls, message, fix) => {
  const refusal = startLocalApi(assembly, { rdsUrls });

  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toThrow(fix);
  await expect(refusal).rejects.not.toThrow('hush');
});

// Continuous integration installs one.
const withPostgres = postgresBin === undefined && process.env.CI === undefined ? test.skip : test;

withPostgres('resolvers and tests share the tables of a server (apt-get install postgresql), which stay through a reset', async () => {
  const server = await startPostgres();
  try {
    await using api = await startLocalApi(assembly, { rdsUrls: { '*': server.url() } });
    const alice = api.as(userPool({ username: 'alice' }));
    await expect(api.sql('Blog').rows('SELECT * FROM posts')).rejects.toThrow('relation "posts" does not exist');
    await api.sql('Blog').run('CREATE TABLE posts (id uuid PRIMARY KEY, title text NOT NULL, likes int NOT NULL DEFAULT 0)');

    await alice.mutate('mutation { addPost(title: "First") { id } }');
    await api.reset();

    expect(await alice.query('{ posts { title likes } }')).toEqual([{ title: 'First', likes: 0 }]);
    expect(await api.sql('Blog').rows('SELECT title FROM posts WHERE likes < :n', { n: 3 })).toEqual([{ title: 'First' }]);

    await server.stop();
    expect(await alice.execute('{ posts { title } }')).toMatchObject({ data: { posts: null }, errors: [{ errorType: 'LocalAppSync', message: `no PostgreSQL answers at ${shown(server.url())}: connect ECONNREFUSED 127.0.0.1:${server.port}; start it, or correct --rds-url` }] });
  } finally {
    await server.remove();
  }
});

function shown(url: string): string {
  return url.replace(/:[^:@/]+@/, '@');
}

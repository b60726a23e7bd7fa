/** The RDS data source on PGlite, in process. */
import { LocalDatabases } from '../../../lib/local/databases';
import { auroraSuite, clusterArn } from './aurora-suite';

const databases = new LocalDatabases();

auroraSuite(async () => ({ databases, close: () => databases.close() }));

test('there is one connection: settings and temporary tables stay until the next start', async () => {
  const ask = (sql: string) => databases.of(clusterArn, undefined).executeStatement(sql, new Map());
  await ask("SET application_name TO 'mine'");
  await ask('CREATE TEMP TABLE scratch (n int)');

  expect((await ask("SELECT current_setting('application_name')")).records).toEqual([[{ stringValue: 'mine' }]]);
  expect((await ask('SELECT count(*) FROM scratch')).records).toEqual([[{ longValue: 0 }]]);
  await ask('RESET application_name');
  await ask('DROP TABLE scratch');
});

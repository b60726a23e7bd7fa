/** The RDS data source on a PostgreSQL server, the same suite as in process. */
import { LocalDatabases } from '../../../lib/local/databases';
import { postgresBin, startPostgres } from '../databases/postgres';
import { auroraSuite } from './aurora-suite';

// Continuous integration installs one.
const withPostgres = postgresBin === undefined && process.env.CI === undefined ? describe.skip : describe;

withPostgres('on a PostgreSQL server (apt-get install postgresql)', () => {
  auroraSuite(async () => {
    const server = await startPostgres();
    const databases = new LocalDatabases({ urls: { '*': server.url() } });
    return { databases, close: () => databases.close().finally(() => server.remove()) };
  });
});

/** The database behind a data source, asked in SQL. */
import type { DataSourceModel } from '../../model';
import { toJsonObject } from '../builtins/rds-result';
import { type DataApi, DataApiError, databaseOf, DatabaseUnavailable, type LocalDatabases, postgresUrlProblem, sqlParameter } from '../databases';
import { setupError, unknownName } from './setup-error';

export class TestDatabase {
  constructor(
    private readonly name: string,
    private readonly database: () => DataApi,
  ) {}

  /** Runs any number of statements: all of them, or none when one fails. @throws TestSetupError `RUN_TEST_VALUE` with what the database says */
  async run(script: string): Promise<void> {
    await this.attempt((database) => database.script(script));
  }

  /**
   * The rows that one statement gives, as a resolver would see them: columns that are null are not there.
   * @param variables of the statement by name: `rows('SELECT * FROM posts WHERE likes > :min', { min: 3 })`
   * @throws TestSetupError `RUN_TEST_VALUE`
   */
  async rows(sql: string, variables: Readonly<Record<string, string | number | boolean | null>> = {}): Promise<Record<string, unknown>[]> {
    const parameters = new Map(Object.entries(variables).flatMap(([name, value]) => [[name, sqlParameter(value, undefined) ?? { type: 0, text: null }] as const]));
    const result = await this.attempt((database) => database.executeStatement(sql, parameters));
    const rows = toJsonObject({ sqlStatementResults: [result] })?.[0] ?? [];
    return result.records ? rows.map((row) => ({ ...row })) : [];
  }

  private async attempt<T>(work: (database: DataApi) => Promise<T>): Promise<T> {
    try {
      return await work(this.database());
    } catch (error) {
      if (!(error instanceof DataApiError || error instanceof DatabaseUnavailable)) throw error;
      throw setupError('RUN_TEST_VALUE', `the database of data source "${this.name}" refuses this: ${error.message}`, 'write SQL for PostgreSQL, and make the tables first');
    }
  }
}

/** @throws TestSetupError `RUN_TEST_NAME` when there is no such data source, or it has no database */
export function findDatabase(name: string, dataSources: readonly DataSourceModel[], databases: () => LocalDatabases): TestDatabase {
  const withDatabase = databaseSources(dataSources);
  const found = withDatabase.find((source) => source.name === name);
  if (!found) throw unknownName(`there is no data source "${name}" with a database`, name, withDatabase.map((source) => source.name), 'the API has no relational database');
  return new TestDatabase(name, () => databases().of(found.clusterArn, found.database));
}

/** @throws TestSetupError `RUN_TEST_NAME`, `RUN_TEST_VALUE` for servers of no data source, and addresses of none */
export function requireRdsUrls(urls: Readonly<Record<string, string>>, dataSources: readonly DataSourceModel[]): void {
  const known = databaseSources(dataSources).map(({ name }) => name);
  for (const [name, url] of Object.entries(urls)) {
    if (name !== '*' && !known.includes(name)) throw unknownName(`"rdsUrls" names data source "${name}", which is none with a database`, name, known, 'the API has no relational database');
    const problem = postgresUrlProblem(url);
    if (problem !== undefined) throw setupError('RUN_TEST_VALUE', `"rdsUrls.${name}" ${problem}`, 'give the address of a PostgreSQL server');
  }
}

function databaseSources(dataSources: readonly DataSourceModel[]): readonly { readonly name: string; readonly clusterArn: string; readonly database: string | undefined }[] {
  return dataSources.flatMap((source) => {
    const found = source.type === 'OTHER' && source.awsType === 'RELATIONAL_DATABASE' ? databaseOf(source.config) : undefined;
    return found ? [{ name: source.name, ...found }] : [];
  });
}

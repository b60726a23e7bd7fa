/** `--rds-url [SOURCE=]URL`: a PostgreSQL that runs already takes the statements of Aurora data sources. Addresses hold passwords, so none is ever printed. */
import { didYouMean } from '../../lib/diagnostics';
import { postgresUrlProblem } from '../../lib/local';
import type { Assembly } from '../../lib/model';
import { listOption, UsageError } from './command';

/** As `LocalOptions` takes them: by data source, `*` for those that are not named. */
export type RdsUrls = Readonly<Record<string, string>>;

/** @throws UsageError for an option that is no such address */
export function readRdsUrls(values: Readonly<Record<string, unknown>>): RdsUrls {
  const urls: Record<string, string> = {};
  for (const option of listOption(values, 'rds-url')) {
    const [, source = '*', url = ''] = /^(?:(\w+)=)?(.*)$/s.exec(option) ?? [];
    const problem = postgresUrlProblem(url);
    const named = source === '*' ? '' : ` of ${source}`;
    if (problem !== undefined) throw new UsageError(`--rds-url${named} ${problem}`);
    if (Object.hasOwn(urls, source)) throw new UsageError(source === '*' ? '--rds-url is given twice: name the data source of each, as in SOURCE=URL' : `--rds-url is given twice for ${source}: remove one`);
    urls[source] = url;
  }
  return urls;
}

/** @throws UsageError for data sources that no API has, or that have no database */
export function requireDatabases(urls: RdsUrls, { apis }: Assembly): void {
  const known = [...new Set(apis.flatMap(({ dataSources }) => dataSources.flatMap((source) => (source.type === 'OTHER' && source.awsType === 'RELATIONAL_DATABASE' ? [source.name] : []))))];
  const list = known.length === 0 ? 'there is none' : `there is ${known.map((other) => `"${other}"`).join(', ')}`;
  for (const name of Object.keys(urls)) {
    if (name === '*' ? known.length > 0 : known.includes(name)) continue;
    if (name === '*') throw new UsageError('--rds-url is for Aurora data sources, and no API has one');
    throw new UsageError(`--rds-url names data source "${name}", which is no Aurora data source of an API: ${didYouMean(name, known) ?? list}`);
  }
}

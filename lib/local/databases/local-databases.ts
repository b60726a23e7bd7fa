/** The databases of an assembly's clusters, each opened by the first statement for it. Knows which of the two engines is theirs, and where the files of PGlite go. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../diagnostics';
import type { Assembly, DatabaseClusterModel } from '../../model';
import { DataApi } from './data-api';
import { LocalDatabase } from './local-database';
import { installedModule } from './optional-package';
import { type PostgresDriver, PostgresServer } from './postgres-server';
import { postgresUrlProblem, shownUrl, withDatabase } from './postgres-url';
import { DatabaseUnavailable, type SqlDatabase } from './sql-database';

export interface LocalDatabasesOptions {
  /** Folder for the data; absent keeps everything in memory. */
  readonly path?: string;
  /** @default discards */
  readonly log?: (line: string) => void;
  /** PostgreSQL servers to ask instead of one in process: data source → `postgres://…`; the name `*` means all others. @default every database is in process */
  readonly urls?: Readonly<Record<string, string>>;
  /** Absolute path of a module; undefined when it is not installed. @default what this package, else the working directory, finds */
  readonly findModule?: (name: string) => string | undefined;
  /** Folder for the archive that starts are made quick with. @default the user's cache folder */
  readonly cachePath?: string;
  /** @default what the Data API allows */
  readonly timeoutMs?: number;
}

const engineName = '@electric-sql/pglite';
const driverName = 'pg';
const everyOther = '*';

/** Clusters and databases as data sources name them. */
interface DatabaseName {
  readonly clusterArn: string;
  readonly database: string;
}

/** A data source with a database. */
interface DatabaseUser {
  readonly name: string;
  readonly key: string;
  readonly database: string;
  readonly localSchema?: readonly SourceFile[];
}

export class LocalDatabases {
  private readonly open = new Map<string, DataApi>();
  /** Data sources whose server was told of. */
  private readonly told = new Set<string>();
  private assembly: Pick<Assembly, 'apis' | 'databaseClusters'> = { apis: [] };

  constructor(private readonly options: LocalDatabasesOptions = {}) {}

  /** Runs what a changed assembly brings along before the next statement. */
  use(assembly: Pick<Assembly, 'apis' | 'databaseClusters'>): void {
    this.assembly = assembly;
    for (const [key, database] of this.open) database.use(this.schemaOf(key));
    this.tellOfServers();
  }

  /**
   * @param database `DatabaseName` of the data source
   * @throws DatabaseUnavailable when it runs only when deployed, or what it takes here is not installed
   */
  of(clusterArn: string, database: string | undefined): DataApi {
    const cluster = this.clusterOf(clusterArn);
    if (cluster && !/postgres/.test(cluster.engine)) throw new DatabaseUnavailable(`the cluster "${cluster.resource.logicalId}" is ${cluster.engine}, which runs only when deployed; PostgreSQL runs here`);
    const name = this.nameOf(clusterArn, database);
    const key = keyOf(name);
    const known = this.open.get(key);
    if (known) return known;
    const url = this.urlOf(key);
    const made = new DataApi(url === undefined ? this.inProcess(name) : this.onServer(url, name.database), this.options.log);
    made.use(this.schemaOf(key));
    this.open.set(key, made);
    return made;
  }

  /** Every database as a new one. */
  async clear(): Promise<void> {
    await Promise.all([...this.open.values()].map((database) => database.clear()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((database) => database.close()));
    this.open.clear();
  }

  private inProcess({ clusterArn, database }: DatabaseName): SqlDatabase {
    const { path, log = () => undefined, timeoutMs, findModule = installedModule, cachePath = cacheFolder() } = this.options;
    const engine = findModule(engineName);
    if (engine === undefined) throw new DatabaseUnavailable(`PostgreSQL runs here with ${engineName}, which is not installed: npm install --save-dev ${engineName}; or name a server of yours with --rds-url`);
    const digest = createHash('sha256').update(clusterArn).digest('hex').slice(0, 12);
    const folder = `${database.replace(/[^\w-]/g, '_')}-${digest}`;
    const setup = { engine, snapshotPath: join(cachePath, `pglite-${versionOf(engine)}.tar.gz`), ...(path !== undefined && { dataPath: join(path, folder) }) };
    return new LocalDatabase(setup, log, timeoutMs);
  }

  private onServer(url: string, database: string): SqlDatabase {
    const { timeoutMs, findModule = installedModule } = this.options;
    const problem = postgresUrlProblem(url);
    if (problem !== undefined) throw new DatabaseUnavailable(`--rds-url ${problem}`);
    const driver = findModule(driverName);
    if (driver === undefined) throw new DatabaseUnavailable(`--rds-url asks a server with ${driverName}, which is not installed: npm install --save-dev ${driverName}`);
    return new PostgresServer(createRequire(__filename)(driver) as PostgresDriver, withDatabase(url, database), timeoutMs);
  }

  /** Data sources of one database share the address that any of them is given. */
  private urlOf(key: string): string | undefined {
    const { urls = {} } = this.options;
    const named = this.sourcesOf(key).find(({ name }) => Object.hasOwn(urls, name));
    return urls[named?.name ?? everyOther];
  }

  /** Once for each data source: who looks into the wrong tables wants to know. */
  private tellOfServers(): void {
    const { log = () => undefined } = this.options;
    for (const source of this.sources()) {
      const { name, key, database, localSchema = [] } = source;
      const url = this.urlOf(key);
      if (url === undefined || postgresUrlProblem(url) !== undefined || this.told.has(name)) continue;
      this.told.add(name);
      log(`Data source ${name} asks ${shownUrl(withDatabase(url, database))}${localSchema.length > 0 ? '; its tables are yours to make: "localSchema" is not run there' : ''}`);
    }
  }

  private clusterOf(arn: string): DatabaseClusterModel | undefined {
    return this.assembly.databaseClusters?.find(({ clusterArn }) => clusterArn === arn);
  }

  /** A data source that names no database means the one its cluster was made with. */
  private nameOf(clusterArn: string, database: string | undefined): DatabaseName {
    return { clusterArn, database: database ?? this.clusterOf(clusterArn)?.databaseName ?? 'postgres' };
  }

  /** What the data sources of a database bring along, each file once. */
  private schemaOf(key: string): readonly SourceFile[] {
    const files = this.sourcesOf(key).flatMap(({ localSchema = [] }) => localSchema);
    return [...new Map(files.map((file) => [file.path, file])).values()];
  }

  private sourcesOf(key: string): readonly DatabaseUser[] {
    return this.sources().filter((source) => source.key === key);
  }

  private sources(): readonly DatabaseUser[] {
    return this.assembly.apis.flatMap(({ dataSources }) =>
      dataSources.flatMap((source) => {
        const named = source.type === 'OTHER' && source.awsType === 'RELATIONAL_DATABASE' ? databaseOf(source.config) : undefined;
        if (source.type !== 'OTHER' || !named) return [];
        const name = this.nameOf(named.clusterArn, named.database);
        return [{ name: source.name, key: keyOf(name), database: name.database, ...(source.localSchema && { localSchema: source.localSchema }) }];
      }),
    );
  }
}

/** The database of an RDS data source; undefined when it names no cluster. */
export function databaseOf(config: Readonly<Record<string, unknown>>): { readonly clusterArn: string; readonly database: string | undefined } | undefined {
  const { RdsHttpEndpointConfig } = record(config.RelationalDatabaseConfig);
  const { DbClusterIdentifier, DatabaseName } = record(RdsHttpEndpointConfig);
  return typeof DbClusterIdentifier === 'string' ? { clusterArn: DbClusterIdentifier, database: typeof DatabaseName === 'string' ? DatabaseName : undefined } : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function keyOf({ clusterArn, database }: DatabaseName): string {
  return `${clusterArn}/${database}`;
}

/** An archive fits the version that made it. */
function versionOf(engine: string): string {
  try {
    return String((JSON.parse(readFileSync(join(dirname(engine), '..', 'package.json'), 'utf8')) as { version?: unknown }).version);
  } catch {
    return 'unknown';
  }
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : process.platform === 'win32' ? (LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local')) : (XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  return join(base, 'cdk-enterprise-appsync');
}

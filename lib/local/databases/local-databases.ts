/** The databases of an assembly's clusters, each opened by the first statement for it. Knows where PGlite is installed and where its files go. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../diagnostics';
import type { Assembly, DatabaseClusterModel } from '../../model';
import { DataApi } from './data-api';
import { DatabaseUnavailable, LocalDatabase } from './local-database';

export interface LocalDatabasesOptions {
  /** Folder for the data; absent keeps everything in memory. */
  readonly path?: string;
  /** @default discards */
  readonly log?: (line: string) => void;
  /** Absolute path of PGlite's module; undefined when it is not installed. @default what this package, else the working directory, finds */
  readonly findEngine?: () => string | undefined;
  /** Folder for the archive that starts are made quick with. @default the user's cache folder */
  readonly cachePath?: string;
  /** @default what the Data API allows */
  readonly timeoutMs?: number;
}

const engineName = '@electric-sql/pglite';

/** Clusters and databases as data sources name them. */
interface DatabaseName {
  readonly clusterArn: string;
  readonly database: string;
}

export class LocalDatabases {
  private readonly open = new Map<string, DataApi>();
  private assembly: Pick<Assembly, 'apis' | 'databaseClusters'> = { apis: [] };

  constructor(private readonly options: LocalDatabasesOptions = {}) {}

  /** Runs what a changed assembly brings along before the next statement. */
  use(assembly: Pick<Assembly, 'apis' | 'databaseClusters'>): void {
    this.assembly = assembly;
    for (const [key, database] of this.open) database.use(this.schemaOf(key));
  }

  /**
   * @param database `DatabaseName` of the data source
   * @throws DatabaseUnavailable when it runs only when deployed, or PGlite is not installed
   */
  of(clusterArn: string, database: string | undefined): DataApi {
    const cluster = this.clusterOf(clusterArn);
    if (cluster && !/postgres/.test(cluster.engine)) throw new DatabaseUnavailable(`the cluster "${cluster.resource.logicalId}" is ${cluster.engine}, which runs only when deployed; PostgreSQL runs here`);
    const name = this.nameOf(clusterArn, database);
    const key = keyOf(name);
    const known = this.open.get(key);
    if (known) return known;
    const made = this.create(name);
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

  private create({ clusterArn, database }: DatabaseName): DataApi {
    const { path, log = () => undefined, timeoutMs, findEngine = installedEngine, cachePath = cacheFolder() } = this.options;
    const engine = findEngine();
    if (engine === undefined) throw new DatabaseUnavailable(`PostgreSQL runs here with ${engineName}, which is not installed: npm install --save-dev ${engineName}`);
    const digest = createHash('sha256').update(clusterArn).digest('hex').slice(0, 12);
    const folder = `${database.replace(/[^\w-]/g, '_')}-${digest}`;
    const setup = { engine, snapshotPath: join(cachePath, `pglite-${versionOf(engine)}.tar.gz`), ...(path !== undefined && { dataPath: join(path, folder) }) };
    return new DataApi(new LocalDatabase(setup, log, timeoutMs));
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
    const files = this.assembly.apis.flatMap(({ dataSources }) =>
      dataSources.flatMap((source) => {
        if (source.type !== 'OTHER' || source.localSchema === undefined) return [];
        const named = databaseOf(source.config);
        return named && keyOf(this.nameOf(named.clusterArn, named.database)) === key ? source.localSchema : [];
      }),
    );
    return [...new Map(files.map((file) => [file.path, file])).values()];
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

/** An optional peer belongs to the project that wants it, which may be another than the one this package lies in. */
function installedEngine(): string | undefined {
  for (const from of [__filename, join(process.cwd(), 'package.json')])
    try {
      return createRequire(from).resolve(engineName);
    } catch {
      // Not there.
    }
  return undefined;
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

/** The APIs of an assembly, running over one table store. No port. */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DiagnosticError, didYouMean } from '../diagnostics';
import type { ApiModel, Assembly, DataSourceModel, PrincipalModel, RoleModel, TableModel, UserModel, UserPoolModel } from '../model';
import { type AccessKey, issuerKeys, type LocalCredentials, localTokens, type Principals, principals, roleKey, userKey } from './auth';
import { LocalDatabases } from './databases';
import { type BusEvent, createDataSource, type DataSource, type DataSourceServices, openTableStore, TableChanges, tableEndpoint, type TableStore } from './data-sources';
import { EventBuses } from './event-buses';
import { FunctionCredentials } from './function-credentials';
import type { RequestTrace } from './execution/trace';
import type { HttpHandler } from './http-message';
import { LambdaFunctions, ServiceEndpoint, type ServiceHost } from './lambda';
import { type Host, HostedApi, type LocalApi, type TokenClaims } from './hosted-api';
import { ruleTarget } from './rule-targets';
import { SearchDomains } from './search-domains';
import { seedTable } from './seed-table';
import { credentialsFrom, newSigningKey, type StateFolder } from './state-folder';

export type { LocalApi, TokenClaims };

export interface LocalOptions {
  /** Keys and data; without one everything is in memory and new for each start. */
  readonly state?: StateFolder;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Signs the requests of HTTP data sources with `AWS_IAM`. @default the local key pair, which no AWS service knows */
  readonly accessKey?: AccessKey;
  /** URL or file of the key set (JWKS) of OpenID Connect issuers, by issuer. @default what the issuer's discovery names */
  readonly issuerKeys?: Readonly<Record<string, string>>;
  /** Lambda functions that run elsewhere: name, logical id or ARN → URL that takes their events. @default every function runs here */
  readonly functionUrls?: Readonly<Record<string, string>>;
  /** Address of the OpenSearch that takes the requests to every search domain; may hold a user and password. @default domains are in memory */
  readonly openSearchEndpoint?: string;
  /** PostgreSQL servers that run the statements of Aurora data sources: data source → `postgres://user:password@host/database`; the name `*` means all others. @default PostgreSQL in process */
  readonly rdsUrls?: Readonly<Record<string, string>>;
  /** Address of the DynamoDB that has the tables, which are made there when they are missing: DynamoDB Local, or one of AWS, whose tables must be there. @default they are embedded */
  readonly dynamoDbEndpoint?: string;
  /** @default discards */
  readonly log?: (line: string) => void;
  /** Takes what the resolvers of every request, and of every start of a subscription, did. @default nothing is recorded */
  readonly trace?: (trace: RequestTrace, api: ApiModel) => void;
}

/** What only the test harness does to an assembly. */
export interface TestHooks {
  /** Another start of the same assembly with the same clock: its parsed schemas and loaded code are taken over, nothing else. */
  readonly like?: RunningAssembly;
  /** What answers in place of a data source. @default its emulation */
  readonly dataSource?: (model: DataSourceModel, emulation: DataSource) => DataSource;
  /** Databases that outlive the assembly. @default its own */
  readonly databases?: LocalDatabases;
}

export interface LocalAssembly {
  readonly apis: readonly LocalApi[];
  /** Roles of the templates. */
  readonly roles: readonly RoleModel[];
  /** IAM users of the templates. */
  readonly users: readonly UserModel[];
  /** User pools of the templates, and those outside that an API trusts. */
  readonly userPools: readonly UserPoolModel[];
  /** Signs IAM requests that every API here accepts, whatever they ask for. */
  readonly credentials: LocalCredentials;
  /**
   * Signs IAM requests as a role of the templates, which its policies are asked about.
   * @param role ARN, name, or logical id
   * @throws DiagnosticError `RUN_NO_ROLE`
   */
  roleCredentials(role: string): Required<AccessKey>;
  /**
   * Signs IAM requests as a user of the templates, by the first of its active access keys.
   * @param user ARN, name, or logical id
   * @throws DiagnosticError `RUN_NO_USER`
   */
  userCredentials(user: string): AccessKey;
  /**
   * Puts plain items into the table of a DynamoDB data source. Fills an empty table only. @returns how many were put; 0 when the table held items already
   * @throws DiagnosticError `RUN_SEED` when there is no such table, or it does not take an item
   */
  seed(apiName: string, dataSourceName: string, items: readonly Readonly<Record<string, unknown>>[]): Promise<number>;
  /** Runs a changed assembly from the next request on. Data, tokens and live subscriptions stay; `LocalApi` objects keep their identity per `apiId`. */
  reload(assembly: Assembly): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startLocal(assembly: Assembly, options: LocalOptions = {}, hooks: TestHooks = {}): Promise<RunningAssembly> {
  const now = options.now ?? Date.now;
  const { state } = options;
  // A start without state makes no RSA key before somebody wants a token: that is most of its time.
  const secret = state ? await state.signingKey() : randomBytes(32).toString('hex');
  const credentials = state ? await state.credentials() : credentialsFrom(secret);
  const changes = new TableChanges();
  const store =
    options.dynamoDbEndpoint === undefined
      ? await openTableStore({ now, changes, ...(state?.dataPath !== undefined && { path: state.dataPath }) })
      : tableEndpoint({ address: options.dynamoDbEndpoint, accessKey: options.accessKey ?? credentials, changes });
  // Pages handed out before a restart stay good after it.
  const tokenKey = createHmac('sha256', secret).update('next token').digest();
  const services = { tables: store, tokenKey, now, accessKey: options.accessKey ?? credentials };
  const shared = {
    tokens: localTokens(() => (state ? state.signingKey() : newSigningKey()), now),
    issuerKeys: issuerKeys({ locations: options.issuerKeys ?? {}, now }),
    credentials,
    secret,
    now,
    log: options.log ?? (() => undefined),
    ...(options.trace && { trace: options.trace }),
  };
  const databases = hooks.databases ?? new LocalDatabases({ log: shared.log, ...(options.rdsUrls && { urls: options.rdsUrls }), ...(state?.dataPath !== undefined && { path: join(state.path, 'databases') }) });
  // No function calls before the assembly runs.
  const endpoint = new ServiceEndpoint({ tables: store, log: shared.log, host: () => running });
  const functionCredentials = new FunctionCredentials({ local: credentials, secret, log: shared.log });
  const functions = new LambdaFunctions({ endpoint, credentialsOf: functionCredentials.of, log: shared.log, ...(options.functionUrls && { urls: options.functionUrls }) });
  const search = new SearchDomains({ ...services, changes, log: shared.log, ...(options.openSearchEndpoint !== undefined && { endpoint: options.openSearchEndpoint }) });
  const running: RunningAssembly = new RunningAssembly({ store, endpoint, functions, functionCredentials, databases, search }, { ...services, databases, searchDomain: search.at, invokeFunction: functions.invoke, log: shared.log }, shared, hooks);
  try {
    await running.reload(assembly);
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
  return running;
}

interface Shared extends Pick<Host, 'tokens' | 'issuerKeys' | 'now' | 'log' | 'trace'> {
  readonly credentials: LocalCredentials;
  /** What the credentials of roles are made from. */
  readonly secret: string;
}

export class RunningAssembly implements LocalAssembly, ServiceHost {
  hosted: readonly HostedApi[] = [];
  /** Where the events of EventBridge data sources go. */
  readonly buses: EventBuses;
  private assembly: Assembly = { apis: [], tables: [], userPools: [], diagnostics: [] };
  /** Who may sign, as the templates now are. */
  principals: Principals;

  constructor(
    private readonly engines: { readonly store: TableStore; readonly functions: LambdaFunctions; readonly functionCredentials: FunctionCredentials; readonly endpoint: ServiceEndpoint; readonly databases: LocalDatabases; readonly search: SearchDomains },
    private readonly services: DataSourceServices,
    private readonly shared: Shared,
    private readonly hooks: TestHooks,
  ) {
    this.principals = principals(shared.credentials, [], shared.secret);
    this.buses = new EventBuses((target) => {
      const { apis, lambdaFunctions: functions = [], roles = [] } = { ...this.assembly, apis: this.hosted };
      return ruleTarget(target, { apis, functions, roles, invoke: engines.functions.invoke, now: shared.now, log: shared.log });
    }, shared.log);
  }

  get apis(): readonly LocalApi[] {
    return this.hosted;
  }

  get store(): TableStore {
    return this.engines.store;
  }

  get databases(): LocalDatabases {
    return this.engines.databases;
  }

  get roles(): readonly RoleModel[] {
    return this.assembly.roles ?? [];
  }

  get users(): readonly UserModel[] {
    return this.assembly.users ?? [];
  }

  get userPools(): readonly UserPoolModel[] {
    return this.assembly.userPools;
  }

  get credentials(): LocalCredentials {
    return this.shared.credentials;
  }

  roleCredentials(name: string): Required<AccessKey> {
    return roleKey(this.shared.secret, findRole(name, this.roles).arn);
  }

  userCredentials(name: string): AccessKey {
    const { userName, accessKeyIds } = findUser(name, this.users);
    const [accessKeyId] = accessKeyIds;
    if (accessKeyId === undefined) throw new DiagnosticError([{ code: 'RUN_NO_USER', severity: 'error', message: `no access key of the user "${userName}" is active`, notes: [], fix: 'make the Status of one of its AWS::IAM::AccessKey "Active"' }]);
    return userKey(this.shared.secret, accessKeyId);
  }

  async reload(assembly: Assembly): Promise<void> {
    await this.store.ensureTables(assembly.tables);
    const { lambdaFunctions: functions = [], roles = [], users = [] } = assembly;
    const sessions = this.engines.functionCredentials.use(functions, roles);
    this.engines.functions.use(functions);
    this.engines.databases.use(assembly);
    this.engines.search.useIndexes(assembly.searchIndexes ?? []);
    this.assembly = assembly;
    this.principals = principals(this.credentials, roles, this.shared.secret, sessions, users);
    this.buses.useRules(assembly.eventRules ?? []);
    const before = new Map(this.hosted.map((api) => [api.model.apiId, api]));
    this.hosted = assembly.apis.map((model) => {
      const api = before.get(model.apiId);
      if (!api) return this.host(model);
      api.update(model);
      return api;
    });
  }

  async seed(apiName: string, dataSourceName: string, items: readonly Readonly<Record<string, unknown>>[]): Promise<number> {
    const api = this.hosted.find((candidate) => candidate.model.name === apiName);
    if (!api) throw unknown('API', apiName, this.hosted.map((candidate) => candidate.model.name));
    const tables = api.model.dataSources.filter((source) => source.type === 'AMAZON_DYNAMODB');
    const model = tables.find((source) => source.name === dataSourceName);
    if (!model) throw unknown('DynamoDB data source', dataSourceName, tables.map((source) => source.name));
    return seedTable(this.store, model, items);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { functions, endpoint, store, databases } = this.engines;
    // Functions at work may be writing to the tables.
    await functions.close();
    await endpoint.close();
    if (!this.hooks.databases) await databases.close();
    await store.close();
  }

  tableNamed(name: string): TableModel | undefined {
    return this.assembly.tables.find(({ tableName }) => tableName === name);
  }

  get accountId(): string {
    return this.hosted[0]?.model.accountId ?? '';
  }

  graphQl(apiId: string): HttpHandler | undefined {
    return this.hosted.find(({ model }) => model.apiId === apiId)?.handle;
  }

  putEvent(busArn: string, event: BusEvent): void {
    this.buses.put(busArn, event);
  }

  private host(model: ApiModel): HostedApi {
    const { like, dataSource } = this.hooks;
    const host: Host = {
      ...this.shared,
      dataSource: (source) => {
        const emulation = createDataSource(source, { ...this.services, putEvent: this.buses.put, tableNamed: (name) => this.tableNamed(name) });
        return dataSource ? dataSource(source, emulation) : emulation;
      },
      invokeFunction: this.engines.functions.invoke,
      userPools: () => this.assembly.userPools,
      principals: () => this.principals,
    };
    return new HostedApi(model, host, like?.hosted.find((api) => api.model.apiId === model.apiId));
  }
}

/** @throws DiagnosticError `RUN_NO_ROLE` */
export function findRole(name: string, roles: readonly RoleModel[]): RoleModel {
  return findPrincipal(name, roles, ({ roleName }) => roleName, { code: 'RUN_NO_ROLE', kind: 'role', type: 'AWS::IAM::Role' });
}

/** @throws DiagnosticError `RUN_NO_USER` */
export function findUser(name: string, users: readonly UserModel[]): UserModel {
  return findPrincipal(name, users, ({ userName }) => userName, { code: 'RUN_NO_USER', kind: 'user', type: 'AWS::IAM::User' });
}

function findPrincipal<Model extends PrincipalModel>(name: string, all: readonly Model[], nameOf: (model: Model) => string, { code, kind, type }: { readonly code: string; readonly kind: string; readonly type: string }): Model {
  const found = all.find((model) => [model.arn, nameOf(model), model.resource.logicalId].includes(name));
  if (found) return found;
  const known = all.map(({ resource }) => resource.logicalId);
  const fix = didYouMean(name, known) ?? (known.length > 0 ? `name one of ${known.map((id) => `"${id}"`).join(', ')}` : `add an ${type} to the template`);
  throw new DiagnosticError([{ code, severity: 'error', message: `the templates have no ${kind} "${name}"`, notes: [], fix }]);
}

function unknown(what: string, name: string, known: readonly string[]): DiagnosticError {
  const fix = didYouMean(name, known) ?? (known.length > 0 ? `name one of ${known.map((candidate) => `"${candidate}"`).join(', ')}` : 'remove it from the seed data');
  return new DiagnosticError([{ code: 'RUN_SEED', severity: 'error', message: `seed data names ${what} "${name}", which does not exist`, notes: [], fix }]);
}

/**
 * A GraphQL API on AppSync from a schema, a folder of TypeScript resolvers and the data sources they use.
 * Hidden here: where resolver code comes from and how it is shipped, where resolvers stand in the tree (their ids are what keeps
 * deployments from clashing), and the settings a production API should not have to ask for.
 */
import { resolve as resolvePath } from 'node:path';
import type { Duration, NestedStack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Diagnostic, invariant, type SourceFile } from '../diagnostics';
import { loadSchema, mergeSchema, readSchemaFiles, type SchemaModel } from '../sdl';
import { AppSyncChecks } from './appsync-checks';
import type { Authorization } from './authorization';
import { type Caching, requireCacheTtl } from './caching';
import { callSite, framed } from './call-site';
import type { ApiDataSource, ResolveOptions } from './data-source';
import type { DynamoTableSource } from './dynamo-table-source';
import { Findings } from './findings';
import { type Handler, HandlerLibrary, passThroughHandler } from './handler-library';
import { ResolverScopeFinder, type ResolverStacks } from './resolver-stacks';
import type { ResolverStep } from './resolver-step';
import { changesSince } from './schema-baseline';
import { type DeclaredEnding, SubscriptionEndings } from './subscription-endings';
import { TextAsset } from './text-asset';

export interface EnterpriseGraphqlApiProps {
  /** SDL file, or folder whose `*.graphql` files are read together. `extend type` is merged. Relative to the working directory. */
  readonly schema: string;
  /**
   * Further SDL files or folders, merged with `schema`.
   * @default - `schema` is all
   */
  readonly additionalSchemas?: string[];
  /**
   * SDL file or folder that the clients in use were written for. Changes that break them are errors, dangerous ones warnings, at their place
   * in the schema; one that is meant is acknowledged: `Validations.of(api).acknowledge({ id: 'AppSync::SDL_BREAKING_FIELD_REMOVED', reason })`.
   * @default - the schema is compared with nothing
   */
  readonly schemaBaseline?: string;
  /**
   * Folder of resolver sources: `Query.getProduct.ts` for a field, `Mutation.createOrder/1-reserveStock.ts`, … for a pipeline.
   * @default - no folder; each resolver names its file
   */
  readonly resolvers?: string;
  /** Authorization of fields that carry no directive. */
  readonly defaultAuthorization: Authorization;
  /** @default - `defaultAuthorization` is the only mode */
  readonly additionalAuthorization?: Authorization[];
  /**
   * Name of the API in AppSync.
   * @default - the id of the construct
   */
  readonly name?: string;
  /** @default - nothing is cached */
  readonly caching?: Caching;
  /**
   * Nested stacks for the resolvers and their functions, when the API's own stack cannot hold them all. Choose it before the first deployment.
   * @default - they stand in the stack of the API
   */
  readonly resolverStacks?: ResolverStacks;
  /**
   * What AppSync assumes to use data sources that are given no role. Each of them may then do what any of them may.
   * @default - each has a role of its own
   */
  readonly dataSourceRole?: iam.Role;
  /**
   * Whether clients may read the schema (`__schema`, `__type`).
   * @default false
   */
  readonly introspection?: boolean;
  /**
   * Deepest nesting of a query, 1 to 75; scalar leaves count as a level.
   * @default 12
   */
  readonly queryDepthLimit?: number;
  /**
   * Most resolvers one request may run, 1 to 10,000.
   * @default 1000
   */
  readonly resolverCountLimit?: number;
  /**
   * Which fields are logged. Logs never hold headers, variables or resolver contexts.
   * @default appsync.FieldLogLevel.ERROR
   */
  readonly fieldLogLevel?: appsync.FieldLogLevel;
  /** @default logs.RetentionDays.THREE_MONTHS */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Values resolvers read as `ctx.env.NAME`. Every `DynamoTableSource` adds the name of its table.
   * @default - only what data sources add
   */
  readonly environmentVariables?: { readonly [name: string]: string };
}

export interface PipelineOptions {
  /**
   * Steps that run before those of the folder.
   * @default - none
   */
  readonly before?: ResolverStep[];
  /** @default - not cached, or by arguments, source and identity as a whole if `cacheTtl` is given */
  readonly cacheKeys?: string[];
  /** @default - the time of the API's cache */
  readonly cacheTtl?: Duration;
}

/**
 * A GraphQL API with its schema, resolvers, logs, limits and cache, checked at synth.
 *
 * Defaults: X-Ray tracing on; errors of fields logged, without verbose content, for three months; introspection off; queries at most
 * 12 levels deep and 1,000 resolvers long; no API key unless asked for.
 */
export class EnterpriseGraphqlApi extends Construct {
  /** The L2 API, for everything this construct has no word for. */
  readonly graphqlApi: appsync.GraphqlApi;
  /** The merged schema as uploaded. */
  readonly schemaAsset: TextAsset;
  readonly logGroup: logs.LogGroup;
  readonly logRole: iam.Role;
  /** @default - the API does not cache */
  readonly cache?: appsync.CfnApiCache;
  /** @default - the API takes no API key */
  readonly apiKey?: appsync.CfnApiKey;
  /** @default - each data source has a role of its own */
  readonly dataSourceRole?: iam.Role;
  /** Resolvers by `Type.field`. */
  readonly resolvers: ReadonlyMap<string, appsync.Resolver>;
  /** Pipeline functions by `Type.field.step`. */
  readonly functions: ReadonlyMap<string, appsync.AppsyncFunction>;
  /** Nested stacks by number, those that hold resolvers; none without `resolverStacks`. */
  readonly resolverStacks: ReadonlyMap<number, NestedStack>;

  private readonly resolversByField = new Map<string, appsync.Resolver>();
  private readonly functionsByStep = new Map<string, appsync.AppsyncFunction>();
  private readonly tables = new Map<string, DynamoTableSource>();
  private readonly awaitingTable = new Map<string, ((table: DynamoTableSource) => void)[]>();
  private readonly scopes: ResolverScopeFinder;
  private readonly findings = new Findings();
  private readonly endings = new SubscriptionEndings();
  private readonly schemaFiles: SourceFile[] = [];
  private loadedSchema?: { readonly schema: SchemaModel | undefined };
  private readonly handlers: HandlerLibrary;
  private readonly caching?: Caching;

  constructor(scope: Construct, id: string, props: EnterpriseGraphqlApiProps) {
    super(scope, id);
    this.resolvers = this.resolversByField;
    this.functions = this.functionsByStep;
    this.caching = props.caching;
    this.dataSourceRole = props.dataSourceRole;
    this.scopes = new ResolverScopeFinder(this, props.resolverStacks);
    this.resolverStacks = this.scopes.stacks;
    const { queryDepthLimit = 12, resolverCountLimit = 1_000 } = props;
    this.requireRange('queryDepthLimit', queryDepthLimit, 1, 75);
    this.requireRange('resolverCountLimit', resolverCountLimit, 1, 10_000);

    this.logRole = new iam.Role(this, 'LogRole', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com'), description: `Lets AppSync write the logs of the API ${props.name ?? id}` });
    this.schemaAsset = this.schemaAssetFrom([props.schema, ...(props.additionalSchemas ?? [])], props);
    this.graphqlApi = new appsync.GraphqlApi(this, 'Resource', {
      name: props.name ?? id,
      definition: appsync.Definition.fromSchema({ bind: () => ({ apiId: '', definition: '' }) }),
      authorizationConfig: {
        defaultAuthorization: props.defaultAuthorization.mode,
        additionalAuthorizationModes: props.additionalAuthorization?.map((authorization) => authorization.mode),
      },
      xrayEnabled: true,
      introspectionConfig: props.introspection ? appsync.IntrospectionConfig.ENABLED : appsync.IntrospectionConfig.DISABLED,
      queryDepthLimit,
      resolverCountLimit,
      environmentVariables: props.environmentVariables,
    });
    this.uploadSchemaFromAsset();
    this.logGroup = this.logTo(props);
    this.cache = this.cacheFor(props.caching);
    this.apiKey = this.apiKeyFor([props.defaultAuthorization, ...(props.additionalAuthorization ?? [])]);

    this.handlers = new HandlerLibrary(props.resolvers === undefined ? undefined : resolvePath(props.resolvers));
    this.findings.add(...this.handlers.diagnostics);
    this.findings.addLate(() => this.handlers.unusedSources());
    this.findings.addLate(() => this.endings.findings().map(framed));
    this.findings.writeTo(this.cfnApi);
    AppSyncChecks.registerOn(this);
  }

  /**
   * Answers a field with several steps, one per file in the folder of that name.
   * @param field `Type.field`
   * @param sources the data source of each step, in the order of the files
   */
  pipeline(field: string, sources: ApiDataSource[], options: PipelineOptions = {}): appsync.Resolver {
    const { own, steps } = this.handlers.pipeline(field);
    if (steps.length > 0 && steps.length !== sources.length) {
      this.findings.add(this.finding('RES_PIPELINE_STEPS', `the pipeline ${field} has ${steps.length} step files (${steps.map((step) => step.name).join(', ')}) but ${sources.length} data sources`, 'give one data source for each step file, in their order'));
    }
    const withSources = steps.slice(0, sources.length).map((step, i) => {
      const source = sources[i];
      invariant(source, `step ${i} of ${field} has no data source`);
      return { ...step, source };
    });
    return this.attachSteps(field, own, [...this.stepsBefore(field, options), ...withSources], options);
  }

  /** The stack of every field with a resolver, as `resolverStacks.placed` takes it. */
  get resolverPlacement(): { readonly [field: string]: number } {
    return Object.fromEntries([...this.resolversByField.keys()].sort().map((field) => [field, this.scopes.of(field).stack]));
  }

  /** Attaches a pipeline of handlers. @internal */
  attachSteps(field: string, own: Handler, steps: readonly { readonly name: string; readonly source: ApiDataSource; readonly handler: Handler }[], options: PipelineOptions = {}): appsync.Resolver {
    const functions = steps.map(({ name, source, handler }) => this.functionFor(field, name, source, handler));
    const resolver = this.attach(field, { code: this.codeFor(own), pipelineConfig: functions }, options);
    this.endings.attached(field, resolver, [own, ...steps.map(({ handler }) => handler)]);
    return resolver;
  }

  /** Undefined while the schema has errors: then they are what is reported. @internal */
  get schema(): SchemaModel | undefined {
    this.loadedSchema ??= { schema: loadSchema(this.schemaFiles).value };
    return this.loadedSchema.schema;
  }

  /** Ends subscriptions when a mutation is done: by code of ours where its handlers are ours, or else by the author's, which is checked. @internal */
  endSubscriptionsAfter(mutation: string, endings: readonly DeclaredEnding[]): void {
    this.endings.declare(mutation, endings);
  }

  /** Reports what a construct of this API has found. @internal */
  addFindings(...diagnostics: readonly Diagnostic[]): void {
    this.findings.add(...diagnostics);
  }

  /** Answers a field with one request to a data source. @internal */
  attachUnit(field: string, source: ApiDataSource, options: ResolveOptions): appsync.Resolver {
    const handler = this.handlers.unit(field, options.file === undefined ? undefined : resolvePath(options.file));
    const before = this.stepsBefore(field, options);
    if (before.length === 0) return this.attachHandler(field, source, handler, options);
    return this.attachSteps(field, passThroughHandler(), [...before, { name: 'resolve', source, handler }], options);
  }

  /** Attaches code that a construct has generated. @internal */
  attachHandler(field: string, source: ApiDataSource, handler: Handler, options: PipelineOptions = {}): appsync.Resolver {
    if ('facts' in handler) source.grantFor(handler.facts);
    const resolver = this.attach(field, { dataSource: source.dataSource, code: this.codeFor(handler), ...settingsOf(source, handler) }, options);
    this.endings.attached(field, resolver, [handler]);
    return resolver;
  }

  /** Answers a field by a data source that is told nothing but the context of the request. @internal */
  attachDirect(field: string, source: ApiDataSource, options: PipelineOptions): appsync.Resolver {
    return this.attach(field, { dataSource: source.dataSource, ...source.settingsFor() }, options);
  }

  /** Whether the resolver folder has a file for a field. @internal */
  hasCodeFor(field: string): boolean {
    return this.handlers.hasUnit(field);
  }

  /** Makes a table known to resolvers by its environment name. @internal */
  registerTable(source: DynamoTableSource): void {
    this.tables.set(source.environmentName, source);
    this.graphqlApi.addEnvironmentVariable(source.environmentName, source.table.tableName);
    for (const use of this.awaitingTable.get(source.environmentName) ?? []) use(source);
  }

  /** Runs `use` with the table of that environment name, now or once it is made; never for a name that is no table's. @internal */
  withTable(environmentName: string, use: (table: DynamoTableSource) => void): void {
    const known = this.tables.get(environmentName);
    if (known) return use(known);
    this.awaitingTable.set(environmentName, [...(this.awaitingTable.get(environmentName) ?? []), use]);
  }

  private stepsBefore(field: string, { before = [] }: Pick<PipelineOptions, 'before'>) {
    return before.map((step, i) => {
      this.addFindings(...step.findingsAt(this.schema, field).map(framed));
      return { name: `before${i + 1}`, source: step.source, handler: step.handlerFor(field) };
    });
  }

  private functionFor(field: string, name: string, source: ApiDataSource, handler: Handler): appsync.AppsyncFunction {
    const step = `${field}.${name}`;
    if ('facts' in handler) source.grantFor(handler.facts);
    const fn = new appsync.AppsyncFunction(this.scopes.of(field).functions, step, {
      api: this.graphqlApi,
      name: step.replace(/\./g, '_'),
      dataSource: source.dataSource,
      code: this.codeFor(handler) ?? appsync.Code.fromInline('// see the findings of this API'),
      runtime: appsync.FunctionRuntime.JS_1_0_0,
      ...settingsOf(source, handler),
    });
    this.functionsByStep.set(step, fn);
    return fn;
  }

  private attach(field: string, props: Pick<appsync.ExtendedResolverProps, 'dataSource' | 'code' | 'pipelineConfig' | 'maxBatchSize'>, { cacheKeys, cacheTtl }: PipelineOptions): appsync.Resolver {
    const [, typeName, fieldName] = /^([_A-Za-z]\w*)\.([_A-Za-z]\w*)$/.exec(field) ?? [];
    if (!typeName || !fieldName) throw new Error(`${this.node.path}: a field is named by its type and field, such as "Query.getProduct", got "${field}"`);
    if (this.resolversByField.has(field)) throw new Error(`${this.node.path}: ${field} is answered twice; AppSync allows one resolver per field`);
    if (cacheTtl) requireCacheTtl(`${this.node.path}: "cacheTtl" of ${field}`, cacheTtl);
    const ttl = cacheTtl ?? this.caching?.ttl;
    const resolver = new appsync.Resolver(this.scopes.of(field).resolvers, field, {
      api: this.graphqlApi,
      typeName,
      fieldName,
      ...props,
      ...(props.code ? { runtime: appsync.FunctionRuntime.JS_1_0_0 } : {}),
      ...((cacheKeys ?? cacheTtl) && ttl ? { cachingConfig: { ttl, cachingKeys: cacheKeys } } : {}),
    });
    this.resolversByField.set(field, resolver);
    return resolver;
  }

  /** Code that is missing or does not compile gives none: the finding says why, and everything else is still checked. */
  private codeFor(handler: Handler): appsync.Code | undefined {
    if ('code' in handler) return new AssetCode(handler);
    this.findings.add(...handler.missing);
    return undefined;
  }

  private schemaAssetFrom(paths: readonly string[], { schemaBaseline, defaultAuthorization }: EnterpriseGraphqlApiProps): TextAsset {
    const files = readSchemaFiles(paths.map((path) => resolvePath(path)));
    this.findings.add(...files.diagnostics);
    this.schemaFiles.push(...files.value);
    if (schemaBaseline !== undefined) this.findings.add(...changesSince(resolvePath(schemaBaseline), files.value, defaultAuthorization.mode.authorizationType));
    // What is wrong with the SDL is found by the checks that read the template.
    const text = mergeSchema(files.value) ?? files.value.map((file) => file.text).join('\n');
    const origin = { sources: files.value.map((file) => file.path), sourcesContent: files.value.map((file) => file.text), mappings: '' };
    return new TextAsset(this, 'SchemaAsset', { text, extension: '.graphql', origin });
  }

  /** The L2 puts the schema into the template, where it counts towards the limit of 1 MB. */
  private uploadSchemaFromAsset(): void {
    const schema = this.graphqlApi.node.findChild('Schema');
    invariant(schema instanceof appsync.CfnGraphQLSchema, 'the L2 API has no schema resource');
    schema.apiId = this.graphqlApi.apiId;
    schema.definition = undefined;
    schema.definitionS3Location = this.schemaAsset.s3ObjectUrl;
  }

  /** The L2 would set the retention with a custom resource and its Lambda function; a log group of our own needs neither. */
  private logTo({ fieldLogLevel = appsync.FieldLogLevel.ERROR, logRetention = logs.RetentionDays.THREE_MONTHS }: EnterpriseGraphqlApiProps): logs.LogGroup {
    const group = new logs.LogGroup(this, 'Logs', { logGroupName: `/aws/appsync/apis/${this.graphqlApi.apiId}`, retention: logRetention });
    group.grantWrite(this.logRole);
    this.cfnApi.logConfig = { cloudWatchLogsRoleArn: this.logRole.roleArn, fieldLogLevel, excludeVerboseContent: true };
    return group;
  }

  private cacheFor(caching: Caching | undefined): appsync.CfnApiCache | undefined {
    if (!caching) return undefined;
    return new appsync.CfnApiCache(this, 'Cache', {
      apiId: this.graphqlApi.apiId,
      apiCachingBehavior: caching.behavior,
      ttl: caching.ttl.toSeconds(),
      type: caching.size,
      ...(caching.healthMetrics && { healthMetricsConfig: 'ENABLED' }),
      // New caches are always encrypted; the flags keep scanners of older rules quiet.
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
    });
  }

  private apiKeyFor(authorizations: readonly Authorization[]): appsync.CfnApiKey | undefined {
    const key = this.graphqlApi.node.tryFindChild('DefaultApiKey');
    if (!(key instanceof appsync.CfnApiKey)) return undefined;
    key.expires = authorizations.find((authorization) => authorization.apiKeyExpires !== undefined)?.apiKeyExpires;
    return key;
  }

  private get cfnApi(): appsync.CfnGraphQLApi {
    const api = this.graphqlApi.node.defaultChild;
    invariant(api instanceof appsync.CfnGraphQLApi, 'the L2 API has no default child');
    return api;
  }

  private finding(code: string, message: string, fix: string): Diagnostic {
    const location = callSite();
    return framed({ code, severity: 'error', message, ...(location ? { location } : {}), notes: [], fix });
  }

  private requireRange(prop: string, value: number, least: number, most: number): void {
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`${this.node.path}: "${prop}" must be a whole number from ${least} to ${most}, got ${value}`);
  }
}

function settingsOf(source: ApiDataSource, handler: Handler): { readonly maxBatchSize?: number } {
  return 'code' in handler ? source.settingsFor(handler.code) : {};
}

/** Bundled code as the L2 takes it: a single-file asset, with its source map beside it. */
class AssetCode extends appsync.Code {
  constructor(private readonly handler: Extract<Handler, { code: string }>) {
    super();
  }

  override bind(scope: Construct): appsync.CodeConfig {
    const { code, origin } = this.handler;
    return { s3Location: new TextAsset(scope, 'Code', { text: code, extension: '.js', origin }).s3ObjectUrl };
  }
}

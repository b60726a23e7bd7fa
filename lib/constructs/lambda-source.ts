/**
 * A Lambda function as a data source: one written in TypeScript beside the resolvers, or one that is there. Hidden here: how it is bundled,
 * what it may do, and which resolvers have their calls gathered.
 */
import { resolve as resolvePath } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { bundleFunction } from '../compiler';
import { ApiDataSource, type AssumedRoleProps, type ResolveOptions } from './data-source';
import type { DynamoTableSource } from './dynamo-table-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import { FunctionCode } from './function-code';
import { functionRuntime } from './function-runtime';

export interface LambdaSourceProps extends AssumedRoleProps {
  /**
   * File with the function, TypeScript or JavaScript, relative to the working directory. It exports `handler`.
   * @default - `function` is used
   */
  readonly entry?: string;
  /**
   * An existing function, used as it is.
   * @default - a function is made from `entry`
   */
  readonly function?: lambda.IFunction;
  /**
   * Most resolutions of a field that go into one call, 1 to 2,000: the function gets a list and returns one as long. Holds for direct resolvers,
   * and for code whose request is a `BatchInvoke`.
   * @default - direct resolvers are called one by one, and code that asks for a `BatchInvoke` in batches of 5
   */
  readonly maxBatchSize?: number;
  /**
   * Values the function reads as `process.env.NAME`.
   * @default - only what `grantTable` adds
   */
  readonly environment?: { readonly [name: string]: string };
  /**
   * Below the 30 seconds that AppSync waits for a whole request.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Memory in MB, 128 to 10,240; processing power grows with it.
   * @default 512
   */
  readonly memorySize?: number;
  /** @default logs.RetentionDays.THREE_MONTHS */
  readonly logRetention?: logs.RetentionDays;
}

export interface TableAccessOptions {
  /**
   * Whether the function may change items.
   * @default true
   */
  readonly write?: boolean;
}

/** Source: AppSync quotas, "Request execution time". */
const requestSeconds = 30;

/**
 * A Lambda function behind an API.
 *
 * A function made here runs on Node.js 24 and arm64, is traced with X-Ray, logs to a group of its own, and may do nothing else until it is
 * told. Without a resolver file for it, a field is answered directly: the function gets the context of the request and returns the value.
 */
export class LambdaSource extends ApiDataSource {
  readonly dataSource: appsync.LambdaDataSource;
  readonly function: lambda.IFunction;
  /** Lets AppSync call the function. What the function itself may do is up to a role of its own. */
  readonly role: iam.Role;
  /** @default - `function` was given */
  readonly logGroup?: logs.LogGroup;

  private readonly maxBatchSize?: number;

  /** @throws Error for a timeout that AppSync does not wait for, a batch size out of range, or both or neither of `entry` and `function` */
  constructor(api: EnterpriseGraphqlApi, id: string, props: LambdaSourceProps) {
    super(api, id);
    this.requireProps(props);
    this.maxBatchSize = props.maxBatchSize;
    if (props.entry !== undefined) this.logGroup = new logs.LogGroup(this, 'Logs', { retention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS });
    this.function = props.function ?? this.createFunction(props);
    this.dataSource = new appsync.LambdaDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, lambdaFunction: this.function, serviceRole: this.givenRole(props) });
    this.role = this.roleOf(this.dataSource);
  }

  /**
   * Answers a field: with the resolver file of that name, or the one that is given, and directly where there is none.
   * @param field `Type.field`
   */
  override resolve(field: string, options: ResolveOptions = {}): appsync.Resolver {
    const hasCode = options.file !== undefined || this.api.hasCodeFor(field);
    return hasCode ? super.resolve(field, options) : this.api.attachDirect(field, this, options);
  }

  /** Lets the function use a table, whose name it reads as `process.env.<ID>_TABLE`. */
  grantTable(source: DynamoTableSource, { write = true }: TableAccessOptions = {}): iam.Grant {
    if (!(this.function instanceof lambda.Function)) throw new Error(`${this.node.path}: the environment of an imported function cannot be changed here; grant it the table where it is made`);
    this.function.addEnvironment(source.environmentName, source.table.tableName);
    return write ? source.table.grantReadWriteData(this.function) : source.table.grantReadData(this.function);
  }

  /** @internal */
  override grantFor(): void {}

  /** @internal */
  override settingsFor(code?: string): { readonly maxBatchSize?: number } {
    // For code that never asks for a batch it would be a mistake.
    const isBatched = code === undefined || code.includes('BatchInvoke');
    return isBatched && this.maxBatchSize !== undefined ? { maxBatchSize: this.maxBatchSize } : {};
  }

  private createFunction({ entry = '', environment, timeout = Duration.seconds(10), memorySize = 512 }: LambdaSourceProps): lambda.Function {
    const { value, diagnostics } = bundleFunction(resolvePath(entry), { root: process.cwd() });
    this.api.addFindings(...diagnostics);
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), description: `What the function of the data source ${this.node.id} may do` });
    this.logGroup?.grantWrite(role);
    return new lambda.Function(this, 'Function', {
      description: `Answers fields of the API ${this.api.node.id}`,
      code: value ? new FunctionCode(value) : lambda.Code.fromInline('// see the findings of this API'),
      handler: 'index.handler',
      runtime: functionRuntime,
      architecture: lambda.Architecture.ARM_64,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
      timeout,
      memorySize,
      role,
      logGroup: this.logGroup,
      tracing: lambda.Tracing.ACTIVE,
    });
  }

  private requireProps({ entry, function: given, timeout, maxBatchSize, role: _role, ...ofMade }: LambdaSourceProps): void {
    if ((entry === undefined) === (given === undefined)) throw new Error(`${this.node.path}: give either "entry", the file of a function, or "function", one that is there`);
    const useless = Object.entries({ timeout, ...ofMade }).filter(([, value]) => value !== undefined).map(([name]) => `"${name}"`);
    if (given && useless.length > 0) throw new Error(`${this.node.path}: ${useless.join(', ')} cannot be set on a "function" that is there; set ${useless.length === 1 ? 'it' : 'them'} where it is made`);
    const limit = timeout ?? (given instanceof lambda.Function ? given.timeout : undefined);
    if (limit && !limit.isUnresolved() && limit.toMilliseconds() >= requestSeconds * 1000)
      throw new Error(`${this.node.path}: the timeout of the function must be below the ${requestSeconds} seconds that AppSync waits, got ${limit.toSeconds()} seconds; answer at once and let a mutation tell the result of longer work`);
    if (maxBatchSize !== undefined && (!Number.isInteger(maxBatchSize) || maxBatchSize < 1 || maxBatchSize > 2_000)) throw new Error(`${this.node.path}: "maxBatchSize" must be a whole number from 1 to 2000, got ${maxBatchSize}`);
  }
}

/**
 * A DynamoDB table as a data source: the table itself or an existing one, its name for resolvers, and a role with the actions
 * that the attached code uses and no others. With the credentials of callers there is no role: then it is theirs that must allow them.
 */
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { HandlerFacts } from '../compiler';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

export interface TableIndex {
  /** @default - the table's own partition key, which makes it a local index: it exists only if made together with the table */
  readonly partitionKey?: string;
  /** @default - items of a partition have no order */
  readonly sortKey?: string;
  /**
   * Attributes the index carries beside the keys.
   * @default - all
   */
  readonly nonKeyAttributes?: string[];
}

export interface DynamoTableSourceProps extends AssumedRoleProps {
  /**
   * An existing table, used as it is.
   * @default - a table is created from the other properties
   */
  readonly table?: dynamodb.ITable;
  /** @default - required for a table that is created */
  readonly partitionKey?: string;
  /** @default - one item per partition */
  readonly sortKey?: string;
  /**
   * Indexes by name.
   * @default - none
   */
  readonly indexes?: { readonly [name: string]: TableIndex };
  /**
   * Types of key attributes that are not strings.
   * @default - every key attribute is a string
   */
  readonly keyTypes?: { readonly [attribute: string]: dynamodb.AttributeType };
  /**
   * Number attribute with the epoch second after which an item may vanish.
   * @default - items live until they are deleted
   */
  readonly timeToLiveAttribute?: string;
  /** @default - the AWS managed key of DynamoDB */
  readonly encryptionKey?: kms.IKey;
  /** @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Uses the table with the credentials of whoever calls the field, and without a role: the caller's own policies must allow it. Only callers with IAM
   * authorization have credentials, so only they get an answer.
   * @default false
   */
  readonly useCallerCredentials?: boolean;
}

/** IAM actions of an operation on a single table. */
const tableActions: Readonly<Record<string, readonly string[]>> = {
  GetItem: ['dynamodb:GetItem'],
  PutItem: ['dynamodb:PutItem'],
  UpdateItem: ['dynamodb:UpdateItem'],
  DeleteItem: ['dynamodb:DeleteItem'],
  Query: ['dynamodb:Query'],
  Scan: ['dynamodb:Scan'],
};

/** IAM actions of an operation that names its tables itself. */
const multiTableActions: Readonly<Record<string, readonly string[]>> = {
  BatchGetItem: ['dynamodb:BatchGetItem'],
  BatchPutItem: ['dynamodb:BatchWriteItem'],
  BatchDeleteItem: ['dynamodb:BatchWriteItem'],
  TransactGetItems: ['dynamodb:GetItem'],
};

const transactActions: Readonly<Record<string, string>> = {
  PutItem: 'dynamodb:PutItem',
  UpdateItem: 'dynamodb:UpdateItem',
  DeleteItem: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/**
 * A DynamoDB table behind an API.
 *
 * A created table is on-demand, encrypted, has point-in-time recovery and outlives the stack. Resolvers find the physical name of
 * any table of the API as `ctx.env.<ID>_TABLE`; code that reads that name is what lets its data source use that table too.
 */
export class DynamoTableSource extends ApiDataSource {
  readonly dataSource: appsync.BaseDataSource;
  readonly table: dynamodb.ITable;
  /** Name of the environment variable with the table's name: `CUSTOMER_ITEMS_TABLE` for the id `CustomerItems`. */
  readonly environmentName: string;

  /** Undefined with the credentials of callers. */
  private readonly assumedRole?: iam.Role;
  private readonly indexNames?: readonly string[];
  private readonly statements = new Map<string, iam.PolicyStatement>();

  constructor(api: EnterpriseGraphqlApi, id: string, props: DynamoTableSourceProps) {
    super(api, id);
    this.table = props.table ?? this.createTable(props);
    // Names of indexes on an imported table are not known, so there the role covers all of them.
    this.indexNames = props.table ? undefined : Object.keys(props.indexes ?? {});
    if (props.useCallerCredentials && props.role) throw new Error(`${this.node.path}: the table is used either by "role" or with "useCallerCredentials"; leave one of them out`);
    if (!props.useCallerCredentials) this.assumedRole = this.roleFor(props, 'use its table');
    this.dataSource = new TableDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, serviceRole: this.assumedRole }, this.table);
    this.environmentName = `${id.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_TABLE`;
    api.registerTable(this);
  }

  /**
   * What AppSync assumes to use the table.
   * @throws Error when the table is used with the credentials of callers
   */
  get role(): iam.Role {
    if (!this.assumedRole) throw new Error(`${this.node.path}: the table is used with the credentials of callers, so there is no role; grant to theirs`);
    return this.assumedRole;
  }

  /**
   * ARN of the stream of the table's changes, with both images. A created table gets one when it is first asked for.
   * @throws Error for an existing table without a stream
   * @internal
   */
  enableStream(): string {
    const { defaultChild } = this.table.node;
    if (this.table.node.scope === this && defaultChild instanceof dynamodb.CfnTable) {
      defaultChild.streamSpecification = { streamViewType: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES };
      return defaultChild.attrStreamArn;
    }
    if (this.table.tableStreamArn === undefined) throw new Error(`${this.node.path}: the existing table has no stream, which an index needs to follow it; give the table one with new images`);
    return this.table.tableStreamArn;
  }

  /** @internal */
  override grantFor(facts: HandlerFacts): void {
    if (!this.assumedRole) return;
    // An operation that is computed could be any.
    const operations = facts.isDynamic ? new Set([...Object.keys(tableActions), ...Object.keys(multiTableActions), 'TransactWriteItems']) : facts.operations;
    const transactWrites = facts.isDynamic ? Object.keys(transactActions) : facts.transactWrites;
    for (const operation of operations) {
      this.allow(this, tableActions[operation] ?? []);
      // AppSync reads the item back when the condition of a write has failed.
      if (facts.hasCondition && ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation)) this.allow(this, ['dynamodb:GetItem']);
      if (facts.usesIndex && ['Query', 'Scan'].includes(operation)) this.allowOnIndexes(`dynamodb:${operation}`);
    }
    const batched = [...operations].flatMap((operation) => multiTableActions[operation] ?? []);
    const transacted = operations.has('TransactWriteItems') ? actionsOf(transactWrites) : [];
    if (facts.transactTables && !facts.isDynamic) {
      for (const [name, kinds] of facts.transactTables) this.api.withTable(name, (table) => this.allow(table, actionsOf(kinds)));
      this.allowOnNamed(facts.environmentNames, batched);
    } else {
      this.allowOnNamed(facts.environmentNames, [...batched, ...transacted]);
    }
  }

  /** For requests that name their tables: those that the code reads from its environment, or the data source's own. */
  private allowOnNamed(environmentNames: ReadonlySet<string>, actions: readonly string[]): void {
    if (environmentNames.size === 0) this.allow(this, actions);
    for (const name of environmentNames) this.api.withTable(name, (table) => this.allow(table, actions));
  }

  private allow(on: DynamoTableSource, actions: readonly string[]): void {
    if (actions.length === 0 || !this.assumedRole) return;
    const isNew = !this.statements.has(on.node.id);
    this.extendStatement(on.node.id, [on.table.tableArn], actions);
    if (isNew) on.table.encryptionKey?.grantEncryptDecrypt(this.assumedRole);
  }

  private allowOnIndexes(action: string): void {
    const arns = this.indexNames ? this.indexNames.map((name) => `${this.table.tableArn}/index/${name}`) : [`${this.table.tableArn}/index/*`];
    if (arns.length > 0) this.extendStatement('indexes', arns, [action]);
  }

  private extendStatement(key: string, resources: string[], actions: readonly string[]): void {
    const statement = this.statements.get(key);
    if (statement) return statement.addActions(...actions.filter((action) => !statement.actions.includes(action)));
    const created = new iam.PolicyStatement({ actions: [...new Set(actions)], resources });
    this.statements.set(key, created);
    this.assumedRole?.addToPolicy(created);
  }

  private createTable(props: DynamoTableSourceProps): dynamodb.Table {
    const { partitionKey, sortKey, indexes = {}, keyTypes = {} } = props;
    if (partitionKey === undefined) throw new Error(`${this.node.path}: give either "partitionKey", to create a table, or "table", to use an existing one`);
    const key = (name: string): dynamodb.Attribute => ({ name, type: keyTypes[name] ?? dynamodb.AttributeType.STRING });
    const table = new dynamodb.Table(this, 'Table', {
      partitionKey: key(partitionKey),
      ...(sortKey === undefined ? {} : { sortKey: key(sortKey) }),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(props.encryptionKey ? { encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, encryptionKey: props.encryptionKey } : { encryption: dynamodb.TableEncryption.AWS_MANAGED }),
      timeToLiveAttribute: props.timeToLiveAttribute,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      const projection = index.nonKeyAttributes ? { projectionType: dynamodb.ProjectionType.INCLUDE, nonKeyAttributes: index.nonKeyAttributes } : {};
      const indexSortKey = index.sortKey === undefined ? undefined : key(index.sortKey);
      if (index.partitionKey !== undefined) table.addGlobalSecondaryIndex({ indexName, partitionKey: key(index.partitionKey), sortKey: indexSortKey, ...projection });
      else if (indexSortKey) table.addLocalSecondaryIndex({ indexName, sortKey: indexSortKey, ...projection });
      else throw new Error(`${this.node.path}: the index "${indexName}" needs a "partitionKey", a "sortKey" or both`);
    }
    return table;
  }
}

function actionsOf(transactWrites: Iterable<string>): string[] {
  return [...transactWrites].flatMap((kind) => transactActions[kind] ?? []);
}

/** The L2 `DynamoDbDataSource` without its grants, which are for every operation there is. Without a role it takes the credentials of callers. */
class TableDataSource extends appsync.BaseDataSource {
  constructor(scope: DynamoTableSource, id: string, props: appsync.BackedDataSourceProps, table: dynamodb.ITable) {
    const type = 'AMAZON_DYNAMODB';
    const dynamoDbConfig = { tableName: table.tableName, awsRegion: table.env.region, ...(!props.serviceRole && { useCallerCredentials: true }) };
    // The base class makes a role for every type but this one.
    super(scope, id, props, { type: props.serviceRole ? type : 'NONE', dynamoDbConfig });
    this.ds.type = type;
  }
}

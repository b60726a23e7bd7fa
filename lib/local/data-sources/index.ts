/** What resolvers talk to: one `DataSource` per data source of an API, and the tables behind the DynamoDB ones. */
import { randomBytes } from 'node:crypto';
import type { DataSourceModel, TableModel } from '../../model';
import type { AccessKey } from '../auth';
import { databaseOf, type LocalDatabases } from '../databases';
import type { InvokeFunction } from '../lambda';
import { callerCredentialsDataSource } from './caller-credentials';
import type { DataSource } from './data-source';
import { DynamoDbDataSource } from './dynamodb';
import { type BusEvent, eventBridgeDataSource } from './event-bridge';
import { httpDataSource } from './http';
import { lambdaDataSource } from './lambda';
import { noneDataSource } from './none';
import { notEmulatedDataSource } from './not-emulated';
import { openSearchDataSource, type SearchDomain } from './opensearch';
import { PaginationTokens, tokenKeyBytes } from './pagination-token';
import { permittedTables } from './permitted-tables';
import { rdsDataSource } from './rds';
import type { TableStore } from './table-store';

export { askModel } from './bedrock';
export { type DataSource, type DataSourceCall, DataSourceRequestError, type DataSourceResponse } from './data-source';
export type { BusEvent } from './event-bridge';
export type { SearchDomain } from './opensearch';
export { type ItemChange, TableChanges } from './table-changes';
export { tableEndpoint } from './table-endpoint';
export { openTableStore, type TableStore } from './table-store';
export { fromItem, toItem } from './typed-values';

export interface DataSourceServices {
  readonly tables: TableStore;
  /** The tables of the templates, by name, for permissions on their keys. @default none is known */
  readonly tableNamed?: (name: string) => TableModel | undefined;
  /** 32 bytes that seal `nextToken`s. Give the same to every call for tokens to outlive a reload. @default random for each data source */
  readonly tokenKey?: Buffer;
  /** Signs the requests of HTTP data sources that ask for it. @default a key that no service knows */
  readonly accessKey?: AccessKey;
  /** Calls the functions of Lambda data sources. @default no function can be called */
  readonly invokeFunction?: InvokeFunction;
  /** Runs the statements of RDS data sources. @default they are not emulated */
  readonly databases?: LocalDatabases;
  /** Takes what data sources have to tell. @default discards */
  readonly log?: (line: string) => void;
  /** Takes the events of EventBridge data sources. @default nobody hears of them */
  readonly putEvent?: (busArn: string, event: BusEvent) => void;
  /** The search domain behind an endpoint. @default OpenSearch data sources are not emulated */
  readonly searchDomain?: (endpoint: string) => SearchDomain;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

const unknownKey: AccessKey = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };

/** The emulation of a data source. A kind that is not emulated gives one whose every call says so. */
export function createDataSource(model: DataSourceModel, services: DataSourceServices): DataSource {
  const { tables, tokenKey = randomBytes(tokenKeyBytes), accessKey = unknownKey, putEvent = () => undefined, now = Date.now, invokeFunction, tableNamed = () => undefined, log = () => undefined } = services;
  switch (model.type) {
    case 'NONE':
      return noneDataSource;
    case 'AMAZON_DYNAMODB': {
      const tokens = new PaginationTokens(tokenKey);
      const sourceOn = (store: TableStore) => new DynamoDbDataSource({ tableName: model.tableName, region: model.region, ...(invokeFunction && { invokeFunction }), versioned: model.versioned, tables: store, tokens });
      if (!model.usesCallerCredentials) return sourceOn(tables);
      return callerCredentialsDataSource(model.name, (user) => sourceOn(user ? permittedTables(tables, user, model.region, tableNamed) : tables));
    }
    case 'HTTP':
      return httpDataSource({ endpoint: model.endpoint, now, ...(model.signing && { signing: { ...model.signing, key: accessKey } }) });
    case 'AWS_LAMBDA':
      return invokeFunction ? lambdaDataSource({ functionArn: model.functionArn, invoke: invokeFunction, log }) : notEmulatedDataSource(model.name, model.type);
    case 'OTHER': {
      const { EventBusArn: busArn } = (model.config.EventBridgeConfig ?? {}) as Readonly<Record<string, unknown>>;
      // A domain has the same name in both, of which the second is the older kind.
      const { Endpoint: endpoint } = (model.config.OpenSearchServiceConfig ?? model.config.ElasticsearchConfig ?? {}) as Readonly<Record<string, unknown>>;
      if (services.searchDomain && typeof endpoint === 'string') return openSearchDataSource({ domain: services.searchDomain(endpoint), log });
      if (model.awsType === 'AMAZON_EVENTBRIDGE' && typeof busArn === 'string') return eventBridgeDataSource({ busArn, put: putEvent, now });
      const database = model.awsType === 'RELATIONAL_DATABASE' ? databaseOf(model.config) : undefined;
      const { databases } = services;
      if (database && databases) return rdsDataSource(() => databases.of(database.clusterArn, database.database));
      return notEmulatedDataSource(model.name, model.awsType);
    }
  }
}

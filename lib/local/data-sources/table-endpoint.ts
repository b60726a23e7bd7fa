/**
 * Tables behind an address instead of in this process: DynamoDB Local, anything else that speaks DynamoDB's protocol, or DynamoDB itself.
 * Calls go there as they are, signed; its answers and failures come back in the form the embedded engine gives them.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Diagnostic, DiagnosticError } from '../../diagnostics';
import type { TableModel } from '../../model';
import { type AccessKey, sha256, signatureHeaders } from '../auth';
import { DataSourceRequestError } from './data-source';
import type { TableDescription } from './dynalite-engine';
import { describeTable, indexesOf, keyText } from './table-catalog';
import type { TableChanges } from './table-changes';
import { type CancellationReason, type Item, TableError } from './table-error';
import type { TableOperation, TableStore } from './table-store';

export interface TableEndpointOptions {
  /** `http://localhost:8000`, or `https://dynamodb.<region>.amazonaws.com`. */
  readonly address: string;
  readonly accessKey: AccessKey;
  /** @default what the address of a region of AWS says; elsewhere us-east-1, the one that the tools around DynamoDB Local begin with */
  readonly region?: string;
  /** Tells of items that calls through this store have changed. @default nobody hears of them */
  readonly changes?: TableChanges;
}

type Parameters = Readonly<Record<string, unknown>>;

type ManagementOperation = 'CreateTable' | 'DescribeTable' | 'UpdateTimeToLive';

/** Longer than DynamoDB takes for anything a resolver may wait for. */
const timeoutMs = 30_000;
const pollMs = 100;

/** Nothing is sent before the first call. */
export function tableEndpoint(options: TableEndpointOptions): TableStore {
  const { address, changes } = options;
  const { hostname } = new URL(address);
  const [, awsRegion] = /(?:^|\.)dynamodb(?:-fips)?\.([\w-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostname) ?? [];
  const send = sender({ ...options, region: options.region ?? awsRegion ?? 'us-east-1' });
  let models: ReadonlyMap<string, TableModel> = new Map();

  /** Reads back what a write has touched. Whoever follows a table through this store sees each of its writes before the answer to it. */
  async function tellOfChanges(operation: TableOperation, parameters: Parameters): Promise<void> {
    for (const { TableName, Key: key, Item: item } of writesOf(operation, parameters)) {
      const model = models.get(TableName);
      if (!model || !changes?.isWatched(TableName)) continue;
      const Key = keyIn(key ?? item ?? {}, model);
      const { Item: after } = await send('GetItem', { TableName, Key, ConsistentRead: true });
      changes.emit({ tableName: TableName, ...(after === undefined ? { before: Key } : { after: after as Item }) });
    }
  }

  return {
    async ensureTables(wanted) {
      const missing: Diagnostic[] = [];
      for (const model of wanted) {
        const problem = await ensureTable(model);
        if (problem) missing.push({ ...problem, resource: model.resource });
      }
      if (missing.length > 0) throw new DiagnosticError(missing);
      models = new Map(wanted.map((model) => [model.tableName, model]));
    },

    async call(operation, parameters) {
      const answer = await send(operation, parameters).catch(unreachableFails);
      if (changes) await tellOfChanges(operation, parameters).catch(unreachableFails);
      return answer;
    },

    close: async () => undefined,
  };

  /** @returns what keeps the table from being used, if anything does */
  async function ensureTable(model: TableModel): Promise<Diagnostic | undefined> {
    const wanted = describeTable(model);
    const problem = (message: string, fix: string): Diagnostic => ({ code: 'RUN_TABLE_ENDPOINT', severity: 'error', message, notes: [], fix });
    try {
      const found = await describe(model.tableName);
      if (found === undefined) {
        // A bill is nobody's surprise: tables of an account come from its deployments.
        if (awsRegion !== undefined) return problem(`there is no table "${model.tableName}" at ${address}`, 'deploy the stack that has it, or serve without --dynamodb-endpoint');
        await create(wanted, model.timeToLiveAttribute);
        return undefined;
      }
      if (keyText(found) !== keyText(wanted)) {
        return problem(`table "${model.tableName}" at ${address} has the key ${keyText(found)}, but the template gives it the key ${keyText(wanted)}`, 'delete the table there, to have it made again, or give it another name');
      }
      const names = new Set(indexesOf(found).map(({ IndexName }) => IndexName));
      const lacking = indexesOf(wanted).flatMap(({ IndexName }) => (names.has(IndexName) ? [] : [`"${IndexName}"`]));
      if (lacking.length > 0) return problem(`table "${model.tableName}" at ${address} lacks the index ${lacking.join(' and ')}`, 'add it there, or delete the table there to have it made again');
      return undefined;
    } catch (error) {
      if (error instanceof Unreachable) throw new DiagnosticError([problem(error.message, 'start what is to listen there, or give its address')]);
      if (error instanceof TableError) return problem(`${address} refuses table "${model.tableName}": ${error.code}: ${error.message}`, 'see what it takes, and who may use it');
      throw error;
    }
  }

  async function describe(tableName: string): Promise<TableDescription | undefined> {
    try {
      const { Table } = await send('DescribeTable', { TableName: tableName });
      return Table as TableDescription;
    } catch (error) {
      if (error instanceof TableError && error.code === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  async function create({ TableStatus: _, ...table }: TableDescription, timeToLiveAttribute: string | undefined): Promise<void> {
    await send('CreateTable', { ...table, BillingMode: 'PAY_PER_REQUEST' });
    while ((await describe(table.TableName))?.TableStatus !== 'ACTIVE') await delay(pollMs);
    if (timeToLiveAttribute !== undefined) await send('UpdateTimeToLive', { TableName: table.TableName, TimeToLiveSpecification: { AttributeName: timeToLiveAttribute, Enabled: true } });
  }
}

/** Nothing answers at the address, or not DynamoDB. */
class Unreachable extends Error {}

/** A field whose tables are out of reach fails alone, and says why. */
function unreachableFails(error: unknown): never {
  throw error instanceof Unreachable ? new DataSourceRequestError(error.message, 'LocalAppSync') : error;
}

type Send = (operation: TableOperation | ManagementOperation, parameters: Parameters) => Promise<Record<string, unknown>>;

/** @returns sends a call and reads its answer; it throws TableError, or Unreachable */
function sender({ address, accessKey, region }: TableEndpointOptions & { readonly region: string }): Send {
  const { origin, host } = new URL(address);
  return async (operation, parameters) => {
    const body = JSON.stringify(parameters);
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const signature = signatureHeaders({ method: 'POST', path: '/', headers: { host, ...headers }, bodyHash: sha256(body) }, accessKey, { region, service: 'dynamodb' }, Date.now());
    let response: { readonly status: number; readonly text: string };
    try {
      const answer = await fetch(origin, { method: 'POST', headers: { ...headers, ...signature }, body, signal: AbortSignal.timeout(timeoutMs) });
      response = { status: answer.status, text: await answer.text() };
    } catch (error) {
      const { name, message, cause } = error as Error;
      throw new Unreachable(`${address} ${name === 'TimeoutError' ? `gave no answer within ${timeoutMs / 1000} seconds` : `cannot be reached: ${(cause as Error | undefined)?.message ?? message}`}`);
    }
    const answer = readObject(response.text);
    if (response.status === 200 && answer) return answer;
    if (typeof answer?.__type !== 'string') throw new Unreachable(`${address} does not answer as DynamoDB does: status ${response.status}, ${JSON.stringify(response.text.slice(0, 200))}`);
    throw tableError(answer.__type, answer);
  };
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** @param type `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException` */
function tableError(type: string, { message, Message, CancellationReasons, Item: item }: Record<string, unknown>): TableError {
  return new TableError(type.replace(/^.*#/, ''), String(message ?? Message ?? ''), CancellationReasons as readonly CancellationReason[] | undefined, item as Item | undefined);
}

/** One write of a request: puts have an item, the others a key. */
interface Write {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
}

/** @param parameters that DynamoDB has accepted */
function writesOf(operation: TableOperation, parameters: Parameters): readonly Write[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [parameters as Parameters & Write];
    case 'BatchWriteItem': {
      const requests = parameters.RequestItems as Readonly<Record<string, readonly Readonly<Record<string, Omit<Write, 'TableName'>>>[]>>;
      return Object.entries(requests).flatMap(([TableName, list]) => list.flatMap((request) => Object.values(request).map((write) => ({ TableName, ...write }))));
    }
    case 'TransactWriteItems':
      return (parameters.TransactItems as readonly Readonly<Record<string, Write>>[]).flatMap(({ ConditionCheck: _, ...writes }) => Object.values(writes));
    case 'GetItem':
    case 'Query':
    case 'Scan':
    case 'BatchGetItem':
    case 'TransactGetItems':
      return [];
  }
}

function keyIn(item: Item, { partitionKey, sortKey }: TableModel): Item {
  return Object.fromEntries([partitionKey, sortKey].flatMap((key) => (key && item[key.name] ? [[key.name, item[key.name]!]] : [])));
}

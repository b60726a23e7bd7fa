/** Functions on disk and in templates, and what runs them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openTableStore, type TableStore } from '../../../lib/local/data-sources/table-store';
import { principals, roleKey } from '../../../lib/local/auth';
import type { BusEvent } from '../../../lib/local/data-sources';
import type { HttpHandler } from '../../../lib/local/http-message';
import { LambdaFunctions, ServiceEndpoint } from '../../../lib/local/lambda';
import type { LambdaFunctionModel, PolicyStatementModel, RoleModel, TableModel } from '../../../lib/model';

export const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

/** A function whose code stands in the template. */
export function inline(text: string, more: Partial<LambdaFunctionModel> = {}): LambdaFunctionModel {
  const functionName = more.functionName ?? 'Orders';
  return {
    functionArn: arnOf(functionName),
    functionName,
    runtime: 'nodejs20.x',
    handler: 'index.handler',
    code: { kind: 'INLINE', source: { path: `Shop.template.json#${functionName}`, text } },
    environment: {},
    timeoutSeconds: 3,
    memoryMb: 128,
    resource: { templatePath: '/app/cdk.out/Shop.template.json', logicalId: `${functionName}A1B2C3` },
    ...more,
  };
}

const folders: string[] = [];

/** A folder with files, removed after the tests of the file. @param files contents by path */
export function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'function-code-'));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export interface Running extends AsyncDisposable {
  readonly functions: LambdaFunctions;
  readonly tables: TableStore;
  readonly log: string[];
  /** What was put on buses, with the ARN of the bus. */
  readonly events: [string, BusEvent][];
  /** Calls the function of that name. */
  call(event?: unknown, name?: string): ReturnType<LambdaFunctions['invoke']>;
}

export interface Surroundings {
  readonly tables?: readonly TableModel[];
  readonly urls?: Readonly<Record<string, string>>;
  readonly packagesFrom?: string;
  /** What the role of every function allows. @default they sign with the local key pair */
  readonly statements?: readonly PolicyStatementModel[];
  readonly graphQl?: (apiId: string) => HttpHandler | undefined;
}

const accountId = '123456789012';
const local = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };

export async function running(models: readonly LambdaFunctionModel[], { tables = [], urls, packagesFrom, statements, graphQl = () => undefined }: Surroundings = {}): Promise<Running> {
  const log: string[] = [];
  const events: [string, BusEvent][] = [];
  const note = (line: string) => void log.push(line);
  const store = await openTableStore();
  await store.ensureTables(tables);
  const role: RoleModel = { roleName: 'OrdersRole', arn: `arn:aws:iam::${accountId}:role/OrdersRole`, resource: { templatePath: 'Shop.template.json', logicalId: 'OrdersRole' }, statements: statements ?? [], unread: [] };
  const host = {
    principals: principals(local, [role], 'secret', models.map(({ functionName }) => ({ roleArn: role.arn, session: functionName }))),
    accountId,
    tableNamed: (name: string) => tables.find(({ tableName }) => tableName === name),
    putEvent: (busArn: string, event: BusEvent) => void events.push([busArn, event]),
    graphQl,
  };
  const endpoint = new ServiceEndpoint({ tables: store, host: () => host, log: note });
  const credentialsOf = ({ functionName }: LambdaFunctionModel) => (statements ? roleKey('secret', role.arn, functionName) : local);
  const functions = new LambdaFunctions({ endpoint, credentialsOf, log: note, ...(urls && { urls }), ...(packagesFrom !== undefined && { packagesFrom }) });
  functions.use(models);
  return {
    functions,
    tables: store,
    log,
    events,
    call: (event = {}, name = 'Orders') => functions.invoke(arnOf(name), event),
    async [Symbol.asyncDispose]() {
      await functions.close();
      await endpoint.close();
      await store.close();
    },
  };
}

afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/**
 * What a function's AWS SDK talks to instead of AWS: the local tables as DynamoDB, and a clear refusal for every other service. It listens on this
 * machine's own address only, once the first function starts, and keeps nothing alive.
 * Source: the JSON 1.0 protocol of https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TableError, type TableStore } from '../data-sources/table-store';
import type { HttpResponse } from '../http-message';

/** Operations that the table store has; the others of DynamoDB manage tables, which the templates do here. */
const operations = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'TransactGetItems', 'TransactWriteItems'] as const;

export class ServiceEndpoint {
  private listening: Promise<Server> | undefined;

  constructor(
    private readonly tables: Pick<TableStore, 'call'>,
    private readonly log: (line: string) => void,
  ) {}

  /** `http://127.0.0.1:<port>`; listens from now on. */
  async url(): Promise<string> {
    const server = await (this.listening ??= this.listen());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const server = await this.listening;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  private listen(): Promise<Server> {
    const server = createServer((request, response) => {
      // A client that goes away while it sends is no news.
      const answering = this.answer(request).then(({ status, headers, body }) => {
        response.writeHead(status, { ...headers, 'x-amzn-requestid': randomUUID(), 'content-length': Buffer.byteLength(body) });
        response.end(body);
      });
      answering.catch(() => response.destroy());
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        server.unref();
        resolve(server);
      });
    });
  }

  private async answer(request: IncomingMessage): Promise<HttpResponse> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const [, operation] = /^DynamoDB_\d+\.(\w+)$/.exec(String(request.headers['x-amz-target'] ?? '')) ?? [];
    return operation === undefined ? this.refuse(request) : this.callTable(operation, Buffer.concat(chunks).toString());
  }

  private async callTable(name: string, body: string): Promise<HttpResponse> {
    const operation = operations.find((candidate) => candidate === name);
    if (!operation) return dynamoDbError(400, 'NotEmulatedLocally', `DynamoDB's ${name} is not emulated locally: tables are made from the templates`);
    try {
      return json(200, await this.tables.call(operation, JSON.parse(body) as Readonly<Record<string, unknown>>));
    } catch (error) {
      if (error instanceof SyntaxError) return dynamoDbError(400, 'SerializationException', 'The request body is no JSON');
      if (error instanceof TableError) return dynamoDbError(400, error.code, error.message, { ...(error.item && { Item: error.item }), ...(error.cancellationReasons && { CancellationReasons: error.cancellationReasons }) });
      this.log(`DynamoDB ${name} of a function failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return dynamoDbError(500, 'InternalServerError', 'Internal server error');
    }
  }

  /** In the form that the asked service gives its errors, as far as it shows. */
  private refuse({ headers }: IncomingMessage): HttpResponse {
    const [, service = 'this service'] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    const variable = service.toUpperCase().replace(/[^A-Z0-9]/g, '_');
    const message = `${service} is not emulated locally: give the function an AWS_ENDPOINT_URL_${variable} that answers, or run it elsewhere (dev --lambda NAME=URL)`;
    this.log(`a function called ${service}, which is not emulated locally`);
    const isXml = service === 's3' || /x-www-form-urlencoded/.test(headers['content-type'] ?? '');
    if (!isXml) return { status: 400, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code }, body: JSON.stringify({ __type: code, message }) };
    const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status: 400, headers: { 'content-type': 'text/xml' }, body: service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>` };
  }
}

const code = 'NotEmulatedLocally';

function dynamoDbError(status: number, type: string, message: string, more: Readonly<Record<string, unknown>> = {}): HttpResponse {
  return json(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more });
}

function json(status: number, content: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(content) };
}

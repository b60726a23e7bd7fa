/**
 * What a function's AWS SDK talks to instead of AWS: the local tables, the local event buses, the local GraphQL APIs, and a clear refusal for every
 * other service. It listens on this machine's own address only, once the first function starts, and keeps nothing alive.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest, HttpResponse } from '../http-message';
import type { TableStore } from '../data-sources';
import { dynamoDbService } from './dynamodb-service';
import { putEvents } from './event-bridge-service';
import { serviceCallers } from './service-caller';
import { jsonAnswer, ServiceError } from './service-error';
import type { ServiceHost } from './service-host';

export interface ServiceEndpointOptions {
  readonly tables: TableStore;
  /** Asked at every call: templates change. */
  readonly host: () => ServiceHost;
  readonly log: (line: string) => void;
}

const graphQlUrl = /https:\/\/([a-z0-9]{26})\.appsync-api\.[\w-]+\.amazonaws\.com(?:\.cn)?\/graphql/g;
const graphQlPath = /^\/([a-z0-9]{26})\/graphql$/;

export class ServiceEndpoint {
  private listening: Promise<Server> | undefined;
  private readonly callers: ReturnType<typeof serviceCallers>;
  private readonly dynamoDb: ReturnType<typeof dynamoDbService>;

  constructor(private readonly options: ServiceEndpointOptions) {
    const { tables, host, log } = options;
    this.callers = serviceCallers(host, log);
    this.dynamoDb = dynamoDbService({ tables, tableNamed: (name) => host().tableNamed(name), log });
  }

  /** `http://127.0.0.1:<port>`; listens from now on. */
  async url(): Promise<string> {
    const server = await (this.listening ??= this.listen());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A text in which the addresses that local APIs have on AWS are those that they have here. @param url of this endpoint */
  withLocalApis(text: string, url: string): string {
    return text.replace(graphQlUrl, (address, apiId: string) => (this.options.host().graphQl(apiId) ? `${url}/${apiId}/graphql` : address));
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

  private async answer(message: IncomingMessage): Promise<HttpResponse> {
    const request = await read(message);
    const [, apiId] = graphQlPath.exec(request.path) ?? [];
    const handle = apiId === undefined ? undefined : this.options.host().graphQl(apiId);
    // An API judges by itself who may call it, and how.
    if (handle) return handle(request);
    const [, service, operation = ''] = /^(DynamoDB_\d+|AWSEvents)\.(\w+)$/.exec(request.headers['x-amz-target'] ?? '') ?? [];
    try {
      if (service === 'AWSEvents' && operation === 'PutEvents') return putEvents(request.body, this.callers(request), this.options.host());
      if (service?.startsWith('DynamoDB_')) return await this.dynamoDb(operation, request.body, this.callers(request));
      return this.refuse(request);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return jsonAnswer(error.status, { __type: error.type, message: error.message }, service === 'AWSEvents' ? '1.1' : '1.0');
    }
  }

  /** In the form that the asked service gives its errors, as far as it shows. */
  private refuse({ headers }: HttpRequest): HttpResponse {
    const [, service = 'this service'] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    const variable = service.toUpperCase().replace(/[^A-Z0-9]/g, '_');
    const message = `${service} is not emulated locally: give the function an AWS_ENDPOINT_URL_${variable} that answers, or run it elsewhere (dev --lambda NAME=URL)`;
    this.options.log(`a function called ${service}, which is not emulated locally`);
    const isXml = service === 's3' || /x-www-form-urlencoded/.test(headers['content-type'] ?? '');
    if (!isXml) return { status: 400, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code }, body: JSON.stringify({ __type: code, message }) };
    const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status: 400, headers: { 'content-type': 'text/xml' }, body: service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>` };
  }
}

const code = 'NotEmulatedLocally';

async function read(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const [path = '/', query] = (message.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
  return { method: message.method ?? 'POST', path, ...(query !== undefined && query !== '' && { query }), headers, body: Buffer.concat(chunks).toString(), sourceIp: message.socket.remoteAddress ?? '127.0.0.1' };
}

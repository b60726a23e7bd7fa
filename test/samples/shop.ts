/** The sample shop running in process, and its callers. */
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EcommerceStack } from '../../bin/samples/ecommerce';
import { type LocalApi, type LocalAssembly, openStateFolder, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';

export interface Failure {
  readonly path: readonly (string | number)[] | null;
  readonly errorType?: string;
  readonly message: string;
}

export interface Answer {
  // Tests read answers by path, as an untyped client does.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly Failure[];
}

export interface LiveFeed {
  /** The next message's payload. */
  next(): Promise<Answer>;
  /** How many messages have come that `next` has not taken. */
  waiting(): number;
  /** Resolves when AppSync has ended the subscription. */
  ended(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

/** Somebody with credentials. */
export class Client {
  constructor(
    private readonly api: LocalApi,
    /** Credentials as headers; signatures depend on the body. */
    readonly credentials: (body: string) => Headers,
    /** User pool users only. */
    readonly sub = '',
  ) {}

  async ask(query: string, variables: object = {}): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json', ...this.credentials(body) };
    const response = await this.api.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body }));
    return (await response.json()) as Answer;
  }

  /** The data of an answer that has no errors. */
  async get(query: string, variables: object = {}): Promise<Answer['data']> {
    const { data, errors } = await this.ask(query, variables);
    expect(errors).toBeUndefined();
    return data;
  }

  /** The one error of an answer. */
  async refusal(query: string, variables: object = {}): Promise<{ errorType: string | undefined; message: string }> {
    const { errors = [] } = await this.ask(query, variables);
    expect(errors).toHaveLength(1);
    return { errorType: errors[0]?.errorType, message: errors[0]?.message ?? '' };
  }

  /** Resolves when AppSync has acknowledged the subscription, rejects with its error when it has not. */
  async subscribe(query: string, variables: object = {}): Promise<LiveFeed> {
    const frames = new Mailbox<{ type: string; id?: string; payload?: unknown }>();
    const authorization = { host: 'localhost', ...this.credentials('{}') };
    const connection = this.api.realtime.connect(
      { send: (text) => frames.put(JSON.parse(text)), close: () => undefined },
      { headerQuery: Buffer.from(JSON.stringify(authorization)).toString('base64'), protocols: ['graphql-ws'], headers: {}, query: {}, sourceIp: '127.0.0.1' },
    );
    connection.message(JSON.stringify({ type: 'connection_init' }));
    await frames.next(({ type }) => type === 'connection_ack');
    connection.message(JSON.stringify({ id: '1', type: 'start', payload: { data: JSON.stringify({ query, variables }), extensions: { authorization } } }));
    const reply = await frames.next(({ id }) => id === '1');
    if (reply.type !== 'start_ack') throw new Error(JSON.stringify(reply.payload));
    const isData = ({ type }: { type: string }) => type === 'data';
    return {
      next: async () => (await frames.next(isData)).payload as Answer,
      waiting: () => frames.count(isData),
      ended: async () => void (await frames.next(({ type }) => type === 'complete')),
    };
  }
}

/** Messages in order of arrival; those that nobody waits for by their kind are skipped. */
class Mailbox<T> {
  private readonly arrived: T[] = [];
  private wake = () => {};

  put(message: T): void {
    this.arrived.push(message);
    this.wake();
  }

  count(isWanted: (message: T) => boolean): number {
    return this.arrived.filter(isWanted).length;
  }

  async next(isWanted: (message: T) => boolean): Promise<T> {
    for (;;) {
      const message = this.arrived.shift();
      if (message === undefined) await new Promise<void>((resolve) => (this.wake = resolve));
      else if (isWanted(message)) return message;
    }
  }
}

export interface Shop {
  /** For tests that open a port. */
  readonly local: LocalAssembly;
  readonly apiKey: string;
  /** Calls with the API key. */
  readonly guest: Client;
  /** Calls with IAM credentials. */
  readonly backend: Client;
  user(username: string, ...groups: string[]): Promise<Client>;
  dispose(): Promise<void>;
}

/** @param unlisted further products, which no list shows and no search finds: for orders of many products */
export async function openShop(unlisted: readonly string[] = []): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const app = new App({ outdir: folder });
  new EcommerceStack(app, 'Ecommerce');
  const state = await openStateFolder(join(folder, 'state'), { keepData: false });
  const local = await startLocal(readApis(app.synth().directory), { state });
  const seeds = JSON.parse(readFileSync('schema/seeds.json', 'utf8')) as Record<string, Record<string, Record<string, unknown>[]>>;
  for (const [dataSource, items] of Object.entries(seeds.Shop ?? {})) {
    const more = dataSource === 'Products' ? unlisted.map((id) => ({ ...items[0], id, listing: 'NONE', categoryId: 'c-none', price: 1, inventory: 100 })) : [];
    await local.seed('Shop', dataSource, [...items, ...more]);
  }

  const api = local.apis.find(({ model }) => model.name === 'Shop');
  const key = api?.model.apiKeys[0]?.key;
  if (!api || !key) throw new Error('the sample has no API named Shop with an API key');
  const { accessKeyId, secretAccessKey } = await state.credentials();
  return {
    local,
    apiKey: key,
    guest: new Client(api, () => ({ 'x-api-key': key })),
    backend: new Client(api, (body) => signed(body, api.model.region, accessKeyId, secretAccessKey)),
    async user(username, ...groups) {
      const token = await api.token({ username, groups });
      const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
      return new Client(api, () => ({ authorization: token }), sub);
    },
    async dispose() {
      await local[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Signature Version 4 of `POST http://localhost/graphql`. */
function signed(body: string, region: string, accessKeyId: string, secretAccessKey: string): Headers {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [time.slice(0, 8), region, 'appsync', 'aws4_request'];
  const canonical = ['POST', '/graphql', '', 'host:localhost', `x-amz-date:${time}`, '', 'host;x-amz-date', sha256(body)].join('\n');
  const signature = hmac(scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`), ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n'));
  return {
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=host;x-amz-date, Signature=${signature.toString('hex')}`,
  };
}

/**
 * The search domains of an assembly, and the indexes in them that are kept like tables. On AWS a function hears of a table's changes and
 * indexes them, some time after; here the index follows the table itself, and a search sees every write that was answered before it.
 */
import type { SearchIndexModel } from '../model';
import type { AccessKey } from './auth';
import { createDataSource, fromItem, type ItemChange, type SearchDomain, type TableChanges, type TableStore } from './data-sources';
import { SearchCluster, type SearchRequest } from './search';

export interface SearchDomainsOptions {
  readonly tables: TableStore;
  readonly changes: TableChanges;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** Takes the requests to every domain. `https://user:password@host` for basic authentication; hosts of AWS get signed requests. @default each domain is in memory */
  readonly endpoint?: string;
  readonly accessKey: AccessKey;
}

export class SearchDomains {
  private readonly domains = new Map<string, FedDomain>();
  private readonly feeds = new Map<string, IndexFeed>();

  constructor(private readonly options: SearchDomainsOptions) {}

  /** The same domain for the same host. @param endpoint an address, or a host alone */
  readonly at = (endpoint: string): SearchDomain => this.fedDomain(endpoint);

  /** Follows these tables from now on. An index that is still wanted stays as it is. */
  useIndexes(indexes: readonly SearchIndexModel[]): void {
    const wanted = new Map(indexes.map((index) => [JSON.stringify([index.endpoint, index.name, index.tableName, index.keyAttributes, index.mappings]), index]));
    for (const [key, feed] of this.feeds) {
      if (wanted.has(key)) continue;
      feed.stop();
      this.feeds.delete(key);
    }
    for (const [key, index] of wanted) if (!this.feeds.has(key)) this.feeds.set(key, new IndexFeed(index, this.fedDomain(index.endpoint), this.options));
  }

  private fedDomain(endpoint: string): FedDomain {
    const host = hostOf(endpoint);
    let domain = this.domains.get(host);
    if (!domain) this.domains.set(host, (domain = new FedDomain(this.options.endpoint === undefined ? inMemory(this.options.now) : remote(this.options.endpoint, this.options))));
    return domain;
  }
}

/** A domain whose requests wait until its indexes have taken every change so far. */
class FedDomain implements SearchDomain {
  readonly feeds = new Set<IndexFeed>();

  constructor(readonly direct: SearchDomain) {}

  async request(request: SearchRequest): ReturnType<SearchDomain['request']> {
    await Promise.all([...this.feeds].map((feed) => feed.settled()));
    return this.direct.request(request);
  }
}

type Document = Readonly<Record<string, unknown>>;

/** How many items are indexed with one request. */
const batchSize = 200;

/** One index and its table. Nothing happens before somebody asks for the domain; then the index is filled, and follows. */
class IndexFeed {
  readonly stop: () => void;
  private pending: ItemChange[] = [];
  private isFilled = false;
  /** What has been begun; undefined while nobody has asked. Never rejects. */
  private work: Promise<void> | undefined;

  constructor(
    private readonly index: SearchIndexModel,
    private readonly domain: FedDomain,
    private readonly options: Pick<SearchDomainsOptions, 'tables' | 'changes' | 'log' | 'endpoint'>,
  ) {
    const unsubscribe = options.changes.subscribe(index.tableName, (change) => {
      if (this.work) this.pending.push(change);
    });
    domain.feeds.add(this);
    this.stop = () => {
      unsubscribe();
      domain.feeds.delete(this);
    };
  }

  settled(): Promise<void> {
    return (this.work = (this.work ?? Promise.resolve()).then(() => this.catchUp()));
  }

  /** Changes that come while the index is being filled may be in it already: indexing them again does no harm. */
  private async catchUp(): Promise<void> {
    try {
      if (!this.isFilled) await this.fill();
      this.isFilled = true;
      await this.follow();
    } catch (error) {
      // What was missed is found in the table, next time.
      this.isFilled = false;
      this.options.log(`search: the index "${this.index.name}" does not follow its table ${this.index.tableName}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async fill(): Promise<void> {
    const { name, tableName, mappings } = this.index;
    // What an earlier version of the stack has left here; an index elsewhere is not ours to delete.
    if (this.options.endpoint === undefined) await this.domain.direct.request({ method: 'DELETE', path: `/${name}` });
    await this.domain.direct.request({ method: 'PUT', path: `/${name}`, body: { mappings } });
    let start: unknown;
    do {
      const { Items: items = [], LastEvaluatedKey: next } = await this.options.tables.call('Scan', { TableName: tableName, Limit: batchSize, ...(start !== undefined && { ExclusiveStartKey: start }) });
      await this.send((items as readonly Parameters<typeof fromItem>[0][]).flatMap((item) => this.lines(item, fromItem(item))));
      start = next;
    } while (start !== undefined);
  }

  private async follow(): Promise<void> {
    while (this.pending.length > 0) {
      const changes = this.pending.splice(0, batchSize);
      await this.send(changes.flatMap(({ before, after }) => this.lines(after ?? before ?? {}, after && fromItem(after))));
    }
  }

  /** The lines of `_bulk` for one item, or for one that is gone. */
  private lines(keys: Parameters<typeof fromItem>[0], document: Document | undefined): Document[] {
    const target = { _index: this.index.name, _id: documentId(fromItem(keys), this.index.keyAttributes) };
    return document ? [{ index: target }, document] : [{ delete: target }];
  }

  private async send(lines: readonly Document[]): Promise<void> {
    if (lines.length === 0) return;
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const answer = await this.domain.direct.request({ method: 'POST', path: '/_bulk', query: { refresh: 'true' }, body });
    if (answer.status >= 300) throw new Error(`status ${answer.status}: ${JSON.stringify(answer.body)}`);
    for (const item of (answer.body as { readonly items: readonly Readonly<Record<string, BulkItem>>[] }).items) {
      for (const { _id, error } of Object.values(item)) if (error) this.options.log(`search: "${_id}" of table ${this.index.tableName} is not in the index "${this.index.name}": ${error.reason}`);
    }
  }
}

interface BulkItem {
  readonly _id: string;
  readonly error?: { readonly reason: string };
}

/** As the function on AWS names documents: by the key, or by both parts of it. */
function documentId(item: Document, keyAttributes: readonly string[]): string {
  const values = keyAttributes.map((name) => String(item[name]));
  return values.length === 1 ? (values[0] ?? '') : values.map(encodeURIComponent).join('|');
}

function inMemory(now: () => number): SearchDomain {
  const cluster = new SearchCluster(now);
  return { request: async (request) => cluster.request(request) };
}

/** A domain that answers over HTTP, through the same calls that HTTP data sources make. */
function remote(address: string, { tables, now, accessKey }: SearchDomainsOptions): SearchDomain {
  const url = new URL(address);
  const [, region] = /\.([\w-]+)\.(?:es|aoss)\.amazonaws\.com(?:\.cn)?$/.exec(url.hostname) ?? [];
  const basic = url.username === '' ? undefined : `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
  const source = createDataSource(
    { name: 'search', type: 'HTTP', endpoint: url.origin, resource: { templatePath: '', logicalId: '' }, ...(region !== undefined && basic === undefined && { signing: { region, service: 'es' } }) },
    { tables, now, accessKey },
  );
  return {
    async request({ method, path, query, body }) {
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      const contentType = path.endsWith('/_bulk') ? 'application/x-ndjson' : 'application/json';
      const headers = { ...(text !== '' && { 'content-type': contentType }), ...(basic !== undefined && { authorization: basic }) };
      // A HEAD is asked as a GET, whose answer has the same status.
      const request = { method: method === 'HEAD' ? 'GET' : method, resourcePath: path, params: { headers, ...(query && { query }), ...(text !== '' && { body: text }) } };
      const { result, error } = await source.invoke(request, { caller: { mode: 'AWS_IAM', identity: null, groups: [] }, scope: 'search' });
      if (error) throw new Error(error.message);
      const { statusCode, body: answer } = result as { readonly statusCode: number; readonly body: string };
      return { status: statusCode, body: jsonOr(answer) };
    },
  };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { error: text };
  }
}

function hostOf(endpoint: string): string {
  return endpoint.replace(/^https?:\/\//, '').replace(/\/.*$/, '').toLowerCase();
}

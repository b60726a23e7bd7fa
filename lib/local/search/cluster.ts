/**
 * The REST API of a search domain, in memory: indexes by name, and what a request to a path does. No sockets.
 * Source: https://opensearch.org/docs/latest/api-reference/
 */
import { randomBytes } from 'node:crypto';
import { flag, isObject, type Json, listOf, objectAt } from './json';
import { Mapping } from './mapping';
import { illegalArgument, parsing, SearchError, UnsupportedClause } from './search-error';
import { SearchIndex, type StoredDocument } from './search-index';
import { count, search } from './search-request';
import { sourceFilter } from './source-filter';

export interface SearchRequest {
  readonly method: string;
  /** Begins with a slash; percent-encoded, without query. */
  readonly path: string;
  /** @default none */
  readonly query?: Readonly<Record<string, string>>;
  /** JSON as a value; `_bulk` and `_msearch` take lines of JSON as one text. */
  readonly body?: unknown;
}

export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Parameters that make no difference here, where every write is seen at once. */
const harmless: ReadonlySet<string> = new Set(['refresh', 'routing', 'pretty', 'timeout', 'preference', 'ignore_unavailable', 'allow_no_indices', 'expand_wildcards', 'typed_keys', 'error_trace', 'wait_for_active_shards', 'human', 'request_cache']);

const shards = { total: 2, successful: 1, failed: 0 };

export class SearchCluster {
  private readonly indexes = new Map<string, SearchIndex>();

  /** @param now epoch milliseconds, for `now` in dates */
  constructor(private readonly now: () => number) {}

  /** @throws UnsupportedClause for what OpenSearch has and this has not; what OpenSearch refuses is an answer */
  request({ method, path, query = {}, body }: SearchRequest): SearchAnswer {
    try {
      return this.route(method, path.split('/').filter(Boolean).map(decoded), query, body);
    } catch (error) {
      if (error instanceof SearchError) return { status: error.status, body: error.body };
      // Matching recurses, and requests of JSON may be deep.
      if (error instanceof RangeError) return { status: 400, body: illegalArgument('the request is nested too deeply').body };
      throw error;
    }
  }

  private route(method: string, parts: readonly string[], query: Readonly<Record<string, string>>, body: unknown): SearchAnswer {
    const action = parts.findIndex((part) => part.startsWith('_'));
    const [names, verb, rest] = action < 0 ? [parts, undefined, []] : [parts.slice(0, action), parts[action], parts.slice(action + 1)];
    const [name] = names;
    if (names.length > 1) throw illegalArgument(`no handler found for uri [/${parts.join('/')}] and method [${method}]`);
    const allow = (...known: readonly string[]) => {
      for (const parameter of Object.keys(query)) if (!harmless.has(parameter) && !known.includes(parameter)) throw new UnsupportedClause(`query parameter "${parameter}"`);
    };
    const reads = method === 'GET' || method === 'POST';
    switch (verb) {
      case undefined:
        allow();
        if (name !== undefined) return this.indexRequest(method, name, body);
        return { status: 200, body: { name: 'local', cluster_name: 'local', version: { distribution: 'opensearch', number: '2.19.0' } } };
      case '_search':
        allow('size', 'from', '_source', 'track_total_hits', 'sort');
        if (!reads || rest.length > 0) break;
        return { status: 200, body: search({ ...withoutUndefined({ ...query, sort: query.sort && sortParameter(query.sort) }, ['size', 'from', '_source', 'track_total_hits', 'sort']), ...optionalObject(body) }, this.context(name)) };
      case '_count':
        allow();
        if (!reads || rest.length > 0) break;
        return { status: 200, body: count(optionalObject(body), this.context(name)) };
      case '_doc':
      case '_create':
        allow('op_type', '_source');
        if (name === undefined || rest.length > 1) break;
        return this.documentRequest(verb === '_create' || query.op_type === 'create' ? 'PUT_NEW' : method, name, rest[0], query._source, body);
      case '_source':
        allow();
        if (method !== 'GET' || name === undefined || rest.length !== 1) break;
        return { status: 200, body: this.document(name, rest[0]!).source };
      case '_update':
        allow('_source', 'retry_on_conflict');
        if (method !== 'POST' || name === undefined || rest.length !== 1) break;
        return this.update(this.indexes.get(name) ?? missingIndex(name), rest[0]!, objectAt(body, '_update'));
      case '_bulk':
        allow();
        if ((method !== 'POST' && method !== 'PUT') || rest.length > 0) break;
        return { status: 200, body: this.bulk(name, body) };
      case '_mget':
        allow('_source');
        if (!reads || rest.length > 0) break;
        return { status: 200, body: { docs: this.wanted(name, objectAt(body, '_mget')).map(([index, id]) => this.found(index, id, query._source)) } };
      case '_mapping':
        allow();
        if (method !== 'GET' || name === undefined) break;
        return { status: 200, body: { [name]: { mappings: this.existing(name).mapping.body } } };
      case '_refresh':
        allow();
        if (!reads) break;
        return { status: 200, body: { _shards: shards } };
      default:
        throw new UnsupportedClause(`${method} "${verb}"`);
    }
    throw new SearchError(405, 'method_not_allowed', `Incorrect HTTP method for uri [/${parts.join('/')}] and method [${method}]`);
  }

  private indexRequest(method: string, name: string, body: unknown): SearchAnswer {
    switch (method) {
      case 'PUT': {
        if (this.indexes.has(name)) throw new SearchError(400, 'resource_already_exists_exception', `index [${name}] already exists`);
        this.create(name, optionalObject(body));
        return { status: 200, body: { acknowledged: true, shards_acknowledged: true, index: name } };
      }
      case 'DELETE':
        this.existing(name);
        this.indexes.delete(name);
        return { status: 200, body: { acknowledged: true } };
      case 'HEAD':
        return { status: this.indexes.has(name) ? 200 : 404, body: null };
      case 'GET':
        return { status: 200, body: { [name]: { aliases: {}, mappings: this.existing(name).mapping.body } } };
      default:
        throw new SearchError(405, 'method_not_allowed', `Incorrect HTTP method for uri [/${name}] and method [${method}]`);
    }
  }

  /** Settings are about shards and copies, of which there are none here. */
  private create(name: string, { settings: _, mappings, aliases, ...rest }: Json): SearchIndex {
    if (aliases !== undefined) throw new UnsupportedClause('"aliases" of an index');
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw parsing(`unknown key [${unknown}] for create index`);
    // Source: https://opensearch.org/docs/latest/api-reference/index-apis/create-index/ (names)
    if (!/^[^\s"*+\\/|,:#<>?A-Z_.-][^\s"*\\/|,:#<>?A-Z]*$/.test(name)) throw new SearchError(400, 'invalid_index_name_exception', `Invalid index name [${name}]`);
    const index = new SearchIndex(name, new Mapping(mappings === undefined ? {} : objectAt(mappings, 'mappings')));
    this.indexes.set(name, index);
    return index;
  }

  private documentRequest(method: string, name: string, id: string | undefined, sourceParameter: string | undefined, body: unknown): SearchAnswer {
    switch (method) {
      case 'GET':
      case 'HEAD': {
        if (id === undefined) break;
        const found = this.found(this.existing(name), id, sourceParameter);
        return { status: found.found === true ? 200 : 404, body: method === 'HEAD' ? null : found };
      }
      case 'PUT':
      case 'PUT_NEW':
      case 'POST': {
        if (id === undefined && method !== 'POST') break;
        const index = this.indexes.get(name) ?? this.create(name, {});
        return this.put(index, id ?? randomBytes(15).toString('base64url'), objectAt(body, 'document'), method === 'PUT_NEW');
      }
      case 'DELETE':
        if (id === undefined) break;
        return this.remove(this.existing(name), id);
      default:
    }
    throw new SearchError(405, 'method_not_allowed', `Incorrect HTTP method for uri [/${name}/_doc${id === undefined ? '' : `/${id}`}] and method [${method}]`);
  }

  private put(index: SearchIndex, id: string, source: Json, mustBeNew: boolean): SearchAnswer {
    if (Buffer.byteLength(id) > 512) throw illegalArgument(`id is too long, must be no longer than 512 bytes but was: ${Buffer.byteLength(id)}`);
    const before = index.get(id);
    if (mustBeNew && before) throw new SearchError(409, 'version_conflict_engine_exception', `[${id}]: version conflict, document already exists (current version [${before.version}])`);
    const document = index.put(id, source);
    return { status: before ? 200 : 201, body: written(index, document, before ? 'updated' : 'created') };
  }

  private remove(index: SearchIndex, id: string): SearchAnswer {
    const before = index.delete(id);
    const document = { id, version: (before?.version ?? 0) + 1, sequenceNumber: index.sequenceNumber };
    return { status: before ? 200 : 404, body: written(index, document, before ? 'deleted' : 'not_found') };
  }

  private update(index: SearchIndex, id: string, { doc, upsert, doc_as_upsert: asUpsert, detect_noop: detect = true, script, _source, ...rest }: Json): SearchAnswer {
    if (script !== undefined) throw new UnsupportedClause('"script" of an update');
    if (_source !== undefined) throw new UnsupportedClause('"_source" of an update');
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw parsing(`[UpdateRequest] unknown field [${unknown}]`);
    if (doc === undefined) throw new SearchError(400, 'action_request_validation_exception', 'Validation Failed: 1: script or doc is missing;');
    const before = index.get(id);
    const change = objectAt(doc, 'doc');
    if (!before) {
      const first = flag(asUpsert) ? change : upsert;
      if (first === undefined) throw new SearchError(404, 'document_missing_exception', `[${id}]: document missing`);
      return this.put(index, id, objectAt(first, 'upsert'), false);
    }
    const merged = merge(before.source, change);
    if (detect !== false && JSON.stringify(merged) === JSON.stringify(before.source)) return { status: 200, body: written(index, before, 'noop') };
    return this.put(index, id, merged, false);
  }

  private bulk(defaultIndex: string | undefined, body: unknown): Json {
    if (typeof body !== 'string' || !body.endsWith('\n')) throw illegalArgument('The bulk request must be terminated by a newline [\\n]');
    const lines = body.split('\n').filter((line) => line !== '').map(jsonLine);
    const items: Json[] = [];
    for (let at = 0; at < lines.length; at++) {
      const [[action = '', target] = []] = Object.entries(objectAt(lines[at], 'bulk'));
      if (!['index', 'create', 'update', 'delete'].includes(action)) throw illegalArgument(`Malformed action/metadata line [${at + 1}], expected one of [create, delete, index, update] but found [${action}]`);
      const { _index = defaultIndex, _id } = objectAt(target, action);
      if (typeof _index !== 'string') throw new SearchError(400, 'action_request_validation_exception', 'Validation Failed: 1: index is missing;');
      const id = _id === undefined ? undefined : String(_id);
      const content = action === 'delete' ? undefined : lines[++at];
      items.push({ [action]: this.bulkItem(action, _index, id, content) });
    }
    return { took: 0, errors: items.some((item) => Object.values(item).some((answer) => isObject(answer) && 'error' in answer)), items };
  }

  /** One that fails leaves the others as they are. */
  private bulkItem(action: string, name: string, id: string | undefined, content: unknown): Json {
    try {
      const index = this.indexes.get(name) ?? this.create(name, {});
      if (action !== 'index' && action !== 'create' && id === undefined) throw new SearchError(400, 'action_request_validation_exception', 'Validation Failed: 1: id is missing;');
      const { status, body } =
        action === 'delete'
          ? this.remove(index, id ?? '')
          : action === 'update'
            ? this.update(index, id ?? '', objectAt(content, 'update'))
            : this.put(index, id ?? randomBytes(15).toString('base64url'), objectAt(content, 'document'), action === 'create');
      return { ...(body as Json), status };
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      return { _index: name, _id: id ?? null, status: error.status, error: { type: error.type, reason: error.message, index: name } };
    }
  }

  private wanted(name: string | undefined, { docs, ids, ...rest }: Json): (readonly [SearchIndex, string])[] {
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw parsing(`unknown key [${unknown}] for _mget`);
    const entries = docs === undefined ? listOf(ids).map((id): Json => ({ _id: id })) : listOf(docs).map((entry) => objectAt(entry, 'docs'));
    if (entries.length === 0) throw new SearchError(400, 'action_request_validation_exception', 'Validation Failed: 1: no documents to get;');
    return entries.map(({ _index = name, _id }) => {
      if (typeof _index !== 'string') throw new SearchError(400, 'action_request_validation_exception', 'Validation Failed: 1: index is missing;');
      return [this.existing(_index), String(_id)] as const;
    });
  }

  private found(index: SearchIndex, id: string, sourceParameter: string | undefined): Json {
    const document = index.get(id);
    if (!document) return { _index: index.name, _id: id, found: false };
    const source = sourceFilter(sourceParameter)(document.source);
    return { _index: index.name, _id: id, _version: document.version, _seq_no: document.sequenceNumber, _primary_term: 1, found: true, ...(source && { _source: source }) };
  }

  private document(name: string, id: string): StoredDocument {
    const document = this.existing(name).get(id);
    if (!document) throw new SearchError(404, 'resource_not_found_exception', `Document not found [${name}]/[${id}]`);
    return document;
  }

  private context(name: string | undefined): { readonly index: SearchIndex; readonly nowMs: number } {
    if (name === undefined || name === '_all' || /[*,]/.test(name)) throw new UnsupportedClause('a search over several indexes');
    return { index: this.existing(name), nowMs: this.now() };
  }

  private existing(name: string): SearchIndex {
    return this.indexes.get(name) ?? missingIndex(name);
  }
}

function missingIndex(name: string): never {
  throw new SearchError(404, 'index_not_found_exception', `no such index [${name}]`);
}

function written(index: SearchIndex, { id, version, sequenceNumber }: Pick<StoredDocument, 'id' | 'version' | 'sequenceNumber'>, result: string): Json {
  return { _index: index.name, _id: id, _version: version, result, _shards: shards, _seq_no: sequenceNumber, _primary_term: 1 };
}

/** Objects are merged, everything else is replaced. */
function merge(before: Json, change: Json): Json {
  const changed = Object.entries(change).map(([name, value]) => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    return [name, isObject(value) && isObject(old) ? merge(old, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(changed) };
}

function optionalObject(body: unknown): Json {
  return body === undefined || body === null || body === '' ? {} : objectAt(body, 'request');
}

function withoutUndefined(values: Json, names: readonly string[]): Json {
  return Object.fromEntries(names.filter((name) => values[name] !== undefined && values[name] !== '').map((name) => [name, values[name]]));
}

/** `price:desc,name.keyword` */
function sortParameter(text: string): unknown {
  return text.split(',').map((rule) => {
    const [name = '', order] = rule.split(':');
    return order === undefined ? name : { [name]: order };
  });
}

function jsonLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new SearchError(400, 'json_parse_exception', `Unrecognized token in "${line.slice(0, 60)}"`);
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw illegalArgument(`partial escape sequence at end of string: ${part}`);
  }
}

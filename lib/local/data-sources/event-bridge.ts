/**
 * The AMAZON_EVENTBRIDGE data source: events of resolvers to the local bus.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-eventbridge-js.html
 */
import { randomUUID } from 'node:crypto';
import { type DataSource, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { asList, asObject, type Document, isObject, required } from './request-document';

/** An event as rules and their targets see it. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, in seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventBridgeOptions {
  readonly busArn: string;
  /** Takes an event; whoever hears of it does so later. */
  readonly put: (busArn: string, event: BusEvent) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Source: EventBridge quotas, entries of a PutEvents request and their size together, which is 1 MB since January 2026. */
const maxEvents = 10;
const maxEventBytes = 1024 * 1024;

interface Entry {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

export function eventBridgeDataSource({ busArn, put, now }: EventBridgeOptions): DataSource {
  const [, , , region = '', account = ''] = busArn.split(':');

  function enter(document: Document): Entry {
    const source = String(document.source);
    // A partial failure, which is no error of the request. Source: API_PutEventsResultEntry
    if (source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    const missing = source === '' ? 'Source' : document.detailType === '' ? 'DetailType' : undefined;
    if (missing !== undefined) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.` };
    if (!isObject(document.detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': String(document.detailType),
      source,
      account,
      time: `${new Date(timeOf(document.time) ?? now()).toISOString().slice(0, 19)}Z`,
      region,
      resources: document.resources == null ? [] : asList(document.resources, '$[events][resources]').map(String),
      detail: document.detail,
    };
    put(busArn, event);
    return { EventId: event.id };
  }

  return {
    async invoke(request): Promise<DataSourceResponse> {
      const document: Document = isObject(request) ? request : {};
      const operation = required(document, 'operation');
      // Assumed: text.
      if (operation !== 'PutEvents') throw new DataSourceRequestError(`Unsupported operation '${String(operation)}'.`);
      const events = asList(required(document, 'events'), '$[events]').map((event, i) => asObject(event, `$[events][${i}]`));
      for (const [i, event] of events.entries()) for (const name of ['source', 'detailType', 'detail']) required(event, name, `$[events][${i}]`);
      const problem = refusal(events);
      if (problem !== undefined) return { result: null, error: { type: 'EventBridge:AmazonEventBridgeException', message: problem } };
      const Entries = events.map(enter);
      return { result: { Entries, FailedEntryCount: Entries.filter((entry) => entry.ErrorCode !== undefined).length } };
    },
  };
}

/** What EventBridge refuses as a whole. Source: the texts of its API; Assumed: the type under which AppSync reports them. */
function refusal(events: readonly Document[]): string | undefined {
  if (events.length === 0 || events.length > maxEvents) {
    const size = events.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${maxEvents}`;
    return `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${size}`;
  }
  return events.reduce((sum, event) => sum + entryBytes(event), 0) > maxEventBytes ? 'Total size of the entries in the request is over the limit.' : undefined;
}

/** Source: EventBridge user guide, "Calculating PutEvents event entry size". */
function entryBytes({ source, detailType, detail, resources, time }: Document): number {
  const texts = [source, detailType, JSON.stringify(detail), ...(Array.isArray(resources) ? resources : [])];
  return texts.reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), time == null ? 0 : 14);
}

/** RFC 3339, or nothing. */
function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

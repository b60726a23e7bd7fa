/**
 * EventBridge as a function's AWS SDK finds it: `PutEvents` on the local buses, as far as the function's role may.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
import { randomUUID } from 'node:crypto';
import type { HttpResponse } from '../http-message';
import type { ServiceCaller } from './service-caller';
import { jsonAnswer, parsedBody, ServiceError } from './service-error';
import type { ServiceHost } from './service-host';

/** Source: EventBridge quotas, entries of a request. */
const mostEntries = 10;

type Entry = Readonly<Record<string, unknown>>;
const action = 'events:PutEvents';

/** @throws ServiceError for what EventBridge refuses as a whole */
export function putEvents(body: string, caller: ServiceCaller, host: Pick<ServiceHost, 'putEvent'>): HttpResponse {
  const { Entries } = parsedBody(body);
  const entries = Array.isArray(Entries) ? (Entries as readonly Entry[]) : [];
  if (entries.length === 0 || entries.length > mostEntries) {
    const size = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostEntries}`;
    throw new ServiceError('ValidationException', `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${size}`);
  }
  const buses = entries.map(({ EventBusName }) => busArn(EventBusName, caller));
  for (const [i, bus] of buses.entries()) permit(bus, entries[i] ?? {}, caller);
  const results = entries.map((entry, i) => enter(entry, buses[i] ?? '', caller, host));
  return jsonAnswer(200, { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results }, '1.1');
}

/** A bus is named, or meant by its ARN. */
function busArn(name: unknown, { region, accountId }: ServiceCaller): string {
  const text = typeof name === 'string' && name !== '' ? name : 'default';
  return text.startsWith('arn:') ? text : `arn:aws:events:${region}:${accountId}:event-bus/${text}`;
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html. Observed: the text, as of other services. */
function permit(bus: string, { Source, DetailType }: Entry, { permissions }: ServiceCaller): void {
  const keys = { ...(typeof Source === 'string' && { 'events:source': [Source] }), ...(typeof DetailType === 'string' && { 'events:detail-type': [DetailType] }) };
  const decision = permissions?.decide(action, bus, keys) ?? 'ALLOWED';
  if (decision === 'ALLOWED') return;
  const reason = decision === 'DENIED' ? 'with an explicit deny in an identity-based policy' : `because no identity-based policy allows the ${action} action`;
  throw new ServiceError('AccessDeniedException', `User: ${permissions?.arn ?? ''} is not authorized to perform: ${action} on resource: ${bus} ${reason}`);
}

/** Source: API_PutEventsResultEntry: an entry that is not taken fails alone. */
function enter({ Source: source, DetailType, Detail, Resources, Time }: Entry, bus: string, { region, accountId }: ServiceCaller, host: Pick<ServiceHost, 'putEvent'>): Readonly<Record<string, unknown>> {
  if (typeof source !== 'string' || source === '') return missing('Source');
  if (typeof DetailType !== 'string' || DetailType === '') return missing('DetailType');
  if (typeof Detail !== 'string' || Detail === '') return missing('Detail');
  if (source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = objectIn(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = randomUUID();
  // The SDK sends seconds.
  const time = new Date(typeof Time === 'number' ? Time * 1000 : Date.now()).toISOString();
  const resources = Array.isArray(Resources) ? Resources.map(String) : [];
  host.putEvent(bus, { version: '0', id, 'detail-type': DetailType, source, account: accountId, time: `${time.slice(0, 19)}Z`, region, resources, detail });
  return { EventId: id };
}

function missing(name: string): Entry {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

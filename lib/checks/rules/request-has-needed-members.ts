import type { SourceLocation } from '../../diagnostics';
import type { DataSourceModel } from '../../model';
import { mappingTemplates, parsedTemplates, placeIn } from '../mapping-templates';
import type { RequestDocument } from '../request-document';
import { neededMembers, operationLaw } from '../request-operations';
import { requestCodes, type ReturnedRequest } from '../returned-requests';
import type { ApiFinding, ApiRule } from './api-rule';

/** A request as code or a template writes it out. */
interface WrittenRequest {
  readonly at: SourceLocation;
  /** What it is called in a message. */
  readonly name: string;
  readonly isComplete: boolean;
  readonly members: ReadonlyMap<string, WrittenMember>;
}

interface WrittenMember {
  readonly at: SourceLocation;
  readonly text?: string;
  readonly beginning?: string;
  /** Of a list. */
  readonly objects?: readonly Pick<WrittenRequest, 'at' | 'isComplete' | 'members'>[];
}

/** Says nothing about a request without a known operation, which `API_REQUEST_OPERATION` and `RES_VTL_OPERATION` report. */
export const requestHasNeededMembers: ApiRule = {
  code: 'API_REQUEST_MEMBER',
  severity: 'error or warning',
  summary: 'a request has every member that its data source needs, an event its source, type and detail, a message its role and content, and a path begins with "/"',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html',
  *check(input) {
    for (const { requests, sources, resource } of requestCodes(input))
      for (const returned of requests.returned) {
        const request = ofCode(returned, requests.locate);
        const [first, ...others] = sources.map((source) => (isSeenTo(returned, source) ? [] : [...problemsOf(request, source)]));
        if (first && others.every((problems) => problems.length > 0)) for (const problem of first) yield { resource, ...problem };
      }
    for (const { mapping, read } of parsedTemplates(mappingTemplates(input.api))) {
      const document = mapping.part === 'request' ? read.document : undefined;
      if (!document || !mapping.dataSource) continue;
      const locate = (span: RequestDocument['brace']) => placeIn(mapping, span).location;
      for (const problem of problemsOf(ofTemplate(document, locate), mapping.dataSource)) yield { ...placeIn(mapping, document.brace), ...problem };
    }
  },
};

/** Helpers see to what they make, but for those of Bedrock, which pass on what they are given. One for another kind of source is `API_REQUEST_OPERATION`. */
function isSeenTo({ madeFor }: ReturnedRequest, source: DataSourceModel): boolean {
  return madeFor !== undefined && (madeFor !== 'Bedrock' || operationLaw(source)?.kind !== 'Bedrock');
}

function ofCode({ at, isComplete, members }: Omit<ReturnedRequest, 'madeFor'>, locate: (span: ReturnedRequest['at']) => SourceLocation): WrittenRequest {
  const written = [...members].map(([name, { at: place, text, beginning, objects }]): [string, WrittenMember] => [
    name,
    { at: locate(place), ...(text === undefined ? {} : { text }), ...(beginning === undefined ? {} : { beginning }), ...(objects ? { objects: objects.map((object) => ofCode(object, locate)) } : {}) },
  ]);
  return { at: locate(at), name: 'the request', isComplete, members: new Map(written) };
}

function ofTemplate({ brace, isComplete, members }: RequestDocument, locate: (span: RequestDocument['brace']) => SourceLocation): WrittenRequest {
  const written = [...members].map(([name, { span, value, beginning, objects }]): [string, WrittenMember] => [
    name,
    { at: locate(span), ...(value === undefined ? {} : { text: value }), ...(beginning === undefined ? {} : { beginning }), ...(objects ? { objects: objects.map((object) => ofTemplate(object, locate)) } : {}) },
  ]);
  return { at: locate(brace), name: 'the request template', isComplete, members: new Map(written) };
}

function* problemsOf({ at, name, isComplete, members }: WrittenRequest, source: DataSourceModel): Iterable<ApiFinding> {
  const law = operationLaw(source);
  const asked = law && members.get(law.member);
  if (law && (!asked || (asked.text !== undefined && !law.known.includes(asked.text)))) return;
  const missing = isComplete ? neededMembers(source, asked?.text).find((member) => !members.has(member)) : undefined;
  if (missing !== undefined) {
    const about = asked?.text === undefined ? '' : ` for ${asked.text}`;
    yield { location: at, message: `${name}${about} to data source "${source.name}" has no "${missing}"`, fix: `add "${missing}"` };
  }
  yield* strayPaths(members, source);
  if (source.type === 'OTHER' && source.awsType === 'AMAZON_EVENTBRIDGE') yield* halfEvents(members.get('events')?.objects ?? []);
  if (asked?.text === 'Converse') yield* strayMessages(members.get('messages')?.objects ?? []);
}

/** AppSync puts the path right behind the host. */
function* strayPaths(members: WrittenRequest['members'], source: DataSourceModel): Iterable<ApiFinding> {
  for (const name of neededMembers(source, undefined).filter((member) => member === 'resourcePath' || member === 'path')) {
    const { beginning, at } = members.get(name) ?? {};
    if (!at || !beginning || beginning.startsWith('/')) continue;
    yield { severity: 'warning', location: at, message: `"${name}" begins with "${beginning}", not with "/"`, fix: 'begin it with "/"' };
  }
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: an entry without one of them is not put. */
const partsOfEvent = ['source', 'detailType', 'detail'];

function* halfEvents(events: NonNullable<WrittenMember['objects']>): Iterable<ApiFinding> {
  for (const { at, isComplete, members } of events) {
    const missing = isComplete ? partsOfEvent.find((part) => !members.has(part)) : undefined;
    if (missing !== undefined) yield { location: at, message: `the event has no "${missing}"`, fix: `add "${missing}"` };
  }
}

/** Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html */
const partsOfMessage = ['role', 'content'];
const roles = ['user', 'assistant'];

function* strayMessages(messages: NonNullable<WrittenMember['objects']>): Iterable<ApiFinding> {
  for (const { at, isComplete, members } of messages) {
    const missing = isComplete ? partsOfMessage.find((part) => !members.has(part)) : undefined;
    if (missing !== undefined) yield { location: at, message: `the message has no "${missing}"`, fix: `add "${missing}"` };
    const [role, content] = [members.get('role'), members.get('content')];
    if (role?.text !== undefined && !roles.includes(role.text)) {
      const fix = role.text === 'system' ? 'move its text to "system" of the request: [{ text: … }]' : `use one of ${roles.join(', ')}`;
      yield { location: role.at, message: `Converse has no role "${role.text}"`, fix };
    }
    if (content?.text !== undefined) yield { location: content.at, message: '"content" of a message is a text, and Converse takes a list', fix: 'write [{ text: … }]' };
  }
}

import type { DataSourceModel } from '../../model';
import { requestCodes, type ReturnedRequest } from '../returned-requests';
import type { ApiRule } from './api-rule';

/** Only lists that are written out; how long a computed one gets is known when the code runs. */
export const requestKeepsToLimits: ApiRule = {
  code: 'API_REQUEST_LIMIT',
  severity: 'error',
  summary: 'a request has 1 or 2 SQL statements, 1 to 10 events, 1 to 100 items of a transaction, and a segment of a scan with their number',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html',
  *check(input) {
    for (const { requests, sources, resource } of requestCodes(input))
      for (const request of requests.returned) {
        const [first, ...others] = sources.map((source) => problemOf(request, source));
        if (first && others.every((problem) => problem !== undefined)) yield { resource, location: requests.locate(first.at), message: first.message, fix: first.fix };
      }
  },
};

interface Problem extends Pick<ReturnedRequest, 'at'> {
  readonly message: string;
  readonly fix: string;
}

function problemOf(request: ReturnedRequest, source: DataSourceModel): Problem | undefined {
  switch (source.type) {
    case 'AMAZON_DYNAMODB':
      return outside(request, 'items', 100, 'a transaction') ?? outside(request, 'transactItems', 100, 'a transaction') ?? halfSegment(request);
    case 'OTHER':
      if (source.awsType === 'RELATIONAL_DATABASE') return outside(request, 'statements', 2, 'a database');
      return source.awsType === 'AMAZON_EVENTBRIDGE' ? outside(request, 'events', 10, 'EventBridge') : undefined;
    case 'AWS_LAMBDA':
    case 'HTTP':
    case 'NONE':
      return undefined;
  }
}

function outside({ members }: ReturnedRequest, member: string, most: number, who: string): Problem | undefined {
  const given = members.get(member);
  if (given?.length === undefined || (given.length >= 1 && given.length <= most)) return undefined;
  return { at: given.at, message: `"${member}" has ${given.length} elements; ${who} takes 1 to ${most}`, fix: given.length === 0 ? `return early when there is nothing to ask for` : 'split the request' };
}

function halfSegment({ members, isComplete }: ReturnedRequest): Problem | undefined {
  const [given, missing] = members.has('segment') ? ['segment', 'totalSegments'] : ['totalSegments', 'segment'];
  const half = members.get(given!);
  if (!half || !isComplete || members.has(missing!)) return undefined;
  return { at: half.at, message: `a scan with "${given}" needs "${missing}" as well`, fix: `add "${missing}", or remove "${given}"` };
}

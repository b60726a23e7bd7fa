import { didYouMean } from '../../diagnostics';
import type { DataSourceModel } from '../../model';
import { operationLaw } from '../request-operations';
import { type RequestCode, requestCodes, type ReturnedRequest } from '../returned-requests';
import type { ApiFinding, ApiRule } from './api-rule';

/** The same law for templates is `RES_VTL_OPERATION`. */
export const requestAsksForKnownOperation: ApiRule = {
  code: 'API_REQUEST_OPERATION',
  severity: 'error',
  summary: 'a request that code returns asks for an operation that its data source has',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html',
  *check(input) {
    for (const code of requestCodes(input))
      for (const request of code.requests.returned) {
        const [first, ...others] = code.sources.map((source) => problemOf(request, source, code));
        if (first && others.every((problem) => problem !== undefined)) yield { resource: code.resource, ...first };
      }
  },
};

function problemOf(request: ReturnedRequest, source: DataSourceModel, { requests }: RequestCode): ApiFinding | undefined {
  const law = operationLaw(source);
  if (!law) return undefined;
  const given = request.members.get(law.member);
  if (!given) {
    if (!request.isComplete) return undefined;
    return { location: requests.locate(request.at), message: `the request for data source "${source.name}" has no "${law.member}"`, fix: `add "${law.member}" with one of ${law.known.join(', ')}` };
  }
  if (given.text !== undefined && !law.known.includes(given.text))
    return { location: requests.locate(given.at), message: `${law.kind} has no ${law.member} "${given.text}", which data source "${source.name}" is asked for`, fix: didYouMean(given.text, law.known) ?? `use one of ${law.known.join(', ')}` };
  return source.type === 'AWS_LAMBDA' ? invocationProblem(request, requests.locate) : undefined;
}

const invocationTypes = ['RequestResponse', 'Event'];

function invocationProblem({ members }: ReturnedRequest, locate: RequestCode['requests']['locate']): ApiFinding | undefined {
  const given = members.get('invocationType');
  if (given?.text === undefined || invocationTypes.includes(given.text)) return undefined;
  return { location: locate(given.at), message: `Lambda has no invocation type "${given.text}"`, fix: didYouMean(given.text, invocationTypes) ?? `use one of ${invocationTypes.join(', ')}` };
}

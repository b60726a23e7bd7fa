import { didYouMean } from '../../diagnostics';
import type { DataSourceModel } from '../../model';
import { askedOfNone, operationLaw } from '../request-operations';
import { type RequestCode, requestCodes, type ReturnedRequest } from '../returned-requests';
import type { ApiFinding, ApiRule } from './api-rule';

/** The same law for templates is `RES_VTL_OPERATION`. */
export const requestAsksForKnownOperation: ApiRule = {
  code: 'API_REQUEST_OPERATION',
  severity: 'error or warning',
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
  const given = law && request.members.get(law.member);
  if (!given && request.madeFor !== undefined && source.type !== 'NONE' && request.madeFor !== kindOf(source))
    return { location: requests.locate(request.at), message: `the request is made for ${request.madeFor}, and data source "${source.name}" is ${kindOf(source)}`, fix: 'name a data source of the kind that is asked' };
  if (source.type === 'NONE') {
    const asked = askedOfNone(request.members);
    const mayBePayload = !request.isComplete && request.madeFor === undefined;
    return asked === undefined || mayBePayload ? undefined : { severity: 'warning', location: requests.locate(request.at), message: `${asked} is asked of data source "${source.name}", which is of type NONE and does nothing but pass "payload" on`, fix: 'name the data source that is meant, or return a "payload"' };
  }
  if (!law) return undefined;
  if (!given) {
    if (!request.isComplete) return undefined;
    return { location: requests.locate(request.at), message: `the request for data source "${source.name}" has no "${law.member}"`, fix: `add "${law.member}" with one of ${law.known.join(', ')}` };
  }
  if (given.text !== undefined && !law.known.includes(given.text))
    return { location: requests.locate(given.at), message: `${law.kind} has no ${law.member} "${given.text}", which data source "${source.name}" is asked for`, fix: didYouMean(given.text, law.known) ?? `use one of ${law.known.join(', ')}` };
  return source.type === 'AWS_LAMBDA' ? invocationProblem(request, requests.locate) : undefined;
}

function kindOf(source: DataSourceModel): string {
  return operationLaw(source)?.kind ?? (source.type === 'OTHER' && source.awsType === 'RELATIONAL_DATABASE' ? 'RDS' : source.type);
}

const invocationTypes = ['RequestResponse', 'Event'];

function invocationProblem({ members }: ReturnedRequest, locate: RequestCode['requests']['locate']): ApiFinding | undefined {
  const given = members.get('invocationType');
  if (given?.text === undefined || invocationTypes.includes(given.text)) return undefined;
  return { location: locate(given.at), message: `Lambda has no invocation type "${given.text}"`, fix: didYouMean(given.text, invocationTypes) ?? `use one of ${invocationTypes.join(', ')}` };
}

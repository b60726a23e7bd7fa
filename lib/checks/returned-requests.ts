/**
 * The requests that code surely hands to its data source. One file often serves several data sources and chooses among its requests by the
 * field; a rule then speaks of a request only if it fits none of them.
 */
import type { HandlerRequests } from '../compiler';
import type { ResourceRef } from '../diagnostics';
import type { DataSourceModel } from '../model';
import type { ApiRuleInput } from './rules/api-rule';

export type ReturnedRequest = HandlerRequests['returned'][number];

export interface RequestCode {
  readonly requests: HandlerRequests;
  /** Those of the unit resolvers and functions that run the code. */
  readonly sources: readonly DataSourceModel[];
  /** The first resolver or function with this code. */
  readonly resource: ResourceRef;
}

/** In the order of resolvers and functions. What a pipeline's own code returns goes to no data source. */
export function requestCodes({ api, requestsOf, isKnown }: ApiRuleInput): RequestCode[] {
  const codes = new Map<HandlerRequests, { sources: Set<DataSourceModel>; resource: ResourceRef; isSure: boolean }>();
  for (const user of [...api.resolvers, ...api.functions]) {
    const requests = requestsOf(user.handler);
    if (!requests || ('kind' in user && user.kind === 'PIPELINE')) continue;
    const source = api.dataSources.find(({ name }) => name === user.dataSourceName);
    const code = codes.get(requests) ?? { sources: new Set(), resource: user.resource, isSure: true };
    if (source && isKnown(source.name)) code.sources.add(source);
    else code.isSure = false;
    codes.set(requests, code);
  }
  return [...codes].flatMap(([requests, { sources, resource, isSure }]) => (isSure ? [{ requests, sources: [...sources], resource }] : []));
}

import { getNamedType } from 'graphql';
import { didYouMean } from '../../diagnostics';
import { followPath, subscriptionFilters } from '../subscription-filters';
import type { ApiRule } from './api-rule';

export const filterNamesDeliveredField: ApiRule = {
  code: 'API_FILTER_FIELD',
  severity: 'error',
  summary: 'a subscription filter is about fields of what the subscription delivers',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html',
  *check({ api, draft }) {
    if (!draft) return;
    for (const { coordinate, field, resource, conditions, locate } of subscriptionFilters(api, draft))
      for (const condition of conditions) {
        const path = followPath(draft, getNamedType(field.type), condition.field.name);
        if (path.kind !== 'MISSING') continue;
        const declared = draft.locationOf(path.typeName);
        yield {
          resource,
          location: locate(condition.field.at),
          message: `the filter of ${coordinate} tests "${condition.field.name}", but "${path.typeName}" has no field "${path.name}"`,
          notes: declared ? [{ message: `"${path.typeName}" is declared here`, location: declared }] : [],
          fix: didYouMean(path.name, path.known) ?? `test one of the fields ${path.known.join(', ')}`,
        };
      }
  },
};

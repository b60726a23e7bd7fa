import { getNamedType, getNullableType, isListType } from 'graphql';
import { followPath, subscriptionFilters } from '../subscription-filters';
import type { ApiRule } from './api-rule';

const listOperators = ['contains', 'notContains', 'containsAny'];

/** A warning: that a list is never delivered to filtered subscriptions is reported by users, the rest is not documented. Source: aws-appsync-community issue 186 */
export const filterStaysOutOfLists: ApiRule = {
  code: 'API_FILTER_LIST',
  severity: 'warning',
  summary: 'a subscription filter tests no lists but for their members',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html',
  *check({ api, draft }) {
    if (!draft) return;
    for (const { coordinate, field, resource, conditions, locate } of subscriptionFilters(api, draft)) {
      const [first] = conditions;
      if (first && isListType(getNullableType(field.type))) {
        yield { resource, location: locate(first.field.at), message: `${coordinate} delivers a list, which never passes a filter`, fix: 'deliver one object at a time' };
        continue;
      }
      for (const { field: tested, operator } of conditions) {
        const path = followPath(draft, getNamedType(field.type), tested.name);
        if (path.kind === 'IN_LIST')
          yield { resource, location: locate(tested.at), message: `the filter of ${coordinate} tests "${tested.name}", but "${path.list}" is a list, whose members a path does not reach`, fix: 'deliver what the filter needs in a field outside of the list' };
        else if (path.kind === 'FOUND' && path.isList && operator && !listOperators.includes(operator.name))
          yield { resource, location: locate(tested.at), message: `the filter of ${coordinate} compares the list "${tested.name}" by "${operator.name}"`, fix: 'use "contains", "notContains" or "containsAny"' };
      }
    }
  },
};

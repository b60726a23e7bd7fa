import { deadArguments, setsFilter } from '../subscription-arguments';
import type { ApiRule } from './api-rule';

export const subscriptionCanDeliver: ApiRule = {
  code: 'API_SUBSCRIPTION_SILENT',
  severity: 'error',
  summary: 'a required argument of a subscription names a field of what is delivered, or a resolver sets a filter',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ api, draft }) {
    if (!draft) return;
    for (const { field, argument, why, silences, location, notes, fix } of deadArguments(draft))
      if (silences && setsFilter(api, field) === false)
        yield {
          ...(location ? { location } : {}),
          ...(api.schemaResource ? { resource: api.schemaResource } : {}),
          message: `${field} can deliver nothing, because its required argument "${argument.name}" never matches: ${why}`,
          notes,
          fix,
        };
  },
};

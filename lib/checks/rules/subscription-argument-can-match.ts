import { isInputObjectType, getNamedType } from 'graphql';
import { type DeadArgument, deadArguments, mentionsFilter, setsFilter } from '../subscription-arguments';
import type { ApiFinding, ApiRule } from './api-rule';

/** A required argument of this kind is an error, `API_SUBSCRIPTION_SILENT`, once the whole API is known. */
export const subscriptionArgumentCanMatch: ApiRule = {
  code: 'API_SUBSCRIPTION_ARGUMENT',
  severity: 'warning',
  summary: 'an argument of a subscription names a field of what is delivered, or a resolver sets a filter',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html',
  *check({ api, draft }) {
    if (!draft) return;
    for (const dead of deadArguments(draft))
      if (!dead.silences && setsFilter(api, dead.field) === false) yield { ...(api.schemaResource ? { resource: api.schemaResource } : {}), ...finding(dead, '') };
  },
  /** The resolver that sets a filter may be anywhere; an input object as argument is a sure sign of one. */
  *checkSources({ draft, resolverCode }) {
    for (const dead of deadArguments(draft)) {
      if (isInputObjectType(getNamedType(dead.argument.type)) || mentionsFilter(resolverCode.get(dead.field) ?? '')) continue;
      yield finding(dead, ' unless a resolver sets a filter');
    }
  },
};

function finding({ field, argument, why, location, notes, fix }: DeadArgument, condition: string): ApiFinding {
  return { ...(location ? { location } : {}), message: `argument "${argument.name}" of ${field} can never match${condition}: ${why}`, notes, fix };
}

import { didYouMean } from '../../diagnostics';
import type { ApiRule } from './api-rule';

/** A variable that is not there is `undefined` when the code runs. */
export const environmentReadIsDefined: ApiRule = {
  code: 'API_ENVIRONMENT_UNDEFINED',
  severity: 'warning',
  summary: 'code reads environment variables that the API has',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/environment-variables.html',
  *check({ api, requestsOf }) {
    for (const { handler, resource } of [...api.resolvers, ...api.functions]) {
      const requests = requestsOf(handler);
      for (const { name, at } of requests?.environmentReads ?? []) {
        if (Object.hasOwn(api.environment, name)) continue;
        yield {
          resource,
          location: requests!.locate(at),
          message: `"${name}" is no environment variable of the API "${api.name}"`,
          fix: didYouMean(name, Object.keys(api.environment)) ?? `add "${name}" to the environment variables of the API`,
        };
      }
    }
  },
};

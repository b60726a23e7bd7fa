import type { ApiRule } from './api-rule';

/** Assumed: AppSync accepts an empty pipeline, which then answers from its own response handler. The documentation says 1 to 10. */
export const pipelineHasFunctions: ApiRule = {
  code: 'API_PIPELINE_EMPTY',
  severity: 'warning',
  summary: 'a pipeline has functions',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/pipeline-resolvers.html',
  *check({ api }) {
    for (const { kind, typeName, fieldName, functionIds, resource } of api.resolvers)
      if (kind === 'PIPELINE' && functionIds.length === 0)
        yield { resource, message: `the pipeline of ${typeName}.${fieldName} has no function, so it asks no data source`, fix: 'add a function, or use a unit resolver with a NONE data source' };
  },
};

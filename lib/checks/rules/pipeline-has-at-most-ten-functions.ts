import type { ApiRule } from './api-rule';

const maxFunctions = 10;

export const pipelineHasAtMostTenFunctions: ApiRule = {
  code: 'API_PIPELINE_LENGTH',
  severity: 'error',
  summary: 'a pipeline has at most 10 functions',
  url: 'https://docs.aws.amazon.com/general/latest/gr/appsync.html',
  *check({ api }) {
    for (const { typeName, fieldName, functionIds, resource } of api.resolvers)
      if (functionIds.length > maxFunctions)
        yield {
          resource,
          message: `the pipeline of ${typeName}.${fieldName} has ${functionIds.length} functions; AppSync takes at most ${maxFunctions}`,
          fix: 'join steps that use the same data source, or move work to a Lambda data source',
        };
  },
};

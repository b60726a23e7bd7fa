import { type ApiRule, isUnread } from './api-rule';

export const pipelineFunctionExists: ApiRule = {
  code: 'API_FUNCTION',
  severity: 'error',
  summary: 'every function id of a pipeline is a function of the API',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-appsync-resolver-pipelineconfig.html',
  *check({ api, isKnown }) {
    const known = new Set(api.functions.map(({ functionId }) => functionId));
    for (const { typeName, fieldName, functionIds, resource } of api.resolvers)
      for (const [index, functionId] of functionIds.entries())
        if (!known.has(functionId) && isKnown(functionId) && !isUnread(api, 'FUNCTION', functionId))
          yield {
            resource,
            message: `step ${index + 1} of the pipeline of ${typeName}.${fieldName} is function "${functionId}", which the API "${api.name}" does not have`,
            fix: 'use the FunctionId attribute of a function of this API',
          };
  },
};

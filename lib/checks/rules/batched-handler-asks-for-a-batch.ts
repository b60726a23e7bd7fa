import type { ApiRule } from './api-rule';

/** A direct resolver needs to ask for nothing: its batch size is enough. */
export const batchedHandlerAsksForABatch: ApiRule = {
  code: 'API_BATCH_INVOKE',
  severity: 'warning',
  summary: 'code or templates with a batch size ask Lambda for a BatchInvoke',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers.html',
  *check({ api, requestsOf }) {
    const lambdas = new Set(api.dataSources.filter(({ type }) => type === 'AWS_LAMBDA').map(({ name }) => name));
    for (const user of [...api.resolvers, ...api.functions]) {
      const { handler, maxBatchSize = 0, dataSourceName, resource } = user;
      if (maxBatchSize <= 0 || dataSourceName === undefined || !lambdas.has(dataSourceName)) continue;
      const mayBatch =
        handler.kind === 'APPSYNC_JS' ? (requestsOf(handler)?.mayBatchInvoke ?? true) : handler.kind === 'VTL' ? !handler.request || /BatchInvoke|"operation"\s*:\s*"?\$/.test(handler.request.text) : true;
      const name = 'name' in user ? `function "${user.name}"` : `the resolver of ${user.typeName}.${user.fieldName}`;
      if (!mayBatch) yield { resource, message: `${name} has a "MaxBatchSize", but its request is never a "BatchInvoke"`, fix: 'set the operation of the request to "BatchInvoke", or remove "MaxBatchSize"' };
    }
  },
};

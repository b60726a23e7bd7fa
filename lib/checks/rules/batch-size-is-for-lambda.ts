import type { ApiModel } from '../../model';
import type { ApiFinding, ApiRule } from './api-rule';

const maxSize = 2_000;

/** A size of 0 is none, and is what AppSync itself reports of resolvers that were given none. */
export const batchSizeIsForLambda: ApiRule = {
  code: 'API_BATCH_SIZE',
  severity: 'error',
  summary: 'a batch size is from 0 to 2,000, and stands where the data source is a Lambda function',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateResolver.html',
  *check({ api }) {
    for (const { typeName, fieldName, dataSourceName, maxBatchSize, resource } of api.resolvers) {
      const finding = misplaced(`the resolver of ${typeName}.${fieldName}`, maxBatchSize, dataSourceName, api);
      if (finding) yield { resource, ...finding };
    }
    for (const { name, dataSourceName, maxBatchSize, resource } of api.functions) {
      const finding = misplaced(`function "${name}"`, maxBatchSize, dataSourceName, api);
      if (finding) yield { resource, ...finding };
    }
  },
};

/** @param dataSourceName absent for pipelines, where nothing is said about what they use */
function misplaced(user: string, size: number | undefined, dataSourceName: string | undefined, { dataSources }: ApiModel): ApiFinding | undefined {
  if (size === undefined) return undefined;
  if (!Number.isInteger(size) || size < 0 || size > maxSize) return { message: `"MaxBatchSize" of ${user} must be a whole number from 0 to 2,000, got ${size}`, fix: 'choose a number from 0 to 2,000' };
  const source = dataSources.find(({ name }) => name === dataSourceName);
  if (size === 0 || !source || source.type === 'AWS_LAMBDA') return undefined;
  return { message: `${user} has a "MaxBatchSize", but data source "${source.name}" is no Lambda function`, fix: 'remove "MaxBatchSize": only Lambda functions are called for many fields at once' };
}

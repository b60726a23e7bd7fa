import { accessRules } from '../authorization-directives';
import { rootFields } from '../unreadable-types';
import type { ApiRule } from './api-rule';

/**
 * Of an API without AWS_IAM the data source itself is refused, which is reported. Below root fields, who gets to a field is a question of the way,
 * and nothing is said.
 */
export const callerCredentialsComeWithIam: ApiRule = {
  code: 'API_CALLER_CREDENTIALS',
  severity: 'warning',
  summary: 'a field that uses a table with the credentials of the caller lets in callers with AWS_IAM alone: others have none',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_DynamodbDataSourceConfig.html',
  *check({ api, draft }) {
    const sources = new Set(api.dataSources.flatMap((source) => (source.type === 'AMAZON_DYNAMODB' && source.usesCallerCredentials ? [source.name] : [])));
    const modes = new Set(api.authorization.map(({ type }) => type));
    if (!draft || sources.size === 0 || !modes.has('AWS_IAM')) return;
    const access = accessRules(draft, api.authorization);
    const roots = new Set(rootFields(draft).map(({ root }) => root.name));
    for (const { typeName, fieldName, dataSourceName, functionIds, resource } of api.resolvers) {
      const asked = [dataSourceName, ...functionIds.map((id) => api.functions.find(({ functionId }) => functionId === id)?.dataSourceName)];
      const source = asked.find((name) => name !== undefined && sources.has(name));
      if (source === undefined || !roots.has(typeName)) continue;
      const others = [...modes].filter((mode) => mode !== 'AWS_IAM' && access.admits({ mode }, typeName, fieldName));
      if (others.length === 0) continue;
      const coordinate = `${typeName}.${fieldName}`;
      const location = draft.locationOf(coordinate);
      yield {
        resource,
        ...(location && { location }),
        message: `${coordinate} uses data source "${source}" with the credentials of the caller, but lets in callers with ${others.join(' and ')}, who have none`,
        fix: `let only IAM call it: write "@aws_iam" on ${coordinate}, and no other authorization directive`,
      };
    }
  },
};

import { writtenDirectives } from '../authorization-directives';
import type { ApiRule } from './api-rule';

/** An error although it deploys: AppSync ignores the directive then, so that everybody may pass. A user pool the API lacks is another rule's finding. */
export const awsAuthStandsAlone: ApiRule = {
  code: 'API_AWS_AUTH',
  severity: 'error',
  summary: '@aws_auth is used only where Cognito user pools is the single authorization mode',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api, draft }) {
    const modes = api.authorization.map(({ type }) => type);
    if (!draft || modes.length < 2 || !modes.includes('AMAZON_COGNITO_USER_POOLS')) return;
    for (const { coordinate, directive } of writtenDirectives(draft))
      if (directive.name === 'aws_auth')
        yield {
          location: directive.location,
          ...(api.schemaResource ? { resource: api.schemaResource } : {}),
          message: `"@aws_auth" on ${coordinate} protects nothing, because the API "${api.name}" has several authorization modes: ${modes.join(', ')}`,
          fix: 'write "@aws_cognito_user_pools" in its place',
        };
  },
};

import type { ApiRule } from './api-rule';

/** AppSync takes it: a key can be made later, by hand. */
export const apiKeyModeHasAKey: ApiRule = {
  code: 'API_KEY_MISSING',
  severity: 'warning',
  summary: 'an API that takes API keys has one',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#api-key-authorization',
  *check({ api }) {
    if (api.apiKeys.length > 0 || !api.authorization.some(({ type }) => type === 'API_KEY')) return;
    yield { resource: api.resource, message: `the API "${api.name}" has the authorization mode API_KEY and no key, so nobody can call it that way`, fix: 'add an AWS::AppSync::ApiKey, or remove the mode' };
  },
};

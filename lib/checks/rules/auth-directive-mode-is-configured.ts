import { modeOf, writtenDirectives } from '../authorization-directives';
import type { ApiRule } from './api-rule';

export const authDirectiveModeIsConfigured: ApiRule = {
  code: 'API_AUTH_MODE',
  severity: 'error',
  summary: 'every authorization directive names a mode the API has',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api, draft }) {
    if (!draft || api.authorization.length === 0) return;
    const configured = [...new Set(api.authorization.map(({ type }) => type))];
    for (const { coordinate, directive } of writtenDirectives(draft)) {
      const mode = modeOf(directive.name);
      if (configured.includes(mode)) continue;
      yield {
        location: directive.location,
        ...(api.schemaResource ? { resource: api.schemaResource } : {}),
        message: `"@${directive.name}" on ${coordinate} needs the authorization mode ${mode}, but the API "${api.name}" has ${configured.join(', ')}`,
        fix: `add ${mode} to the API's authorization modes, or remove the directive`,
      };
    }
  },
};

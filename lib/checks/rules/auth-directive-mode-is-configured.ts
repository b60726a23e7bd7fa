import { isInterfaceType, isObjectType } from 'graphql';
import type { AuthorizationType } from '../../model';
import type { AuthDirective } from '../../sdl';
import type { ApiRule } from './api-rule';

export const authDirectiveModeIsConfigured: ApiRule = {
  code: 'API_AUTH_MODE',
  severity: 'error',
  summary: 'every authorization directive names a mode the API has',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api, schema }) {
    if (!schema || api.authorization.length === 0) return;
    const configured = [...new Set(api.authorization.map(({ type }) => type))];
    for (const type of Object.values(schema.schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const coordinate of [type.name, ...Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)])
        for (const { name, location } of schema.authDirectives(coordinate)) {
          const mode = modeOf(name);
          if (configured.includes(mode)) continue;
          yield {
            location,
            ...(api.schemaResource ? { resource: api.schemaResource } : {}),
            message: `"@${name}" on ${coordinate} needs the authorization mode ${mode}, but the API "${api.name}" has ${configured.join(', ')}`,
            fix: `add ${mode} to the API's authorization modes, or remove the directive`,
          };
        }
    }
  },
};

function modeOf(directive: AuthDirective['name']): AuthorizationType {
  switch (directive) {
    case 'aws_api_key':
      return 'API_KEY';
    case 'aws_iam':
      return 'AWS_IAM';
    case 'aws_oidc':
      return 'OPENID_CONNECT';
    case 'aws_lambda':
      return 'AWS_LAMBDA';
    case 'aws_auth':
    case 'aws_cognito_user_pools':
      return 'AMAZON_COGNITO_USER_POOLS';
  }
}

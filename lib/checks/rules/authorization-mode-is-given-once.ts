import type { AuthorizationModeModel } from '../../model';
import type { ApiRule } from './api-rule';

export const authorizationModeIsGivenOnce: ApiRule = {
  code: 'API_AUTH_DUPLICATE',
  severity: 'error',
  summary: 'an API has each of API_KEY, AWS_IAM and AWS_LAMBDA once at most, and no user pool or issuer twice',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api }) {
    const seen = new Set<string>();
    const reported = new Set<string>();
    for (const mode of api.authorization) {
      const name = nameOf(mode);
      if (seen.has(name) && !reported.has(name)) {
        reported.add(name);
        yield { resource: api.resource, message: `the API "${api.name}" has ${name} more than once`, fix: 'remove it from the additional authorization modes' };
      }
      seen.add(name);
    }
  },
};

/** What must differ between two modes of one API. */
function nameOf(mode: AuthorizationModeModel): string {
  switch (mode.type) {
    case 'API_KEY':
    case 'AWS_IAM':
      return `the authorization mode ${mode.type}`;
    case 'AWS_LAMBDA':
      return 'a Lambda authorizer';
    case 'AMAZON_COGNITO_USER_POOLS':
      return `the user pool "${mode.userPoolId}"`;
    case 'OPENID_CONNECT':
      return `the issuer "${mode.issuer}"`;
  }
}

/** The authorization modes of an API. Source: spec of `AWS::AppSync::GraphQLApi`, `AuthenticationType` and its config blocks. */
import type { AuthorizationModeModel } from './api-model';
import type { Properties } from './properties';

/**
 * The default mode, then the additional ones. A mode that lacks what AWS requires is reported and left out.
 * @param region of the API, for user pools that name none
 */
export function readAuthorization(api: Properties, region: string): AuthorizationModeModel[] {
  return [api, ...api.objects('AdditionalAuthenticationProviders')].flatMap((mode) => readMode(mode, region) ?? []);
}

function readMode(mode: Properties, region: string): AuthorizationModeModel | undefined {
  const type = mode.required('AuthenticationType');
  switch (type) {
    case undefined:
      return undefined;
    case 'API_KEY':
    case 'AWS_IAM':
      return { type };
    case 'AMAZON_COGNITO_USER_POOLS': {
      const userPoolId = mode.required('UserPoolConfig.UserPoolId');
      const appIdClientRegex = mode.text('UserPoolConfig.AppIdClientRegex');
      if (userPoolId === undefined) return undefined;
      reportOtherRegion(mode);
      return {
        type,
        userPoolId,
        region: mode.text('UserPoolConfig.AwsRegion') ?? region,
        ...(appIdClientRegex === undefined ? {} : { appIdClientRegex }),
        defaultAction: mode.text('UserPoolConfig.DefaultAction') === 'DENY' ? 'DENY' : 'ALLOW',
      };
    }
    case 'OPENID_CONNECT': {
      const issuer = mode.required('OpenIDConnectConfig.Issuer');
      const clientId = mode.text('OpenIDConnectConfig.ClientId');
      const iatTtlMs = mode.number('OpenIDConnectConfig.IatTTL');
      const authTtlMs = mode.number('OpenIDConnectConfig.AuthTTL');
      if (issuer === undefined) return undefined;
      return { type, issuer, ...(clientId === undefined ? {} : { clientId }), ...(iatTtlMs === undefined ? {} : { iatTtlMs }), ...(authTtlMs === undefined ? {} : { authTtlMs }) };
    }
    case 'AWS_LAMBDA': {
      const functionArn = mode.required('LambdaAuthorizerConfig.AuthorizerUri');
      const identityValidationExpression = mode.text('LambdaAuthorizerConfig.IdentityValidationExpression');
      if (functionArn === undefined) return undefined;
      return {
        type,
        functionArn,
        // Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_LambdaAuthorizerConfig.html (0: no caching)
        resultTtlSeconds: mode.number('LambdaAuthorizerConfig.AuthorizerResultTtlInSeconds') ?? 0,
        ...(identityValidationExpression === undefined ? {} : { identityValidationExpression }),
      };
    }
    default:
      mode.report('AuthenticationType', `is "${type}"`, 'use API_KEY, AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT or AWS_LAMBDA');
      return undefined;
  }
}

/** The id of a pool begins with its region. Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html (`Id`) */
function reportOtherRegion(mode: Properties): void {
  const region = mode.literal('UserPoolConfig.AwsRegion');
  const poolId = mode.literal('UserPoolConfig.UserPoolId') ?? '';
  const [, own] = /^([a-z]+(?:-[a-z]+)+-\d+)_\w+$/.exec(poolId) ?? [];
  if (region !== undefined && own !== undefined && own !== region) mode.report('UserPoolConfig.AwsRegion', `is "${region}", and the user pool "${poolId}" is in ${own}`, `write "${own}"`);
}

/** Who may call an API: one object per authorization mode, so that a mode's settings and its checks stand together. */
import { Duration, Expiration } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';

export interface UserPoolAuthorizationOptions {
  /**
   * What signed-in users may do with fields that carry no directive; AppSync reads it on the default mode only.
   * @default appsync.UserPoolDefaultAction.ALLOW
   */
  readonly defaultAction?: appsync.UserPoolDefaultAction;
  /**
   * Regular expression the app client id of a token must match.
   * @default - every app client of the pool is accepted
   */
  readonly appIdClientRegex?: string;
}

export interface ApiKeyAuthorizationOptions {
  /**
   * Last day of the key, as an ISO 8601 date or date and time in UTC: `2027-06-01`. At most 365 days ahead at deploy time.
   * It is asked for because AppSync's own default is 7 days, counted again at every synth, and because a key that has
   * expired blocks later deployments.
   */
  readonly expires: string;
  /** @default - no description */
  readonly description?: string;
}

export interface OidcAuthorizationOptions {
  /** Issuer URL, as in the `iss` claim. */
  readonly issuer: string;
  /**
   * Regular expression tested on the `aud` or `azp` claim.
   * @default - every client of the issuer is accepted
   */
  readonly clientId?: string;
  /** @default - tokens are accepted until they expire */
  readonly tokenExpiryFromIssue?: Duration;
  /** @default - the time of authentication is not looked at */
  readonly tokenExpiryFromAuth?: Duration;
}

export interface LambdaAuthorizationOptions {
  /**
   * How long an answer of the authorizer is reused for the same token, 0 to 3,600 seconds.
   * @default Duration.seconds(0)
   */
  readonly resultsCacheTtl?: Duration;
  /**
   * Regular expression a token must match before the function is called.
   * @default - every token is passed on
   */
  readonly validationRegex?: string;
}

/** One authorization mode of an API. */
export abstract class Authorization {
  /** Users of an Amazon Cognito user pool. */
  static userPool(userPool: cognito.IUserPool, options: UserPoolAuthorizationOptions = {}): Authorization {
    return new FixedAuthorization({ authorizationType: appsync.AuthorizationType.USER_POOL, userPoolConfig: { userPool, ...options } });
  }

  /** Callers that know a key: public data, never a person. The API gets one key. */
  static apiKey(options: ApiKeyAuthorizationOptions): Authorization {
    return new ApiKeyAuthorization(options);
  }

  /** AWS principals that sign their requests: backends, pipelines, other accounts. */
  static iam(): Authorization {
    return new FixedAuthorization({ authorizationType: appsync.AuthorizationType.IAM });
  }

  /** Users of any OpenID Connect provider. */
  static oidc(options: OidcAuthorizationOptions): Authorization {
    const { issuer, clientId, tokenExpiryFromIssue, tokenExpiryFromAuth } = options;
    return new FixedAuthorization({
      authorizationType: appsync.AuthorizationType.OIDC,
      openIdConnectConfig: {
        oidcProvider: issuer,
        clientId,
        tokenExpiryFromIssue: tokenExpiryFromIssue?.toMilliseconds(),
        tokenExpiryFromAuth: tokenExpiryFromAuth?.toMilliseconds(),
      },
    });
  }

  /** Callers that a Lambda function lets in. The function gets the permission to be called. */
  static lambda(handler: lambda.IFunction, options: LambdaAuthorizationOptions = {}): Authorization {
    return new FixedAuthorization({ authorizationType: appsync.AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler, resultsCacheTtl: Duration.seconds(0), ...options } });
  }

  /** The mode as the L2 construct takes it. */
  abstract readonly mode: appsync.AuthorizationMode;

  /** When the API key expires, in epoch seconds. @default - not an API key */
  readonly apiKeyExpires?: number;
}

class FixedAuthorization extends Authorization {
  constructor(readonly mode: appsync.AuthorizationMode) {
    super();
  }
}

class ApiKeyAuthorization extends Authorization {
  readonly mode: appsync.AuthorizationMode;
  override readonly apiKeyExpires: number;

  constructor({ expires, description }: ApiKeyAuthorizationOptions) {
    super();
    const milliseconds = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(expires) ? Date.parse(expires) : NaN;
    if (Number.isNaN(milliseconds)) throw new Error(`"expires" of an API key must be a date such as "2027-06-01", got "${expires}"`);
    // AppSync rounds down to the hour; doing so here keeps the template equal to what is deployed.
    this.apiKeyExpires = Math.floor(milliseconds / 3_600_000) * 3_600;
    // The L2 throws for a date out of range as seen from the clock of the machine. The real date is set on the
    // resource afterwards, and the checks report a bad one together with everything else.
    this.mode = { authorizationType: appsync.AuthorizationType.API_KEY, apiKeyConfig: { expires: Expiration.after(Duration.days(7)), description } };
  }
}

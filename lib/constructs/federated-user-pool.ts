/** A user pool whose users sign in with an identity provider of their own: SAML, or OpenID Connect. */
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { type SecretValue, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface SamlProviderOptions {
  /** URL of the provider's metadata, or the XML document itself. */
  readonly metadata: string;
  /** @default - the provider's attributes are not taken over */
  readonly attributeMapping?: cognito.AttributeMapping;
}

export interface OidcProviderOptions {
  /** Issuer URL, from which the rest is discovered. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: SecretValue;
  /** @default ['openid', 'email'] */
  readonly scopes?: string[];
  /** @default - the provider's attributes are not taken over */
  readonly attributeMapping?: cognito.AttributeMapping;
}

/** Where users come from. */
export abstract class IdentityProvider {
  /** @param name as it stands on the sign-in page: 3 to 32 characters */
  static saml(name: string, options: SamlProviderOptions): IdentityProvider {
    return new BoundProvider(name, (scope, userPool) => {
      const { metadata, attributeMapping } = options;
      const content = metadata.trimStart().startsWith('<') ? cognito.UserPoolIdentityProviderSamlMetadata.file(metadata) : cognito.UserPoolIdentityProviderSamlMetadata.url(metadata);
      return new cognito.UserPoolIdentityProviderSaml(scope, name, { userPool, name, metadata: content, attributeMapping });
    });
  }

  /** @param name as it stands on the sign-in page: 3 to 32 characters */
  static oidc(name: string, options: OidcProviderOptions): IdentityProvider {
    return new BoundProvider(name, (scope, userPool) => {
      const { issuer, clientId, clientSecret, scopes = ['openid', 'email'], attributeMapping } = options;
      // Cognito takes the secret as a property alone; a reference to Secrets Manager keeps it out of the template.
      return new cognito.UserPoolIdentityProviderOidc(scope, name, { userPool, name, issuerUrl: issuer, clientId, clientSecret: clientSecret.unsafeUnwrap(), scopes, attributeMapping });
    });
  }

  abstract readonly name: string;

  /** @internal */
  abstract bind(scope: Construct, userPool: cognito.IUserPool): cognito.IUserPoolIdentityProvider;
}

class BoundProvider extends IdentityProvider {
  constructor(
    readonly name: string,
    private readonly make: (scope: Construct, userPool: cognito.IUserPool) => cognito.IUserPoolIdentityProvider,
  ) {
    super();
    if (!/^[^_\s][\S ]{1,30}[^_\s]$/.test(name)) throw new Error(`the name of an identity provider has 3 to 32 characters, got "${name}"`);
  }

  bind(scope: Construct, userPool: cognito.IUserPool): cognito.IUserPoolIdentityProvider {
    return this.make(scope, userPool);
  }
}

export interface FederatedUserPoolProps {
  readonly providers: IdentityProvider[];
  /** First part of the domain of the sign-in page, unique in the region: `my-company`. */
  readonly domainPrefix: string;
  /** Addresses of the application that users come back to. */
  readonly callbackUrls: string[];
  /**
   * Addresses that users are sent to when they sign out.
   * @default - `callbackUrls`
   */
  readonly logoutUrls?: string[];
  /**
   * Attributes of users beside the standard ones, such as `tenantId`.
   * @default - none
   */
  readonly customAttributes?: { readonly [name: string]: cognito.ICustomAttribute };
  /**
   * An existing pool, which gets providers, domain and client.
   * @default - a pool that nobody can sign up to, which passes cdk-nag's AwsSolutions
   */
  readonly userPool?: cognito.IUserPool;
}

/**
 * `Authorization.userPool(new FederatedUserPool(this, 'Users', { … }).userPool)`: users sign in with their own provider, and call the API
 * with the tokens that the pool makes of it.
 *
 * The client uses the authorization code grant, without a secret; users of the pool itself cannot sign in through it.
 */
export class FederatedUserPool extends Construct {
  readonly userPool: cognito.IUserPool;
  readonly client: cognito.UserPoolClient;
  readonly domain: cognito.UserPoolDomain;
  readonly providers: cognito.IUserPoolIdentityProvider[];

  constructor(scope: Construct, id: string, props: FederatedUserPoolProps) {
    super(scope, id);
    const { providers, domainPrefix, callbackUrls, logoutUrls = callbackUrls, customAttributes } = props;
    if (providers.length === 0) throw new Error(`${this.node.path}: "providers" names no identity provider, so nobody could sign in`);
    if (callbackUrls.length === 0) throw new Error(`${this.node.path}: "callbackUrls" is empty, so nobody could come back from signing in`);
    if (props.userPool && customAttributes) throw new Error(`${this.node.path}: "customAttributes" are those of a pool that is created; "userPool" has its own`);

    this.userPool = props.userPool ?? poolOfOthers(this, customAttributes);
    const scopeOfProviders = new Construct(this, 'Providers');
    this.providers = providers.map((provider) => provider.bind(scopeOfProviders, this.userPool));
    this.domain = new cognito.UserPoolDomain(this, 'Domain', { userPool: this.userPool, cognitoDomain: { domainPrefix } });
    this.client = new cognito.UserPoolClient(this, 'Client', {
      userPool: this.userPool,
      generateSecret: false,
      oAuth: { flows: { authorizationCodeGrant: true }, scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL], callbackUrls, logoutUrls },
      supportedIdentityProviders: providers.map(({ name }) => cognito.UserPoolClientIdentityProvider.custom(name)),
      preventUserExistenceErrors: true,
    });
    // The client names them, which CloudFormation does not see.
    this.client.node.addDependency(scopeOfProviders);
  }
}

/** Nobody has a password here through the client of ours, but administrators may make users who do. */
function poolOfOthers(scope: Construct, customAttributes: FederatedUserPoolProps['customAttributes']): cognito.UserPool {
  const pool = new cognito.UserPool(scope, 'Resource', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
    customAttributes: customAttributes && { ...customAttributes },
  });
  Validations.of(pool).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-COG2', reason: 'second factors are asked for by the identity providers that users sign in with' },
    { id: 'AwsSolutions::AwsSolutions-COG8', reason: 'threats are watched for by the identity providers that users sign in with' },
  );
  return pool;
}

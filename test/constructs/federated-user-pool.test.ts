import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FederatedUserPool, type FederatedUserPoolProps, IdentityProvider } from '../../lib';

const corp = IdentityProvider.saml('Corp', { metadata: 'https://login.corp.example.com/metadata', attributeMapping: { email: cognito.ProviderAttribute.other('mail'), custom: { 'custom:tenantId': cognito.ProviderAttribute.other('tenant') } } });
const minimal = { providers: [corp], domainPrefix: 'shop', callbackUrls: ['https://shop.example.com/'] };

function made(props: Partial<FederatedUserPoolProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const users = new FederatedUserPool(stack, 'Users', { ...minimal, ...props });
  return { users, template: Template.fromStack(stack) };
}

test('users sign in with their SAML provider, through a client without secret', () => {
  const { template } = made({ customAttributes: { tenantId: new cognito.StringAttribute({ mutable: true }) } });

  template.hasResourceProperties('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, Schema: [{ Name: 'tenantId', Mutable: true }] });
  template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderName: 'Corp',
    ProviderType: 'SAML',
    ProviderDetails: { MetadataURL: 'https://login.corp.example.com/metadata' },
    AttributeMapping: { email: 'mail', 'custom:tenantId': 'tenant' },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { Domain: 'shop' });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    SupportedIdentityProviders: ['Corp'],
    AllowedOAuthFlows: ['code'],
    CallbackURLs: ['https://shop.example.com/'],
    LogoutURLs: ['https://shop.example.com/'],
    GenerateSecret: false,
  });
});

test('the client is made after the providers it names', () => {
  const [client] = Object.values(made().template.findResources('AWS::Cognito::UserPoolClient'));

  expect(client?.DependsOn).toEqual([expect.stringMatching(/^UsersProvidersCorp/)]);
});

test('an OpenID Connect provider is discovered from its issuer, its secret stays out of the template', () => {
  const secret = SecretValue.secretsManager('login-secret');
  const { template } = made({ providers: [IdentityProvider.oidc('Login', { issuer: 'https://login.example.com', clientId: 'shop', clientSecret: secret })] });

  template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderType: 'OIDC',
    ProviderDetails: { oidc_issuer: 'https://login.example.com', client_id: 'shop', client_secret: '{{resolve:secretsmanager:login-secret:SecretString:::}}', authorize_scopes: 'openid email' },
  });
});

test('everything that is made can be had', () => {
  const { users } = made();

  expect([users.userPool.userPoolId, users.client.userPoolClientId, users.domain.domainName, users.providers[0]?.providerName].every((value) => typeof value === 'string')).toBe(true);
});

test('AwsSolutions finds nothing to refuse', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'federated-pool-'));
  const app = new App({ outdir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new FederatedUserPool(new Stack(app, 'Stack'), 'Users', minimal);

  try {
    expect(() => app.synth()).not.toThrow();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});

test.each<[Partial<FederatedUserPoolProps>, string]>([
  [{ providers: [] }, 'Stack/Users: "providers" names no identity provider, so nobody could sign in'],
  [{ callbackUrls: [] }, 'Stack/Users: "callbackUrls" is empty, so nobody could come back from signing in'],
])('refuses %j', (props, message) => {
  expect(() => made(props)).toThrow(new Error(message));
});

test('refuses attributes for a pool that exists, and a name that Cognito does not take', () => {
  const stack = new Stack(new App(), 'Stack');
  const userPool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'us-east-1_abcdefghi');

  expect(() => new FederatedUserPool(stack, 'Users', { ...minimal, userPool, customAttributes: {} })).toThrow('"customAttributes" are those of a pool that is created');
  expect(() => IdentityProvider.saml('C', { metadata: 'https://login.example.com' })).toThrow('the name of an identity provider has 3 to 32 characters, got "C"');
});

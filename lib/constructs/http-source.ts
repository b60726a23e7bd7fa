/** An HTTP endpoint as a data source: REST, SOAP, or an AWS service whose API is HTTP. */
import { Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

export interface HttpSigning {
  /** Name in the signature: `states` for Step Functions, `execute-api` for API Gateway, `sqs`, … */
  readonly service: string;
  /** @default - the region of the stack */
  readonly region?: string;
  /** What the role of the data source may do with that service. */
  readonly allow: iam.PolicyStatement[];
}

export interface HttpSourceProps extends AssumedRoleProps {
  /** Scheme, host and, if it must be, port, such as `https://prices.example.com`. Paths belong into the resolvers (`resourcePath`). AppSync reaches public endpoints only, and refuses self-signed certificates. */
  readonly endpoint: string;
  /**
   * Signs requests with Signature Version 4.
   * @default - requests are not signed, and nothing is allowed to the role
   */
  readonly signing?: HttpSigning;
}

export class HttpSource extends ApiDataSource {
  readonly dataSource: appsync.HttpDataSource;
  readonly role: iam.Role;

  /** @throws Error when the endpoint has a path, or is no http or https address */
  constructor(api: EnterpriseGraphqlApi, id: string, { endpoint, signing, role }: HttpSourceProps) {
    super(api, id);
    // An endpoint of another resource is a token and cannot be looked at.
    if (!Stack.of(this).resolve(endpoint)) throw new Error(`${this.node.path}: "endpoint" is empty`);
    if (typeof Stack.of(this).resolve(endpoint) === 'string') this.requireAddress(endpoint);
    this.dataSource = new appsync.HttpDataSource(this, 'DataSource', {
      api: api.graphqlApi,
      name: id,
      endpoint,
      serviceRole: this.givenRole({ role }),
      ...(signing && { authorizationConfig: { signingServiceName: signing.service, signingRegion: signing.region ?? Stack.of(this).region } }),
    });
    this.role = this.roleOf(this.dataSource);
    for (const statement of signing?.allow ?? []) this.role.addToPolicy(statement);
  }

  /** @internal */
  override grantFor(): void {}

  private requireAddress(endpoint: string): void {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${this.node.path}: "endpoint" is an address such as "https://prices.example.com", got "${endpoint}"`);
    if (url.pathname !== '/' || url.search !== '') {
      throw new Error(`${this.node.path}: "endpoint" has no path: use "${url.origin}", and put "${url.pathname}${url.search}" into the "resourcePath" of the resolvers`);
    }
  }
}

/**
 * Tenants that share an API and its tables, kept apart: who has no tenant is refused, resolvers find the caller's tenant in one place,
 * and roles of users may be tied to the rows of theirs.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DynamoTableSource } from './dynamo-table-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import { NoneSource } from './none-source';
import { ResolverStep } from './resolver-step';
import { Value } from './value';
import { identityCode } from './value-code';

export interface TenantIsolationProps {
  /**
   * Where the caller's identity holds the tenant: a claim that users cannot write themselves, or `resolverContext.tenantId` of a Lambda authorizer.
   * @default 'claims.custom:tenantId'
   */
  readonly tenant?: string;
  /**
   * Session tag of roles that holds the tenant, for `allowOwnRows`: what an identity pool maps the claim to.
   * @default 'tenantId'
   */
  readonly principalTag?: string;
}

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/**
 * `orders.resolve('Query.getOrder', { before: [tenants.step] })`: the code finds the tenant as `ctx.stash.tenantId`, and puts it into every key.
 */
export class TenantIsolation extends Construct {
  /** Refuses callers without a tenant, and puts it into `ctx.stash.tenantId`. */
  readonly step: ResolverStep;
  /** The tenant in filters and guards of subscriptions. */
  readonly tenant: Value;
  /** What the step runs on. */
  readonly source: NoneSource;
  private readonly principalTag: string;

  constructor(api: EnterpriseGraphqlApi, id: string, props: TenantIsolationProps = {}) {
    super(api, `${id}Isolation`);
    const { tenant = 'claims.custom:tenantId', principalTag = 'tenantId' } = props;
    if (!/^(claims|resolverContext)\../.test(tenant)) throw new Error(`${this.node.path}: "tenant" is a claim such as "claims.custom:tenantId", or "resolverContext.tenantId", got "${tenant}"`);
    this.principalTag = principalTag;
    this.source = new NoneSource(api, id);
    this.tenant = Value.identity(tenant);
    this.step = ResolverStep.fromCode(this.source, (field) => tenantCode(field, tenant));
  }

  /**
   * Lets a role use the rows of its own tenant alone: those whose partition key is the value of the session tag. For data sources that run with
   * the caller's credentials, and for clients that use the table themselves.
   * @param actions of DynamoDB. @default reading items by key, and queries
   */
  allowOwnRows(role: iam.IRole, { table }: DynamoTableSource, actions: string[] = readActions): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee: role,
      actions,
      resourceArns: [table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`\${aws:PrincipalTag/${this.principalTag}}`] }, Null: { 'dynamodb:LeadingKeys': 'false' } },
    });
  }
}

function tenantCode(field: string, tenant: string): string {
  return `import { util } from '@aws-appsync/utils';

/** Lets callers of ${field} go on who have a tenant, and tells the next steps which; generated from the stack. */
export function request(ctx) {
  const tenantId = ${identityCode(tenant)};
  if (typeof tenantId !== 'string' || tenantId === '') {
    util.unauthorized();
  }
  ctx.stash.tenantId = tenantId;
  return { payload: null };
}

export function response() {
  return null;
}
`;
}

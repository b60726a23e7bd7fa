/** What every data source of an `EnterpriseGraphqlApi` can do: answer fields, and get the permissions that takes. */
import type { Duration } from 'aws-cdk-lib';
import type * as appsync from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { HandlerFacts } from '../compiler';
import { invariant } from '../diagnostics';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import type { ResolverStep } from './resolver-step';

export interface ResolveOptions {
  /**
   * Steps that run before the code of the field: who may go on, and what the code finds in the stash. They make it a pipeline.
   * @default - the code runs alone
   */
  readonly before?: ResolverStep[];
  /**
   * File with the resolver's code, relative to the working directory.
   * @default - `<Type>.<field>.ts` in the API's resolver folder
   */
  readonly file?: string;
  /**
   * Parts of the context that make up the cache key, such as `$context.arguments.id`. Leave the identity out only if every
   * caller may see the same answer. Needs per-resolver caching on the API.
   * @default - not cached, or, if `cacheTtl` is given, by arguments, source and identity as a whole
   */
  readonly cacheKeys?: string[];
  /** @default - the time of the API's cache */
  readonly cacheTtl?: Duration;
}

export interface AssumedRoleProps {
  /**
   * What AppSync assumes to use the source; it gets the permissions that takes. Sources that share a role save up to two resources each, and each of them
   * may then do what the others may.
   * @default - `dataSourceRole` of the API, or a role of its own
   */
  readonly role?: iam.Role;
}

/** A data source. The name is the id: letters, digits and underscores, since AppSync takes no others. */
export abstract class ApiDataSource extends Construct {
  /** The L2 data source. */
  abstract readonly dataSource: appsync.BaseDataSource;

  constructor(
    /** The API this data source belongs to. */
    readonly api: EnterpriseGraphqlApi,
    id: string,
  ) {
    super(api, id);
    if (!/^[_A-Za-z][_0-9A-Za-z]*$/.test(id)) {
      throw new Error(`${this.node.path}: the id of a data source is its name in AppSync and must be letters, digits and underscores, not starting with a digit, got "${id}"`);
    }
  }

  /**
   * Answers a field with one request to this data source.
   * @param field `Type.field`
   */
  resolve(field: string, options: ResolveOptions = {}): appsync.Resolver {
    return this.api.attachUnit(field, this, options);
  }

  /** The role that is given, here or for the whole API, or one of its own. @internal */
  protected roleFor({ role }: AssumedRoleProps, purpose: string): iam.Role {
    return this.givenRole({ role }) ?? new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com'), description: `Lets the AppSync data source ${this.node.id} ${purpose}` });
  }

  /** As an L2 data source takes it; without one it makes its own. @internal */
  protected givenRole({ role }: AssumedRoleProps): iam.Role | undefined {
    return role ?? this.api.dataSourceRole;
  }

  /** The role of an L2 data source. @internal */
  protected roleOf(dataSource: appsync.BackedDataSource): iam.Role {
    const { grantPrincipal } = dataSource;
    invariant(grantPrincipal instanceof iam.Role, `${this.node.path} has no role of this app`);
    return grantPrincipal;
  }

  /**
   * Gives the data source what some code attached to it needs. Called for every resolver and function.
   * @internal
   */
  abstract grantFor(facts: HandlerFacts): void;

  /**
   * What a resolver or function with this data source is told besides its code.
   * @param code bundled; undefined for one without any
   * @internal
   */
  settingsFor(_code?: string): { readonly maxBatchSize?: number } {
    return {};
  }
}

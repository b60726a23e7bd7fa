/**
 * What roles allow, gathered from every policy of the templates that is attached to them. When any part of the role of a data source is
 * outside the templates, or has no local value, nothing is claimed about it.
 */
import type { RoleModel, ServiceRoleModel } from './api-model';
import { attributeText, type IdentityPolicies, list, refText, tagsOf, texts } from './identity-policies';
import type { Resource } from './stack';
import { asPlain } from './template-file';

export class Roles {
  private readonly quietOf: ReadonlyMap<Resource, Resource>;
  private readonly roles = new Map<string, Resource>();
  private readonly known = new Map<Resource, ServiceRoleModel>();

  /**
   * @param resources of the assembly
   * @param quiet the same ones in the same order, deployed a second time
   * @param policies of the quiet ones
   */
  constructor(
    resources: readonly Resource[],
    quiet: readonly Resource[],
    private readonly policies: IdentityPolicies,
  ) {
    this.quietOf = new Map(resources.map((resource, index) => [resource, quiet[index] ?? resource]));
    for (const resource of quiet) if (resource.type === 'AWS::IAM::Role') this.roles.set(attributeText(resource, 'Arn'), resource);
  }

  /** The role of a data source of `resources`. */
  of(dataSource: Resource): ServiceRoleModel {
    const arn = this.quietOf.get(dataSource)?.properties.value('ServiceRoleArn');
    if (arn === undefined) return { kind: 'NONE' };
    const role = typeof arn === 'string' ? this.roles.get(arn) : undefined;
    if (!role) return { kind: 'UNKNOWN' };
    const model = this.known.get(role) ?? this.read(role);
    this.known.set(role, model);
    return model;
  }

  /** Every role, with as much of its policies as can be read. */
  all(): RoleModel[] {
    return [...this.roles].map(([arn, role]) => {
      const roleName = refText(role);
      const boundary = this.policies.boundaryOf(role);
      const identityPool = this.identityPools().find(({ roleArn }) => roleArn === arn)?.pool;
      return {
        roleName,
        arn,
        resource: role.ref,
        ...this.policies.readable(this.policies.of('Role', role, roleName)),
        ...(boundary && { boundary }),
        tags: tagsOf(role),
        ...(identityPool && { identityPool }),
      };
    });
  }

  private read(role: Resource): ServiceRoleModel {
    const roleName = refText(role);
    const { statements, foreign, mayHaveMore } = this.policies.of('Role', role, roleName);
    if (mayHaveMore || foreign.length > 0) return { kind: 'UNKNOWN' };
    const understood = statements.filter((statement) => statement !== undefined);
    return understood.length === statements.length ? { kind: 'KNOWN', roleName, trustsAppSync: this.trustsAppSync(role), resource: role.ref, statements: understood } : { kind: 'UNKNOWN' };
  }

  /** What `AWS::Cognito::IdentityPoolRoleAttachment` says. Roles chosen by rules (`RoleMappings`) are not looked at. */
  private identityPools(): { readonly roleArn: unknown; readonly pool: NonNullable<RoleModel['identityPool']> }[] {
    return [...this.quietOf.values()].flatMap(({ type, properties }) => {
      if (type !== 'AWS::Cognito::IdentityPoolRoleAttachment') return [];
      const { authenticated, unauthenticated } = asPlain(properties.value('Roles'));
      const id = String(properties.value('IdentityPoolId'));
      return [
        { roleArn: authenticated, pool: { id, isAuthenticated: true } },
        { roleArn: unauthenticated, pool: { id, isAuthenticated: false } },
      ];
    });
  }

  /** In doubt it does: whoever is named otherwise than as a service may be anybody. */
  private trustsAppSync(role: Resource): boolean {
    const statements = list(asPlain(role.properties.value('AssumeRolePolicyDocument')).Statement).map(asPlain);
    const principals = statements.filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => asPlain(Principal));
    const areServices = principals.length > 0 && principals.every((principal) => Object.keys(principal).join() === 'Service');
    return !areServices || principals.flatMap(({ Service }) => texts(Service)).some((service) => service.startsWith('appsync.') || this.policies.isUncertain(service));
  }
}

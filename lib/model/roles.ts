/**
 * What roles allow, gathered from every policy of the templates that is attached to them. When any part of the role of a data source is
 * outside the templates, or has no local value, nothing is claimed about it.
 */
import type { PolicyStatementModel, RoleModel, ServiceRoleModel } from './api-model';
import { managedStatements } from './managed-policies';
import type { Problems } from './problems';
import type { Resource } from './stack';
import { asPlain, type Plain } from './template-file';

interface Policy {
  readonly document: unknown;
  /** Names of the roles it is attached to by itself. */
  readonly roleNames: readonly string[];
}

const policyTypes = new Set(['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy']);

export class Roles {
  private readonly quietOf: ReadonlyMap<Resource, Resource>;
  private readonly roles = new Map<string, Resource>();
  private readonly policies: readonly Policy[];
  private readonly managedPolicies = new Map<string, Policy>();
  private readonly known = new Map<Resource, ServiceRoleModel>();

  /**
   * @param resources of the assembly
   * @param quiet the same ones in the same order, deployed a second time
   * @param problems what is met while the quiet ones are read, and nothing else
   */
  constructor(
    resources: readonly Resource[],
    quiet: readonly Resource[],
    private readonly problems: Problems,
  ) {
    this.quietOf = new Map(resources.map((resource, index) => [resource, quiet[index] ?? resource]));
    for (const resource of quiet) if (resource.type === 'AWS::IAM::Role') this.roles.set(attributeText(resource, 'Arn'), resource);
    this.policies = quiet.flatMap((resource) => {
      if (!policyTypes.has(resource.type)) return [];
      const roleName = resource.properties.value('RoleName');
      const policy = { document: resource.properties.value('PolicyDocument'), roleNames: [...texts(resource.properties.value('Roles')), ...texts(roleName)] };
      if (resource.type === 'AWS::IAM::ManagedPolicy') this.managedPolicies.set(refText(resource), policy);
      return [policy];
    });
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
      const { roleName, statements, foreign, mayHaveMore } = this.policiesOf(role);
      const known = statements.filter((statement) => statement !== undefined);
      const unread = [
        ...foreign.filter((policyArn) => managedStatements(policyArn) === undefined),
        ...(known.length < statements.length || mayHaveMore ? ['statements with values that are not known here'] : []),
      ];
      const identityPool = this.identityPools().find(({ roleArn }) => roleArn === arn)?.pool;
      return { roleName, arn, resource: role.ref, statements: [...known, ...foreign.flatMap((policyArn) => managedStatements(policyArn) ?? [])], unread, ...(identityPool && { identityPool }) };
    });
  }

  private read(role: Resource): ServiceRoleModel {
    const { roleName, statements, foreign, mayHaveMore } = this.policiesOf(role);
    if (mayHaveMore || foreign.length > 0) return { kind: 'UNKNOWN' };
    const understood = statements.filter((statement) => statement !== undefined);
    return understood.length === statements.length ? { kind: 'KNOWN', roleName, trustsAppSync: this.trustsAppSync(role), resource: role.ref, statements: understood } : { kind: 'UNKNOWN' };
  }

  /** Statements that cannot be read are undefined; `foreign` are the ARNs of managed policies that are not in the templates. */
  private policiesOf(role: Resource): { readonly roleName: string; readonly statements: readonly (PolicyStatementModel | undefined)[]; readonly foreign: readonly string[]; readonly mayHaveMore: boolean } {
    const roleName = refText(role);
    const inline = list(role.properties.value('Policies')).map((policy) => asPlain(policy).PolicyDocument);
    const managedArns = texts(role.properties.value('ManagedPolicyArns'));
    const managed = managedArns.flatMap((arn) => this.managedPolicies.get(arn) ?? []);
    const attached = this.policies.filter(({ roleNames }) => roleNames.includes(roleName));
    const documents = [...inline, ...[...managed, ...attached].map((policy) => policy.document)];
    return {
      roleName,
      statements: documents.flatMap((document) => list(asPlain(document).Statement).map((statement) => this.statement(asPlain(statement)))),
      foreign: managedArns.filter((arn) => !this.managedPolicies.has(arn)),
      mayHaveMore: this.policies.some(({ roleNames }) => roleNames.some((name) => this.isUncertain(name))),
    };
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
    return !areServices || principals.flatMap(({ Service }) => texts(Service)).some((service) => service.startsWith('appsync.') || this.isUncertain(service));
  }

  /** @returns undefined when a part of it has no local value, or is of no form that IAM takes */
  private statement({ Effect, Action, NotAction, Resource, NotResource, Condition }: Plain): PolicyStatementModel | undefined {
    const parts = { actions: Action, notActions: NotAction, resources: Resource, notResources: NotResource };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined);
    const isClear = given.every(([, value]) => list(value).every((text) => typeof text === 'string' && !this.isUncertain(text)));
    if (!isClear || (Effect !== 'Allow' && Effect !== 'Deny')) return undefined;
    return { effect: Effect, ...Object.fromEntries(given.map(([name, value]) => [name, texts(value)])), isConditional: Condition !== undefined };
  }

  /** True for a text with a stand-in for a value that cannot be had. */
  private isUncertain(text: string): boolean {
    return [...this.problems.placeholders].some((placeholder) => text.includes(placeholder));
  }
}

function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return list(value).map(String);
}

function refText({ stack, logicalId }: Resource): string {
  return String(stack.ref(logicalId, { logicalId, property: 'Ref' }));
}

function attributeText({ stack, logicalId }: Resource, attribute: string): string {
  return String(stack.attribute(logicalId, attribute, { logicalId, property: attribute }));
}

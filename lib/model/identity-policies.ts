/**
 * The policies of the templates, gathered for a role, a user or a group: inline ones, those attached to it, and managed ones by their ARN.
 * A part without a local value is said to be unknown, never guessed.
 */
import type { PolicyConditionModel, PolicyStatementModel } from './api-model';
import { managedStatements } from './managed-policies';
import type { Problems } from './problems';
import type { Resource } from './stack';
import { asPlain, type Plain } from './template-file';

export type PolicyHolder = 'Role' | 'User' | 'Group';

interface Policy {
  readonly document: unknown;
  /** Names of those it is attached to by itself. */
  readonly names: Readonly<Record<PolicyHolder, readonly string[]>>;
}

/** What is attached to somebody. */
export interface HeldPolicies {
  /** Those that cannot be read are undefined. */
  readonly statements: readonly (PolicyStatementModel | undefined)[];
  /** ARNs of managed policies that are not in the templates. */
  readonly foreign: readonly string[];
  /** A policy is attached to a name without a local value, which may be this one. */
  readonly mayHaveMore: boolean;
}

/** As much of it as can be used, and what cannot. */
export interface ReadablePolicies {
  readonly statements: readonly PolicyStatementModel[];
  /** Managed policies that are not in the templates, and statements with values that are not known here. */
  readonly unread: readonly string[];
}

const holders: readonly PolicyHolder[] = ['Role', 'User', 'Group'];
const policyTypes = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', ...holders.map((holder) => `AWS::IAM::${holder}Policy`)]);

export class IdentityPolicies {
  private readonly policies: readonly Policy[];
  private readonly managed = new Map<string, Policy>();

  constructor(
    resources: readonly Resource[],
    private readonly problems: Problems,
  ) {
    this.policies = resources.flatMap((resource) => {
      if (!policyTypes.has(resource.type)) return [];
      const namesOf = (holder: PolicyHolder) => [...texts(resource.properties.value(`${holder}s`)), ...texts(resource.properties.value(`${holder}Name`))];
      const policy = { document: resource.properties.value('PolicyDocument'), names: { Role: namesOf('Role'), User: namesOf('User'), Group: namesOf('Group') } };
      if (resource.type === 'AWS::IAM::ManagedPolicy') this.managed.set(refText(resource), policy);
      return [policy];
    });
  }

  of(holder: PolicyHolder, { properties }: Resource, name: string): HeldPolicies {
    const inline = list(properties.value('Policies')).map((policy) => asPlain(policy).PolicyDocument);
    const managedArns = texts(properties.value('ManagedPolicyArns'));
    const managed = managedArns.flatMap((arn) => this.managed.get(arn) ?? []);
    const attached = this.policies.filter(({ names }) => names[holder].includes(name));
    return {
      statements: [...inline, ...[...managed, ...attached].map((policy) => policy.document)].flatMap((document) => this.statementsOf(document)),
      foreign: managedArns.filter((arn) => !this.managed.has(arn)),
      mayHaveMore: this.policies.some(({ names }) => names[holder].some((other) => this.isUncertain(other))),
    };
  }

  /** What can be used of policies, those of AWS included whose content is known. */
  readable(...held: readonly HeldPolicies[]): ReadablePolicies {
    const all = held.flatMap(({ statements }) => statements);
    const foreign = held.flatMap((policies) => policies.foreign);
    const statements = all.filter((statement) => statement !== undefined);
    const isPartial = statements.length < all.length || held.some(({ mayHaveMore }) => mayHaveMore);
    return {
      statements: [...statements, ...foreign.flatMap((arn) => managedStatements(arn) ?? [])],
      unread: [...foreign.filter((arn) => managedStatements(arn) === undefined), ...(isPartial ? ['statements with values that are not known here'] : [])],
    };
  }

  /** @returns undefined without a permissions boundary */
  boundaryOf({ properties }: Resource): ReadablePolicies | undefined {
    const [arn] = texts(properties.value('PermissionsBoundary'));
    if (arn === undefined) return undefined;
    const policy = this.managed.get(arn);
    return this.readable({ statements: policy ? this.statementsOf(policy.document) : [], foreign: policy ? [] : [arn], mayHaveMore: false });
  }

  /** True for a text with a stand-in for a value that cannot be had. */
  isUncertain(text: string): boolean {
    return [...this.problems.placeholders].some((placeholder) => text.includes(placeholder));
  }

  private statementsOf(document: unknown): (PolicyStatementModel | undefined)[] {
    return list(asPlain(document).Statement).map((statement) => this.statement(asPlain(statement)));
  }

  /** @returns undefined when a part of it has no local value, or is of no form that IAM takes */
  private statement({ Effect, Action, NotAction, Resource, NotResource, Condition }: Plain): PolicyStatementModel | undefined {
    const parts = { actions: Action, notActions: NotAction, resources: Resource, notResources: NotResource };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined);
    const isClear = given.every(([, value]) => list(value).every((text) => typeof text === 'string' && !this.isUncertain(text)));
    if (!isClear || (Effect !== 'Allow' && Effect !== 'Deny')) return undefined;
    return {
      effect: Effect,
      ...Object.fromEntries(given.map(([name, value]) => [name, texts(value)])),
      isConditional: Condition !== undefined,
      ...(Condition !== undefined && { conditions: this.conditions(asPlain(Condition)) }),
    };
  }

  private conditions(condition: Plain): PolicyConditionModel[] {
    return Object.entries(condition).flatMap(([operator, tests]) =>
      Object.entries(asPlain(tests)).map(([key, value]) => {
        const values = texts(value);
        return { operator, key, ...(!values.some((text) => this.isUncertain(text)) && { values }) };
      }),
    );
  }
}

export function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function texts(value: unknown): string[] {
  return list(value).map(String);
}

/** What `Ref` of a resource gives. */
export function refText({ stack, logicalId }: Resource): string {
  return String(stack.ref(logicalId, { logicalId, property: 'Ref' }));
}

export function attributeText({ stack, logicalId }: Resource, attribute: string): string {
  return String(stack.attribute(logicalId, attribute, { logicalId, property: attribute }));
}

/** `Tags` of a resource, by key; those without a local value are left out. */
export function tagsOf({ properties }: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(list(properties.value('Tags')).map(asPlain).flatMap(({ Key, Value }) => (typeof Key === 'string' && typeof Value === 'string' ? [[Key, Value]] : [])));
}

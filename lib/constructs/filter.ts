/**
 * Who gets which events of a subscription, said in terms of the event, the subscription's arguments and the caller.
 * Hidden here: AppSync takes alternatives of conditions that all hold, so what is written is brought into that form.
 */
import type { SourceLocation } from '../diagnostics';
import { callSite } from './call-site';
import type { Guard } from './guard';
import { Value } from './value';

/** Operators of AppSync's enhanced filters. */
export type FilterOperator = 'eq' | 'ne' | 'le' | 'lt' | 'ge' | 'gt' | 'contains' | 'notContains' | 'beginsWith' | 'in' | 'notIn' | 'between' | 'containsAny';

/** One comparison, ready for code generation. */
export interface FilterCondition {
  readonly fieldName: string;
  readonly operator: FilterOperator;
  /** Two for `between`, else one. */
  readonly values: readonly Value[];
  /** Cognito groups whose members are not held to the condition. */
  readonly exceptGroups: readonly string[];
  /** Where the user wrote it. */
  readonly location: SourceLocation | undefined;
}

export interface IdentityConditionOptions {
  /**
   * Members of these Cognito groups are not held to the condition.
   * @default - everybody is
   */
  readonly exceptGroups?: string[];
}

/** What ends a subscription. */
export interface Ending {
  /** `Mutation.field` */
  readonly mutation: string;
  /** On the mutation's result. */
  readonly filter: Filter;
  readonly location: SourceLocation | undefined;
}

/** Who may subscribe, what they get, and when it ends. */
export abstract class SubscriptionRule {
  /** Lets only those subscribe whom all of the guards let in. They are asked when the subscription starts. */
  when(...guards: Guard[]): SubscriptionRule {
    return new GuardedRule(this.filter, [...this.guards, ...guards], this.endings);
  }

  /**
   * Ends a subscription as soon as a mutation gives a result that a filter lets pass: "when a member is removed, their subscription ends".
   * The filter compares fields of the mutation's result, selected or not, with the arguments and the identity of the subscriber.
   * A pipeline whose own handlers are not written out (no `index.ts`) ends subscriptions by itself; other code of the mutation has to call
   * `extensions.invalidateSubscriptions({ subscriptionField, payload: <the result> })`, which the checks demand.
   * @param mutation `Mutation.field`; one mutation ends subscriptions to at most five fields
   */
  endedBy(mutation: string, filter: Filter): SubscriptionRule {
    if (filter.alternatives.flat().some(({ exceptGroups }) => exceptGroups.length > 0)) throw new Error(`endedBy ${mutation}: "exceptGroups" has no place in what ends a subscription`);
    return new GuardedRule(this.filter, this.guards, [...this.endings, { mutation, filter, location: callSite() }]);
  }

  /** @internal */
  abstract readonly filter: Filter;
  /** @internal */
  abstract readonly guards: readonly Guard[];
  /** @internal */
  abstract readonly endings: readonly Ending[];
}

class GuardedRule extends SubscriptionRule {
  constructor(
    readonly filter: Filter,
    readonly guards: readonly Guard[],
    readonly endings: readonly Ending[],
  ) {
    super();
  }
}

/** A condition on the events of a subscription. All events must be objects: AppSync never delivers lists to filtered subscriptions. */
export abstract class Filter extends SubscriptionRule {
  /** A field of the event; nested ones by a dotted path of at most five levels. It must be among the fields the mutation selects. */
  static field(name: string): FieldFilter {
    return new FieldFilter(name);
  }

  /** Events that meet every one of the filters. */
  static all(...filters: Filter[]): Filter {
    requireSome('all', filters);
    return new Alternatives(filters.reduce<Conditions[]>((before, filter) => before.flatMap((one) => filter.alternatives.map((other) => [...one, ...other])), [[]]));
  }

  /** Events that meet at least one of the filters. Arguments in them must be required ones: what is left out would let everything pass. */
  static any(...filters: Filter[]): Filter {
    requireSome('any', filters);
    const alternatives = filters.flatMap((filter) => filter.alternatives);
    if (alternatives.flat().some((condition) => condition.exceptGroups.length > 0)) {
      throw new Error('Filter.any: "exceptGroups" has no place in an alternative; put the condition around it with Filter.all');
    }
    return new Alternatives(alternatives);
  }

  /** @internal */
  readonly filter: Filter = this;
  /** @internal */
  readonly guards: readonly Guard[] = [];
  /** @internal */
  readonly endings: readonly Ending[] = [];

  /** One of them must hold, of each every condition. @internal */
  abstract readonly alternatives: readonly Conditions[];
}

type Conditions = readonly FilterCondition[];

class Alternatives extends Filter {
  constructor(readonly alternatives: readonly Conditions[]) {
    super();
  }
}

function requireSome(method: string, filters: readonly Filter[]): void {
  if (filters.length === 0) throw new Error(`Filter.${method}: give at least one filter`);
}

/** The left side of a condition. Comparisons are strict by type and case; a field that is null or not selected meets none. */
export class FieldFilter {
  /** @internal */
  constructor(private readonly name: string) {}

  /** The field equals an argument. A caller that leaves the argument out gets the events whatever the field says. */
  equalsArgument(argument: string): Filter {
    return this.compared('eq', [Value.argument(argument)]);
  }

  /** The field equals one of the members of a list argument, at most five. A caller that leaves the argument out gets every event. */
  inArgument(argument: string): Filter {
    return this.compared('in', [Value.argument(argument)]);
  }

  /**
   * The field equals a member of the caller's identity: `sub`, `username`, `claims.tenant`.
   * A caller without that member is refused.
   */
  equalsIdentity(member: string, options: IdentityConditionOptions = {}): Filter {
    return this.compared('eq', [Value.identity(member)], options.exceptGroups);
  }

  equals(value: Value): Filter {
    return this.compared('eq', [value]);
  }

  notEquals(value: Value): Filter {
    return this.compared('ne', [value]);
  }

  lessThan(value: Value): Filter {
    return this.compared('lt', [value]);
  }

  atMost(value: Value): Filter {
    return this.compared('le', [value]);
  }

  moreThan(value: Value): Filter {
    return this.compared('gt', [value]);
  }

  atLeast(value: Value): Filter {
    return this.compared('ge', [value]);
  }

  /** Assumed: both bounds belong to the range. */
  between(low: Value, high: Value): Filter {
    return this.compared('between', [low, high]);
  }

  beginsWith(value: Value): Filter {
    return this.compared('beginsWith', [value]);
  }

  /** The field, a list, has the value among its members; or, a text, contains it. */
  contains(value: Value): Filter {
    return this.compared('contains', [value]);
  }

  notContains(value: Value): Filter {
    return this.compared('notContains', [value]);
  }

  /** The field, a list, has one of the members of a list, at most 20. */
  containsAny(list: Value): Filter {
    return this.compared('containsAny', [list]);
  }

  /** The field equals one of the members of a list, at most five. */
  isOneOf(list: Value): Filter {
    return this.compared('in', [list]);
  }

  /** The field equals none of the members of a list, at most five. */
  isNoneOf(list: Value): Filter {
    return this.compared('notIn', [list]);
  }

  private compared(operator: FilterOperator, values: readonly Value[], exceptGroups: readonly string[] = []): Filter {
    return new Alternatives([[{ fieldName: this.name, operator, values, exceptGroups, location: callSite() }]]);
  }
}

/** Which events a subscriber gets, said in terms of the event, the subscription's arguments and the caller. */

/** A value that a condition compares a field of the event with. */
export type FilterValue = { readonly argument: string } | { readonly identity: string; readonly exceptGroups: readonly string[] } | { readonly fixed: string | number | boolean };

/** One comparison, ready for code generation. */
export interface FilterCondition {
  readonly fieldName: string;
  /** Operator of AppSync's enhanced filters. */
  readonly operator: 'eq' | 'ne' | 'le' | 'lt' | 'ge' | 'gt' | 'contains' | 'notContains' | 'beginsWith' | 'in' | 'notIn' | 'between' | 'containsAny';
  readonly value: FilterValue;
}

export interface IdentityConditionOptions {
  /**
   * Members of these Cognito groups are not held to the condition.
   * @default - everybody is
   */
  readonly exceptGroups?: string[];
}

/** A condition on the events of a subscription. All events must be objects: AppSync never delivers lists to filtered subscriptions. */
export abstract class Filter {
  /** A field of the event; nested ones by a dotted path of at most five levels. It must be among the fields the mutation selects. */
  static field(name: string): FieldFilter {
    return new FieldFilter(name);
  }

  /** Events that meet every one of the filters. */
  static all(...filters: Filter[]): Filter {
    return new Conditions(filters.flatMap((filter) => filter.conditions));
  }

  /** @internal */
  abstract readonly conditions: readonly FilterCondition[];
}

class Conditions extends Filter {
  constructor(readonly conditions: readonly FilterCondition[]) {
    super();
  }
}

/** The left side of a condition. */
export class FieldFilter {
  /** @internal */
  constructor(private readonly name: string) {}

  /** The field equals an argument. A caller that leaves the argument out gets the events whatever the field says. */
  equalsArgument(argument: string): Filter {
    return this.compared('eq', { argument });
  }

  /** The field equals one of the members of a list argument, at most five. A caller that leaves the argument out gets every event. */
  inArgument(argument: string): Filter {
    return this.compared('in', { argument });
  }

  /** The field, a list, has an argument among its members; or, a string, contains it. */
  containsArgument(argument: string): Filter {
    return this.compared('contains', { argument });
  }

  /** The field begins with an argument. */
  beginsWithArgument(argument: string): Filter {
    return this.compared('beginsWith', { argument });
  }

  /** The field is at least an argument. */
  atLeastArgument(argument: string): Filter {
    return this.compared('ge', { argument });
  }

  /** The field is at most an argument. */
  atMostArgument(argument: string): Filter {
    return this.compared('le', { argument });
  }

  /**
   * The field equals a member of the caller's identity: `sub`, `username`, `claims.tenant`.
   * A caller without that member is refused.
   */
  equalsIdentity(member: string, options: IdentityConditionOptions = {}): Filter {
    return this.compared('eq', { identity: member, exceptGroups: options.exceptGroups ?? [] });
  }

  /** The field equals a fixed text. */
  equals(value: string): Filter {
    return this.compared('eq', { fixed: value });
  }

  private compared(operator: FilterCondition['operator'], value: FilterValue): Filter {
    return new Conditions([{ fieldName: this.name, operator, value }]);
  }
}

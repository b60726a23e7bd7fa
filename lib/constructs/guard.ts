/** Who may start a subscription, by what a data source says. */
import type { SourceLocation } from '../diagnostics';
import { callSite } from './call-site';
import type { DynamoTableSource } from './dynamo-table-source';
import type { Value } from './value';

export interface ItemGuardProps {
  /** All key attributes of the table. Arguments in it must be required ones. */
  readonly key: { readonly [attribute: string]: Value };
  /**
   * Attributes the item must have, with these values: `{ ownerId: Value.identity('sub') }`.
   * @default - any item will do
   */
  readonly where?: { readonly [attribute: string]: Value };
  /**
   * Members of these Cognito groups are let in without a look.
   * @default - everybody is looked up
   */
  readonly exceptGroups?: string[];
}

/** A condition on subscribing. It is asked once, when the subscription starts; `endedBy` is for what happens later. */
export abstract class Guard {
  /** Lets in those for whom a table has an item, read consistently: "members of the room", "the owner of the order". */
  static itemExists(source: DynamoTableSource, props: ItemGuardProps): Guard {
    return new ItemGuard(source, props, callSite());
  }

  /** @internal */
  abstract readonly source: DynamoTableSource;
  /** @internal */
  abstract readonly props: ItemGuardProps;
  /** @internal */
  abstract readonly location: SourceLocation | undefined;
}

class ItemGuard extends Guard {
  constructor(
    readonly source: DynamoTableSource,
    readonly props: ItemGuardProps,
    readonly location: SourceLocation | undefined,
  ) {
    super();
  }
}

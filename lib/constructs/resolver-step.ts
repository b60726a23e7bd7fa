/** Steps that run before the code of a field: conditions on who may go on, and what later steps find in the stash. */
import type { ApiDataSource } from './data-source';
import type { Guard } from './guard';
import { generatedHandler } from './handler-library';
import { itemGuardCode } from './subscription-code';

/** A step to put before the code of any field: `orders.resolve('Query.getOrder', { before: [step] })`. */
export abstract class ResolverStep {
  /** Goes on if the guard lets the caller in, and refuses the field otherwise: "the owner of the order". */
  static require(guard: Guard): ResolverStep {
    return new CodeStep(guard.source, (field) => itemGuardCode(field, guard.props));
  }

  /** @internal */
  static fromCode(source: ApiDataSource, code: (field: string) => string): ResolverStep {
    return new CodeStep(source, code);
  }

  /** @internal */
  abstract readonly source: ApiDataSource;
  /** @internal */
  abstract handlerFor(field: string): ReturnType<typeof generatedHandler>;
}

class CodeStep extends ResolverStep {
  constructor(
    readonly source: ApiDataSource,
    private readonly code: (field: string) => string,
  ) {
    super();
  }

  handlerFor(field: string): ReturnType<typeof generatedHandler> {
    return generatedHandler(this.code(field));
  }
}

/** Steps that run before the code of a field: conditions on who may go on, and what later steps find in the stash. */
import type { Diagnostic } from '../diagnostics';
import type { SchemaModel } from '../sdl';
import type { ApiDataSource } from './data-source';
import type { Guard } from './guard';
import { generatedHandler } from './handler-library';
import { checkGuard } from './subscription-checks';
import { itemGuardCode } from './subscription-code';

/** A step to put before the code of any field: `orders.resolve('Query.getOrder', { before: [step] })`. */
export abstract class ResolverStep {
  /** Goes on if the guard lets the caller in, and refuses the field otherwise: "the owner of the order". */
  static require(guard: Guard): ResolverStep {
    return new CodeStep(
      guard.source,
      (field) => itemGuardCode(field, guard.props),
      (schema, field) => checkGuard(schema, field, guard),
    );
  }

  /** @internal */
  static fromCode(source: ApiDataSource, code: (field: string) => string): ResolverStep {
    return new CodeStep(source, code);
  }

  /** @internal */
  abstract readonly source: ApiDataSource;
  /** @internal */
  abstract handlerFor(field: string): ReturnType<typeof generatedHandler>;
  /** What is wrong with the step where it stands. @internal */
  abstract findingsAt(schema: SchemaModel | undefined, field: string): readonly Diagnostic[];
}

class CodeStep extends ResolverStep {
  constructor(
    readonly source: ApiDataSource,
    private readonly code: (field: string) => string,
    readonly findingsAt: ResolverStep['findingsAt'] = () => [],
  ) {
    super();
  }

  handlerFor(field: string): ReturnType<typeof generatedHandler> {
    return generatedHandler(this.code(field));
  }
}

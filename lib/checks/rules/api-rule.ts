/** The shape of a rule about a whole API: what no single file can show. */
import type { Note, ResourceRef, SourceLocation } from '../../diagnostics';
import type { ApiModel } from '../../model';
import type { RuleSummary, SchemaModel } from '../../sdl';

export interface ApiRuleInput {
  readonly api: ApiModel;
  /** Undefined when the API has no schema, or one with errors of its own; rules that need it then find nothing. */
  readonly schema: SchemaModel | undefined;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

export interface ApiRule extends RuleSummary {
  check(input: ApiRuleInput): Iterable<ApiFinding>;
}

/** A breach of a rule: the resource that breaks it and, where the user's own file shows it, the place. */
export interface ApiFinding {
  readonly message: string;
  readonly resource?: ResourceRef;
  readonly location?: SourceLocation;
  readonly notes?: readonly Note[];
  readonly fix?: string;
}

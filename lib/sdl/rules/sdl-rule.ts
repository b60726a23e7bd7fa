/** The shape of a rule about the SDL: one law, its public code, and where it is broken. */
import type { ASTNode, DocumentNode } from 'graphql';
import type { Note, Severity, SourceLocation } from '../../diagnostics';
import type { SchemaModel } from '../schema-model';

/** What the list of diagnostics says about a code. */
export interface RuleSummary {
  readonly code: string;
  readonly severity: Severity;
  /** The law, as one lower-case clause that is true of a correct program. */
  readonly summary: string;
  /** The page that states the law. */
  readonly url: string;
}

export interface SdlRule extends RuleSummary {
  check(model: SdlRuleModel): Iterable<SdlFinding>;
}

/** A breach of a rule. */
export interface SdlFinding {
  /** Absent only when nothing that is written is at fault. */
  readonly at?: SourceLocation;
  readonly message: string;
  readonly notes?: readonly Note[];
  readonly fix?: string;
}

/** What rules see: the model, and the syntax tree it was made of. The schema may break graphql-js' own type rules. */
export interface SdlRuleModel extends SchemaModel {
  /** Extensions merged, redeclarations of AppSync's own definitions left out. */
  readonly document: DocumentNode;
  /** Where a node is written. A definition's place is its name. */
  locate(node: ASTNode): SourceLocation;
}

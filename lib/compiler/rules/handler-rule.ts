/** What a rule of the APPSYNC_JS subset is: a law with a name, and a check that yields the places that break it. */
import type { CodeSummary, Severity, SourceLocation } from '../../diagnostics';
import type { HandlerProgram } from '../handler-program';

/** A law as the documentation lists it. */
export interface RuleSummary {
  readonly code: string;
  readonly severity: Severity;
  /** What holds when nothing is wrong, lower case. */
  readonly summary: string;
  /** The page that states it. */
  readonly url?: string;
}

/** A stretch of the bundle, as offsets; every syntax node is one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Finding {
  readonly at: Span;
  readonly message: string;
  /** @default that of the rule; of a rule with both, `error` */
  readonly severity?: Severity;
  readonly fix?: string;
  readonly notes?: readonly { readonly message: string; readonly location?: SourceLocation }[];
  /** Set when the place is known better than the source map can tell. */
  readonly location?: SourceLocation;
}

export interface HandlerRule extends CodeSummary {
  check(handler: HandlerProgram): Iterable<Finding>;
}

/** The language page; most rules quote it. */
export const supportedFeatures = 'https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html';

/** The span of the keyword that a node starts with. */
export function keyword(node: Span, word: string): Span {
  return { start: node.start, end: node.start + word.length };
}

/**
 * A problem in what the user wrote, as data. Rules make them, `formatDiagnostics` draws them.
 * Two other kinds of error exist and are never mixed with this one: emulated AppSync errors (exact service text),
 * and bugs of ours (`invariant`).
 */
import type { SourceLocation } from './source-file';

/** `error`: AWS refuses it, or it cannot work. `warning`: it deploys and then surprises. */
export type Severity = 'error' | 'warning';

/** A second place or fact that explains a diagnostic. */
export interface Note {
  readonly message: string;
  readonly location?: SourceLocation;
}

/** The CloudFormation resource a diagnostic is about. */
export interface ResourceRef {
  /** Absolute path of the template file that declares the resource. */
  readonly templatePath: string;
  readonly logicalId: string;
}

export interface Diagnostic {
  /** Stable public id, `AREA_WHAT`: the areas are `SDL`, `RES` (resolver code), `API`, `MAN` (template), `RUN` (local run time). */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence, lower case, no final period; names in double quotes. */
  readonly message: string;
  /** Where in the user's own file; absent when no file is at fault. */
  readonly location?: SourceLocation;
  readonly notes: readonly Note[];
  /** One imperative sentence. */
  readonly fix?: string;
  /** The page that states the rule. */
  readonly url?: string;
  readonly resource?: ResourceRef;
}

/** A code in the list of all codes, `docs/diagnostics.md`. */
export interface CodeSummary {
  readonly code: string;
  readonly severity: Severity | 'error or warning';
  /** What holds when nothing is wrong, as one lower-case clause. */
  readonly summary: string;
  /** The page that states it. */
  readonly url?: string;
}

/** Input that cannot be used at all: carries every problem found, prints as `formatDiagnostics` would. */
export class DiagnosticError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
    this.name = 'DiagnosticError';
  }
}

/** States what must hold in our own code. @throws Error that asks for a report */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`${message}; this is a bug in cdk-enterprise-appsync: please report it with the input`);
}

/** Collects `MAN_*` diagnostics while templates are read; the same problem met twice is kept once. */
import { type Diagnostic, DiagnosticError, type ResourceRef, type Severity, type SourceLocation } from '../diagnostics';
import type { ModelCode } from './model-codes';

export interface Problem {
  readonly code: ModelCode;
  /** @default 'error' */
  readonly severity?: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly resource?: ResourceRef;
  readonly location?: SourceLocation;
  readonly url?: string;
}

export class Problems {
  private readonly known = new Map<string, Diagnostic>();
  /** Texts that stand in for values that could not be had: what follows from one of them is no problem of its own. */
  readonly placeholders = new Set<string>();

  add(problem: Problem): void {
    const { code, message, resource } = problem;
    const key = JSON.stringify([code, message, resource?.templatePath, resource?.logicalId]);
    if (!this.known.has(key)) this.known.set(key, diagnosticOf(problem));
  }

  /** In the order they were met. */
  list(): Diagnostic[] {
    return [...this.known.values()];
  }
}

/** The error for input that cannot be used at all. */
export function unreadable(message: string, fix: string, location?: SourceLocation): DiagnosticError {
  return new DiagnosticError([diagnosticOf({ code: 'MAN_UNREADABLE', message, fix, location })]);
}

function diagnosticOf({ severity = 'error', ...rest }: Problem): Diagnostic {
  const present = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as typeof rest;
  return { severity, notes: [], ...present };
}

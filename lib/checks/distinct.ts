import type { Diagnostic } from '../diagnostics';

/** Drops repetitions, keeping the first. */
export function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const key = identityOf(diagnostic);
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()];
}

/** What two findings have in common when they are the same one. A place in a file makes a finding what it is; without one, its resource does. */
export function identityOf({ code, message, location, resource }: Diagnostic): string {
  const place = location ? [location.file, location.line, location.column] : [resource?.templatePath, resource?.logicalId];
  return JSON.stringify([code, message, ...place]);
}

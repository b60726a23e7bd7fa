import type { Diagnostic } from '../diagnostics';

/** Drops repetitions, keeping the first. A place in a file makes a finding what it is; without one, its resource does. */
export function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const d of diagnostics) {
    const place = d.location ? [d.location.file, d.location.line, d.location.column] : [d.resource?.templatePath, d.resource?.logicalId];
    const key = JSON.stringify([d.code, d.message, ...place]);
    if (!seen.has(key)) seen.set(key, d);
  }
  return [...seen.values()];
}

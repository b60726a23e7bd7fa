/** The schema evolution gate of an API: its schema against the one that the clients in use were written for. */
import type { Diagnostic, SourceFile } from '../diagnostics';
import { compareSchemas, loadSchema, readSchemaFiles } from '../sdl';

/**
 * What changed since the baseline. A baseline that cannot be read is one finding; of a current schema that cannot be read the checks tell.
 * @param defaultMode AppSync's name of the mode of fields without a directive
 */
export function changesSince(baselinePath: string, current: readonly SourceFile[], defaultMode: string): readonly Diagnostic[] {
  const files = readSchemaFiles(baselinePath);
  if (files.diagnostics.length > 0) return files.diagnostics;
  const before = loadSchema(files.value);
  if (!before.value) {
    const [first] = before.diagnostics.filter(({ severity }) => severity === 'error');
    const at = first?.location ? { location: first.location } : {};
    return [{ code: 'SDL_BASELINE', severity: 'error', message: `the baseline schema cannot be read: ${first?.message ?? 'it is empty'}`, ...at, notes: [], fix: 'commit the schema of the release that clients use' }];
  }
  const now = loadSchema(current);
  return now.value ? compareSchemas(before.value, now.value, { defaultMode }).diagnostics : [];
}

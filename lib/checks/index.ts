/** ApiModel to diagnostics: will it deploy, and is it what its author meant. */
import type { Diagnostic } from '../diagnostics';
import type { ApiModel, Assembly } from '../model';

/** Every finding about one API: its SDL, its resolver code, and what no single file can show. Sorted by nothing; the formatter sorts. */
export function checkApi(_api: ApiModel): Diagnostic[] {
  throw new Error('pending');
}

/** Every finding about an assembly, the problems of reading it included. */
export function checkAssembly(_assembly: Assembly): Diagnostic[] {
  throw new Error('pending');
}

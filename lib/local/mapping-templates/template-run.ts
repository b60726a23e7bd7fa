/** What `$util` and `$extensions` may know and change of the template under way. */
import type { HandlerRun } from '../builtins';

export interface TemplateRun extends HandlerRun {
  /** Adds a finished line to the log. */
  logLine(line: string): void;
}

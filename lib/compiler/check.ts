/** The APPSYNC_JS subset, checked on the bundle and reported at the source. */
import type { Diagnostic, ResourceRef, SourceFile } from '../diagnostics';

export interface HandlerToCheck {
  readonly code: SourceFile;
  /** Source map of the code (JSON text), if it was bundled. */
  readonly sourceMap?: string;
  readonly resource?: ResourceRef;
}

/**
 * Everything AppSync would refuse in a resolver or function: syntax, forbidden statements, operators, globals, methods, imports,
 * missing `request` or `response`, and size. Positions are in the user's file when the source map leads there, otherwise in the bundle.
 */
export function checkHandlerCode(_handler: HandlerToCheck): Diagnostic[] {
  throw new Error('pending');
}

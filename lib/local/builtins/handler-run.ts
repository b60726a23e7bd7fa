/** What built-ins may know and change of the handler call under way. The evaluator makes one per call; it is the only state behind `util`, `runtime` and `extensions`. */

export interface RaisedError {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

export type RunEnd = { readonly kind: 'error'; readonly error: RaisedError } | { readonly kind: 'earlyReturn'; readonly value: unknown; readonly skipTo: 'NEXT' | 'END' };

export interface HandlerRun {
  readonly identity: unknown;
  readonly fieldName: string;
  readonly parentTypeName: string;
  /** `{ [name]: value }`, names as the handler wrote them. */
  readonly responseHeaders: Record<string, string>;
  readonly invalidations: { readonly subscriptionField: string; readonly payload: unknown }[];
  readonly evictions: { readonly typeName: string; readonly fieldName: string; readonly keys: Readonly<Record<string, unknown>> }[];
  subscriptionFilter: unknown;
  invalidationFilter: unknown;
  /** Set by the built-in that ends the handler, just before it throws `HandlerEnd`. */
  end: RunEnd | undefined;
  appendError(error: RaisedError): void;
  log(level: 'INFO' | 'ERROR', args: readonly unknown[]): void;
}

/** What all built-ins are made from. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The call under way. @throws Error when none is: module-level code of a handler runs in one too */
  readonly current: () => HandlerRun;
}

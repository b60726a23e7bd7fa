/** What a search domain refuses, in OpenSearch's own terms, and what only the local one cannot do. */

/** An error of OpenSearch. Source: https://opensearch.org/docs/latest/api-reference/ (shape), and the messages of its server. */
export class SearchError extends Error {
  constructor(
    readonly status: number,
    /** `parsing_exception`, `index_not_found_exception`, … */
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = 'SearchError';
  }

  /** What OpenSearch answers with. */
  get body(): unknown {
    const cause = { type: this.type, reason: this.message };
    return { error: { root_cause: [cause], ...cause }, status: this.status };
  }
}

/** Something OpenSearch knows and the local search does not. Ours, not the service's. */
export class UnsupportedClause extends Error {
  /** @param clause `query clause "script_score"`: what, and its name in the request */
  constructor(clause: string) {
    super(`not supported locally: ${clause}`);
    this.name = 'UnsupportedClause';
  }
}

export function parsing(message: string): SearchError {
  return new SearchError(400, 'parsing_exception', message);
}

export function illegalArgument(message: string): SearchError {
  return new SearchError(400, 'illegal_argument_exception', message);
}

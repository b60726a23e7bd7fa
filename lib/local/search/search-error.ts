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
  /**
   * @param clause `query clause "script_score"`: what, and its name in the request
   * @param at where in the request: `query.bool.must[0]`. @default not said
   */
  constructor(
    private readonly clause: string,
    private readonly at = '',
  ) {
    super(`not supported locally: ${clause}${at === '' ? '' : ` at ${at}`}`);
    this.name = 'UnsupportedClause';
  }

  /** The same, seen from further out. */
  inside(where: string): UnsupportedClause {
    return new UnsupportedClause(this.clause, this.at === '' || this.at.startsWith('[') ? where + this.at : `${where}.${this.at}`);
  }
}

/** Says where in the request it is what is not supported. @param where member of an object, or `[0]` */
export function inside<Value>(where: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnsupportedClause ? error.inside(where) : error;
  }
}

/** Reads a list member by member, or a value that stands for a list of one. */
export function eachInside<Value>(where: string, value: unknown, read: (member: unknown) => Value): Value[] {
  if (value === undefined || value === null) return [];
  return inside(where, () => (Array.isArray(value) ? value.map((member: unknown, i) => inside(`[${i}]`, () => read(member))) : [read(value)]));
}

export function parsing(message: string): SearchError {
  return new SearchError(400, 'parsing_exception', message);
}

export function illegalArgument(message: string): SearchError {
  return new SearchError(400, 'illegal_argument_exception', message);
}

/**
 * Values of variables as the Data API binds them: each with a type, which PostgreSQL takes at its word. That is why a text is no UUID
 * without a hint or a cast.
 * Source: https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_SqlParameter.html
 */

export interface SqlParameter {
  /** Object id of the type; 0 lets PostgreSQL find out. */
  readonly type: number;
  /** In PostgreSQL's notation. */
  readonly text: string | null;
}

/** Object ids that never change. Source: pg_type of every PostgreSQL */
const typeIds = { bool: 16, int8: 20, text: 25, json: 114, float8: 701, date: 1082, time: 1083, timestamp: 1114, numeric: 1700, uuid: 2950 } as const;

/** Assumed: JSON is `json` and not `jsonb`. */
const hinted: Readonly<Record<string, number>> = {
  DATE: typeIds.date,
  DECIMAL: typeIds.numeric,
  JSON: typeIds.json,
  TIME: typeIds.time,
  TIMESTAMP: typeIds.timestamp,
  UUID: typeIds.uuid,
};

export const hintNames = Object.keys(hinted);

/**
 * @param value of `variableMap`
 * @param hint one of `hintNames`
 * @returns undefined for what the Data API takes no parameter of: lists, and objects that are not hinted to be JSON
 * Observed: a text is `text` (`operator does not exist: uuid = text` in public reports).  |  Assumed: whole numbers are `int8`, others `float8`; a hinted
 * object is written as JSON.
 */
export function sqlParameter(value: unknown, hint: string | undefined): SqlParameter | undefined {
  const type = hint === undefined ? undefined : hinted[hint];
  switch (typeof value) {
    case 'string':
      return { type: type ?? typeIds.text, text: value };
    case 'number':
      return { type: type ?? (Number.isSafeInteger(value) ? typeIds.int8 : typeIds.float8), text: String(value) };
    case 'boolean':
      return { type: type ?? typeIds.bool, text: String(value) };
    case 'object':
      if (value === null) return { type: type ?? 0, text: null };
      return type === typeIds.json ? { type, text: JSON.stringify(value) } : undefined;
    default:
      return value === undefined ? { type: type ?? 0, text: null } : undefined;
  }
}

/**
 * `toJsonObject` of `util.rds` and of `@aws-appsync/utils/rds`: the result of the RDS Data API to a list of rows for each statement.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/resolvers.test.js.snap`.
 */
import { isPlainObject, type PlainObject } from './builtin';

/** @param result the Data API's answer or its JSON text; @returns null for what is neither */
export function toJsonObject(result: unknown): readonly (readonly PlainObject[])[] | null {
  const parsed = typeof result === 'string' ? parse(result) : result;
  if (!isPlainObject(parsed) || !Array.isArray(parsed.sqlStatementResults)) return null;
  return parsed.sqlStatementResults.map(rowsOf);
}

/** A statement that returned no records, such as an INSERT, gives one empty row. */
function rowsOf(result: unknown): readonly PlainObject[] {
  if (!isPlainObject(result) || !Array.isArray(result.records)) return [{}];
  const columns = Array.isArray(result.columnMetadata) ? result.columnMetadata.filter(isPlainObject) : [];
  return result.records.map((record: unknown) => {
    const row: Record<string, unknown> = {};
    const fields: readonly unknown[] = Array.isArray(record) ? record : [];
    fields.forEach((field, i) => {
      const name = columns[i]?.label ?? columns[i]?.name;
      if (typeof name === 'string' && isPlainObject(field) && field.isNull !== true) row[name] = fieldValue(field);
    });
    return row;
  });
}

/** `{ stringValue: 'a' }`, `{ longValue: 1 }`, …: the one member is the value. */
function fieldValue(field: PlainObject): unknown {
  return isPlainObject(field.arrayValue) ? arrayValue(field.arrayValue) : (Object.values(field)[0] ?? null);
}

/** `{ stringValues: [...] }` and the like, or `{ arrayValues: [<array>, …] }`. */
function arrayValue(array: PlainObject): readonly unknown[] {
  if (Array.isArray(array.arrayValues)) return array.arrayValues.filter(isPlainObject).map(arrayValue);
  const [values] = Object.values(array);
  return Array.isArray(values) ? values : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

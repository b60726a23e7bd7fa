/**
 * The RELATIONAL_DATABASE data source: one or two statements for the Data API, their results as one JSON text.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-rds-js.html and resolver-mapping-template-reference-rds.html
 */
import { type DataApi, DataApiError, DatabaseUnavailable, hintNames, type SqlParameter, sqlParameter, type StatementResult } from '../databases';
import { type DataSource, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { asList, asObject, type Document, isObject, required } from './request-document';

/** @param dataApi the database of the data source. @throws DatabaseUnavailable */
export function rdsDataSource(dataApi: () => DataApi): DataSource {
  return {
    async invoke(request) {
      const document: Document = isObject(request) ? request : {};
      const statements = readStatements(document);
      const parameters = readParameters(document);
      try {
        const sqlStatementResults: StatementResult[] = [];
        // Source: AppSync calls ExecuteStatement, which commits by itself. Assumed: hence nothing ties the two together; after a failure the second does not run.
        for (const sql of statements) sqlStatementResults.push(await dataApi().executeStatement(sql, parameters));
        return { result: JSON.stringify({ sqlStatementResults }) };
      } catch (error) {
        if (error instanceof DataApiError) return failure(error);
        // Not the service's doing: says in our own words what is missing on this machine.
        if (error instanceof DatabaseUnavailable) throw new DataSourceRequestError(error.message, 'LocalAppSync');
        throw error;
      }
    },
  };
}

/** Observed: `RDSHttp:{"message":"…"}` and `400 Bad Request`, in public reports. */
function failure({ message }: DataApiError): DataSourceResponse {
  return { result: null, error: { type: '400 Bad Request', message: `RDSHttp:${JSON.stringify({ message })}` } };
}

/** Assumed: texts. */
function readStatements(document: Document): readonly string[] {
  const statements = asList(required(document, 'statements'), '$[statements]');
  if (statements.length < 1 || statements.length > 2) throw new DataSourceRequestError(`Value for field '$[statements]' must hold one or two statements, but holds ${statements.length}.`);
  return statements.map((statement, i) => {
    if (typeof statement !== 'string') throw new DataSourceRequestError(`Value for field '$[statements][${i}]' must be a string.`);
    return statement;
  });
}

/** By name without the colon. Assumed: texts, and that an unknown hint and a hint without a variable are refused and left alone. */
function readParameters(document: Document): ReadonlyMap<string, SqlParameter> {
  const variables = document.variableMap == null ? {} : asObject(document.variableMap, '$[variableMap]');
  const hints = document.variableTypeHintMap == null ? {} : asObject(document.variableTypeHintMap, '$[variableTypeHintMap]');
  const entries = Object.entries(variables).map(([name, value]): [string, SqlParameter] => {
    const hint = hints[name];
    if (hint != null && !hintNames.some((known) => known === hint)) throw new DataSourceRequestError(`Value for field '$[variableTypeHintMap][${name}]' must be one of ${hintNames.join(', ')}.`);
    const parameter = sqlParameter(value, typeof hint === 'string' ? hint : undefined);
    if (!parameter) throw new DataSourceRequestError(`Value for field '$[variableMap][${name}]' must be a string, a number, a boolean or null.`);
    return [name.replace(/^:/, ''), parameter];
  });
  return new Map(entries);
}

/**
 * The `version` that the request template of a unit resolver gives: it decides what a data source's error and null mean.
 * Functions are always of the newer version, whatever their template says.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-changelog.html
 */
import { DataSourceRequestError } from '../data-sources/data-source';

export type TemplateVersion = '2017-02-28' | '2018-05-29';

/** Operations that the older version lacks. */
const newerOperations = new Set<unknown>(['BatchGetItem', 'BatchPutItem', 'BatchDeleteItem', 'TransactGetItems', 'TransactWriteItems', 'Sync', 'PutEvents']);

/**
 * @param document what the template made
 * @throws DataSourceRequestError when it gives no version, or one that does not know its operation. Assumed: the texts for the latter.
 */
export function templateVersion(document: unknown): TemplateVersion {
  const { version, operation } = (typeof document === 'object' && document !== null ? document : {}) as { readonly version?: unknown; readonly operation?: unknown };
  if (version == null) throw new DataSourceRequestError(`Value for field '$[version]' not found.`);
  if (version !== '2017-02-28' && version !== '2018-05-29') throw new DataSourceRequestError(`Unsupported template version '${String(version)}'.`);
  if (version === '2017-02-28' && newerOperations.has(operation)) throw new DataSourceRequestError(`Unsupported operation '${String(operation)}' for template version '${version}'.`);
  return version;
}

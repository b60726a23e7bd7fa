/** Event source mappings of our constructs that keep a search index like a table → `SearchIndexModel`. */
import type { SearchIndexModel, TableModel } from './api-model';
import { evaluate } from './intrinsics';
import type { Resource } from './stack';
import { asPlain } from './template-file';

/** Where our constructs say so, in the metadata of the mapping. */
const metadataKey = 'cdk-enterprise-appsync';

/** Indexes of tables that are not in the templates are left out: they have no changes here. */
export function readSearchIndexes(resources: readonly Resource[], tables: readonly TableModel[]): SearchIndexModel[] {
  return resources.flatMap(({ type, metadata, stack, logicalId, properties, ref }) => {
    if (type !== 'AWS::Lambda::EventSourceMapping') return [];
    const { searchIndex } = asPlain(metadata[metadataKey]);
    // What other mappings name is of no interest here, known or not.
    if (searchIndex === undefined) return [];
    const { name, endpoint, mappings } = asPlain(evaluate(searchIndex, stack, { logicalId, property: 'Metadata' }));
    const tableName = /:table\/([^/]+)\/stream\//.exec(properties.text('EventSourceArn') ?? '')?.[1];
    const table = tables.find((candidate) => candidate.tableName === tableName);
    if (typeof name !== 'string' || typeof endpoint !== 'string' || !table) return [];
    const keyAttributes = [table.partitionKey, ...(table.sortKey ? [table.sortKey] : [])].map((key) => key.name).sort();
    return [{ name, endpoint, tableName: table.tableName, keyAttributes, mappings: asPlain(mappings), resource: ref }];
  });
}

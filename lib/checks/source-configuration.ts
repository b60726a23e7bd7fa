/** The evaluated properties of a data source whose kind has no shape of its own in the model. */
import type { DataSourceModel } from '../model';

/** @param path dotted: `RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier` */
export function configured({ config }: Extract<DataSourceModel, { type: 'OTHER' }>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), config);
}

/** What is not here yet says so, in one wording. */
import { type DataSource, DataSourceRequestError } from './data-source';

/** Ours, not the service's: hence a type of its own. */
export const notEmulatedType = 'NotEmulatedLocally';

/** The error for an AppSync feature that the local runtime lacks. */
export function notEmulated(what: string, advice = ''): DataSourceRequestError {
  return new DataSourceRequestError(`${what} is not emulated locally yet${advice}`, notEmulatedType);
}

/** A data source of a kind we do not emulate: the API starts, and only the fields that use it fail. */
export function notEmulatedDataSource(name: string, awsType: string): DataSource {
  return {
    async invoke() {
      throw notEmulated(`data source "${name}" of type ${awsType}`, `: give it a stub, with "dev --stub ${name}=FILE" or "dataSources" of startLocalApi`);
    },
  };
}

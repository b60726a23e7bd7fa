/** What functions reach beside the tables: the assembly that they belong to. */
import type { TableModel } from '../../model';
import type { Principals } from '../auth';
import type { BusEvent } from '../data-sources';
import type { HttpHandler } from '../http-message';

export interface ServiceHost {
  /** Who may sign. */
  readonly principals: Principals;
  /** Whose tables and buses are meant by who signs with the local key pair. */
  readonly accountId: string;
  /** A table of the templates. */
  tableNamed(name: string): TableModel | undefined;
  /** Takes an event; whoever hears of it does so later. */
  putEvent(busArn: string, event: BusEvent): void;
  /** GraphQL over HTTP of a local API; undefined when there is none of that id. */
  graphQl(apiId: string): HttpHandler | undefined;
}

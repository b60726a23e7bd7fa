import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

export interface EventBridgeSourceProps extends AssumedRoleProps {
  /**
   * The bus that resolvers put events on.
   * @default - a bus is created
   */
  readonly eventBus?: events.IEventBus;
}

/** An event bus as a data source: resolvers announce what has happened, rules decide who hears of it. The role may put events on this bus only. */
export class EventBridgeSource extends ApiDataSource {
  readonly dataSource: appsync.EventBridgeDataSource;
  readonly eventBus: events.IEventBus;
  readonly role: iam.Role;

  constructor(api: EnterpriseGraphqlApi, id: string, props: EventBridgeSourceProps = {}) {
    super(api, id);
    this.eventBus = props.eventBus ?? new events.EventBus(this, 'Bus', { description: `Events of the API ${api.node.id}` });
    this.dataSource = new appsync.EventBridgeDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, eventBus: this.eventBus, serviceRole: this.givenRole(props) });
    this.role = this.roleOf(this.dataSource);
  }

  /** @internal */
  override grantFor(): void {}
}

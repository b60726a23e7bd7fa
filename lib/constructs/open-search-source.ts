/**
 * A search domain as a data source: the domain or an existing one, indexes that are kept like tables, and a role that may read those.
 * AppSync reaches public endpoints only, so a created domain has one; what keeps others out is that every request is signed by a role with permission.
 */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { DynamoTableSource } from './dynamo-table-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';
import { SearchIndex } from './search-index';

export interface OpenSearchSourceProps extends AssumedRoleProps {
  /**
   * An existing domain, used as it is. Its access policy has to let the role in where it does not leave that to the role's own policies.
   * @default - a domain is created: one small node, encrypted, for signed requests only
   */
  readonly domain?: opensearch.IDomain;
  /**
   * Indexes that have a document for each item of a table, by name. The changes of the table go to the index within seconds, by a function of this
   * construct; resolvers may read the index and not write it.
   * @default - no index is kept up
   */
  readonly index?: { readonly [name: string]: DynamoTableSource };
  /**
   * Mappings that indexes are created with, by name of the index, in OpenSearch's own form: `{ products: { properties: { sku: { type: 'keyword' } } } }`.
   * @default - OpenSearch infers the types of fields from the first document that has them; whole numbers become doubles
   */
  readonly mappings?: { readonly [index: string]: { readonly [key: string]: unknown } };
  /**
   * Indexes that resolvers themselves read and write.
   * @default - none
   */
  readonly otherIndexes?: string[];
  /**
   * Instances of a domain that is created.
   * @default - one `t3.small.search` with 10 GB
   */
  readonly capacity?: opensearch.CapacityConfig;
  /** @default RemovalPolicy.RETAIN */
  readonly removalPolicy?: RemovalPolicy;
}

export class OpenSearchSource extends ApiDataSource {
  readonly dataSource: appsync.BackedDataSource;
  readonly domain: opensearch.IDomain;
  readonly role: iam.Role;
  /** What keeps the indexes, by name. */
  readonly indexes: ReadonlyMap<string, SearchIndex>;

  /** @throws Error without any index, or when a name is none that OpenSearch takes */
  constructor(api: EnterpriseGraphqlApi, id: string, props: OpenSearchSourceProps) {
    super(api, id);
    const { index: kept = {}, mappings = {}, otherIndexes: others = [] } = props;
    this.requireNames([...Object.keys(kept), ...others], Object.keys(kept), Object.keys(mappings));
    this.domain = props.domain ?? this.createDomain(props);
    this.role = this.roleFor(props, 'search its indexes');
    this.dataSource = new DomainDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, serviceRole: this.role }, this.domain);
    this.indexes = new Map(Object.entries(kept).map(([name, table]) => [name, new SearchIndex(this, name, { domain: this.domain, table, ...(mappings[name] && { mappings: mappings[name] }) })]));
    for (const name of Object.keys(kept)) this.allowReading(`${this.domain.domainArn}/${name}`);
    for (const name of others) this.allow(['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'], [`${this.domain.domainArn}/${name}`, `${this.domain.domainArn}/${name}/*`]);
  }

  /** @internal */
  override grantFor(): void {}

  private allowReading(index: string): void {
    this.allow(['es:ESHttpGet', 'es:ESHttpPost'], [`${index}/_search`, `${index}/_count`, `${index}/_mget`]);
    this.allow(['es:ESHttpGet', 'es:ESHttpHead'], [`${index}/_doc/*`]);
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  }

  /** Without an access policy only roles whose own policies allow it get in. Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html */
  private createDomain({ capacity, removalPolicy = RemovalPolicy.RETAIN }: OpenSearchSourceProps): opensearch.Domain {
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.THREE_MONTHS });
    const mayLog = new logs.ResourcePolicy(this, 'LogPolicy', {
      policyStatements: [
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('es.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } })],
          actions: ['logs:PutLogEvents', 'logs:CreateLogStream'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    });
    const domain = new opensearch.Domain(this, 'Domain', {
      version: opensearch.EngineVersion.OPENSEARCH_2_19,
      capacity: capacity ?? { dataNodes: 1, dataNodeInstanceType: 't3.small.search', multiAzWithStandbyEnabled: false },
      ebs: { volumeSize: 10, volumeType: EbsDeviceVolumeType.GP3 },
      enforceHttps: true,
      tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
      nodeToNodeEncryption: true,
      encryptionAtRest: { enabled: true },
      logging: { slowSearchLogEnabled: true, slowSearchLogGroup: logGroup, slowIndexLogEnabled: true, slowIndexLogGroup: logGroup, appLogEnabled: true, appLogGroup: logGroup },
      // The L2 would write that policy with a custom resource and its Lambda function.
      suppressLogsResourcePolicy: true,
      removalPolicy,
    });
    domain.node.addDependency(mayLog);
    return domain;
  }

  private requireNames(names: readonly string[], kept: readonly string[], mapped: readonly string[]): void {
    if (names.length === 0) throw new Error(`${this.node.path}: give "index" or "otherIndexes": the data source could read nothing`);
    for (const name of names) {
      if (!/^[a-z0-9][a-z0-9_+-]*$/.test(name)) throw new Error(`${this.node.path}: an index is named by lower-case letters, digits, "_", "-" and "+", beginning with a letter or digit, got "${name}"`);
      if (names.indexOf(name) !== names.lastIndexOf(name)) throw new Error(`${this.node.path}: the index "${name}" is kept like a table, so resolvers do not write it; remove it from "otherIndexes"`);
    }
    const stray = mapped.find((name) => !kept.includes(name));
    if (stray !== undefined) throw new Error(`${this.node.path}: "mappings" has the index "${stray}", which "index" has not`);
  }
}

/** The L2 `OpenSearchDataSource` without its grants, which are for every method on every path. */
class DomainDataSource extends appsync.BackedDataSource {
  constructor(scope: OpenSearchSource, id: string, props: appsync.BackedDataSourceProps, domain: opensearch.IDomain) {
    super(scope, id, props, { type: 'AMAZON_OPENSEARCH_SERVICE', openSearchServiceConfig: { awsRegion: domain.env.region, endpoint: `https://${domain.domainEndpoint}` } });
  }
}

/** An index of a search domain that is kept like a table: the table's change stream, the function that indexes, and a queue for what it could not. */
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DynamoTableSource } from './dynamo-table-source';
import { functionRuntime } from './function-runtime';
import { searchIndexerCode } from './search-indexer-code';

/** @internal */
export interface SearchIndexProps {
  readonly domain: opensearch.IDomain;
  readonly table: DynamoTableSource;
  readonly mappings?: { readonly [key: string]: unknown };
}

/** Whole numbers become doubles: a price of 10 that comes first would otherwise make the field one of whole numbers, where 9.99 is 9. */
const defaultMappings = { dynamic_templates: [{ numbers: { match_mapping_type: 'long', mapping: { type: 'double' } } }] };

export class SearchIndex extends Construct {
  readonly function: lambda.Function;
  /** May read the stream and write this index, nothing else. */
  readonly role: iam.Role;
  readonly stream: lambda.CfnEventSourceMapping;
  /** Where changes are reported that could not be indexed, for 14 days: sequence numbers, not items. */
  readonly deadLetterQueue: sqs.Queue;

  /** @internal */
  constructor(scope: Construct, name: string, { domain, table, mappings = defaultMappings }: SearchIndexProps) {
    super(scope, name);
    const endpoint = `https://${domain.domainEndpoint}`;
    this.deadLetterQueue = new sqs.Queue(this, 'Unindexed', { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.THREE_MONTHS });
    this.role = this.roleFor(name, domain, table, logGroup);
    this.function = new lambda.Function(this, 'Function', {
      runtime: functionRuntime,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline(searchIndexerCode),
      timeout: Duration.seconds(60),
      memorySize: 256,
      description: `Indexes the changes of ${table.node.id} as "${name}"`,
      environment: { ENDPOINT: endpoint, INDEX: name, MAPPINGS: JSON.stringify(mappings) },
      logGroup,
      role: this.role,
    });
    this.stream = new lambda.CfnEventSourceMapping(this, 'Stream', {
      functionName: this.function.functionName,
      eventSourceArn: table.enableStream(),
      startingPosition: 'TRIM_HORIZON',
      batchSize: 200,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      maximumRetryAttempts: 10,
      destinationConfig: { onFailure: { destination: this.deadLetterQueue.queueArn } },
    });
    // Lambda looks at the permissions when the mapping is made.
    this.stream.node.addDependency(this.role);
    // The local API follows the table itself.
    this.stream.addMetadata('cdk-enterprise-appsync', { searchIndex: { name, endpoint, mappings } });
  }

  private roleFor(name: string, domain: opensearch.IDomain, table: DynamoTableSource, logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), description: `Lets the function that keeps the index ${name} read a stream and index` });
    const allow = (actions: string[], resources: string[]) => role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
    allow(['es:ESHttpPut'], [`${domain.domainArn}/${name}`]);
    allow(['es:ESHttpPost'], [`${domain.domainArn}/${name}/_bulk`]);
    // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.Lambda.Tutorial2.html
    allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], [table.enableStream()]);
    table.table.encryptionKey?.grantDecrypt(role);
    logGroup.grantWrite(role);
    this.deadLetterQueue.grantSendMessages(role);
    return role;
  }
}

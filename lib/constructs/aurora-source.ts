/**
 * An Aurora cluster as a data source, asked with SQL through the RDS Data API: a serverless PostgreSQL cluster made for the API, or an existing
 * one. Hides the network and the credentials that a cluster needs and the Data API does not.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { invariant } from '../diagnostics';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

export interface AuroraSourceProps extends AssumedRoleProps {
  /**
   * An existing Aurora cluster, PostgreSQL or MySQL. Its Data API is switched on if it is made in this app, and has to be on otherwise.
   * @default - a serverless PostgreSQL cluster is created from the other properties
   */
  readonly cluster?: rds.IDatabaseCluster;
  /**
   * Credentials that statements run with at an existing cluster.
   * @default - those the cluster was created with
   */
  readonly secret?: secretsmanager.ISecret;
  /**
   * Database that statements run in.
   * @default - 'app' in a cluster that is created, the one an existing cluster starts with otherwise
   */
  readonly databaseName?: string;
  /**
   * Network of a cluster that is created; it needs isolated subnets in two zones.
   * @default - one is created, with nothing in it but the cluster and no way in or out
   */
  readonly vpc?: ec2.IVpc;
  /** @default - the version this library was tested with */
  readonly engineVersion?: rds.AuroraPostgresEngineVersion;
  /**
   * Capacity units that a cluster that is created never goes below. With 0 it pauses when nobody asks, and the first request after that may
   * run into AppSync's limit of 30 seconds.
   * @default 0.5
   */
  readonly minCapacity?: number;
  /** @default 4 */
  readonly maxCapacity?: number;
  /** @default - the AWS managed key of RDS */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of a cluster that is created when it leaves the stack. Deletion protection is on unless it is to be destroyed.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * A `.sql` file, or a folder whose `.sql` files run in the order of their names, each once: makes the tables of the database that stands in
   * for the cluster when the API runs locally. Nothing of it is deployed; the tables of the cluster are made by whatever runs your migrations.
   * @default - a local database starts without tables
   */
  readonly localSchema?: string;
}

/**
 * A PostgreSQL or MySQL database behind an API.
 *
 * A created cluster is encrypted, backed up for 14 days, protected from deletion, and outlives the stack. RDS makes its password, rotates it and keeps
 * it in Secrets Manager. The role of the data source may run statements on this cluster with these credentials, and nothing else.
 */
export class AuroraSource extends ApiDataSource {
  readonly dataSource: appsync.BackedDataSource;
  readonly cluster: rds.IDatabaseCluster;
  readonly secret: secretsmanager.ISecret;
  readonly role: iam.Role;

  /** @throws Error for an existing cluster without credentials or Data API, properties that contradict each other, and SQL files that are not there */
  constructor(api: EnterpriseGraphqlApi, id: string, props: AuroraSourceProps = {}) {
    super(api, id);
    const localSchema = props.localSchema === undefined ? undefined : this.readSchema(props.localSchema);
    this.cluster = props.cluster ?? this.createCluster(props);
    this.secret = this.secretOf(props);
    this.switchDataApiOn();
    const databaseName = props.databaseName ?? (props.cluster ? undefined : 'app');
    this.role = this.roleFor(props, 'ask its database');
    this.dataSource = new DatabaseDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, serviceRole: this.role }, databaseName);
    this.grant();
    if (localSchema) this.dataSource.ds.addMetadata('cdk-enterprise-appsync', { localSchema });
  }

  /** @internal */
  override grantFor(): void {}

  /** Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-rds-js.html (AppSync uses ExecuteStatement) */
  private grant(): void {
    const { cluster, role, secret } = this;
    role.addToPolicy(new iam.PolicyStatement({ actions: ['rds-data:ExecuteStatement'], resources: [cluster.clusterArn] }));
    // The name of a secret may be known without the six characters at its end.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretFullArn ?? `${secret.secretArn}-??????`] }));
    secret.encryptionKey?.grantDecrypt(role);
  }

  private createCluster(props: AuroraSourceProps): rds.DatabaseCluster {
    if (props.secret) throw new Error(`${this.node.path}: "secret" goes with "cluster"; a cluster that is created has credentials of its own`);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    return new rds.DatabaseCluster(this, 'Cluster', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: props.engineVersion ?? rds.AuroraPostgresEngineVersion.VER_17_7 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      serverlessV2MinCapacity: props.minCapacity ?? 0.5,
      serverlessV2MaxCapacity: props.maxCapacity ?? 4,
      vpc: props.vpc ?? this.createVpc(),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      // The Data API goes by neither; nothing else is to find the usual door.
      port: 5433,
      enableDataApi: true,
      iamAuthentication: true,
      manageMasterUserPassword: true,
      defaultDatabaseName: props.databaseName ?? 'app',
      storageEncrypted: true,
      ...(props.encryptionKey && { storageEncryptionKey: props.encryptionKey }),
      backup: { retention: Duration.days(14) },
      cloudwatchLogsExports: ['postgresql'],
      copyTagsToSnapshot: true,
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
    });
  }

  /** The Data API reaches the cluster without it; RDS wants one all the same. */
  private createVpc(): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 28 }],
      // That would take a function to run at every deployment; nothing here is in the default group.
      restrictDefaultSecurityGroup: false,
    });
    vpc.addFlowLog('Traffic');
    return vpc;
  }

  /** As the grant of CDK itself does it, which gives more than statements need. A cluster of another app is as its template says. */
  private switchDataApiOn(): void {
    const resource = this.cluster.node.defaultChild;
    if (!(resource instanceof rds.CfnDBCluster)) return;
    if (Stack.of(resource).resolve(resource.enableHttpEndpoint) === false) throw new Error(`${this.node.path}: "cluster" has "enableDataApi: false", and AppSync asks it through the Data API: remove that`);
    resource.enableHttpEndpoint = true;
  }

  private secretOf({ cluster, secret }: AuroraSourceProps): secretsmanager.ISecret {
    const own = this.cluster as rds.IDatabaseCluster & { readonly secret?: secretsmanager.ISecret };
    const found = secret ?? own.secret;
    if (found) return found;
    invariant(cluster, `${this.node.path}: a created cluster has no secret`);
    throw new Error(`${this.node.path}: "cluster" brings no credentials: give the secret that statements are to run with as "secret"`);
  }

  /** Puts the files into the assembly, beside the template. @returns the name there */
  private readSchema(path: string): string {
    const stage = Stage.of(this);
    invariant(stage, `${this.node.path} is in no stage`);
    const files = sqlFiles(path).map((file) => ({ path: relative(process.cwd(), file), text: readFileSync(file, 'utf8') }));
    if (files.length === 0) throw new Error(`${this.node.path}: "localSchema" is "${path}", which is neither a .sql file nor a folder of such files`);
    const text = JSON.stringify({ files }, undefined, 1);
    const name = `local-schema.${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`;
    writeFileSync(join(stage.outdir, name), text);
    return name;
  }
}

function sqlFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return path.endsWith('.sql') ? [path] : [];
  if (!found?.isDirectory()) return [];
  return readdirSync(path).filter((name) => name.endsWith('.sql')).sort().map((name) => join(path, name));
}

/** The L2 `RdsDataSource` without its grants, which are for operations that are no more. */
class DatabaseDataSource extends appsync.BackedDataSource {
  constructor(scope: AuroraSource, id: string, props: appsync.BackedDataSourceProps, databaseName: string | undefined) {
    const { cluster, secret } = scope;
    super(scope, id, props, {
      type: 'RELATIONAL_DATABASE',
      relationalDatabaseConfig: {
        relationalDatabaseSourceType: 'RDS_HTTP_ENDPOINT',
        rdsHttpEndpointConfig: { awsRegion: cluster.env.region, dbClusterIdentifier: cluster.clusterArn, awsSecretStoreArn: secret.secretArn, ...(databaseName !== undefined && { databaseName }) },
      },
    });
  }
}

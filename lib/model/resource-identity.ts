/**
 * What a resource would be called once deployed: its physical id (`Ref`) and attributes (`Fn::GetAtt`), stable for a
 * stack name and a logical id, in the form AWS gives them. The template's own name for a resource wins over a made-up one.
 * Source: "Return values" of each resource in https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
import { createHash } from 'node:crypto';

/** A resource in the stack it would be deployed in. */
export interface IdentifiedResource {
  readonly type: string;
  readonly logicalId: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** An evaluated property, when it is there and a text. */
  text(property: string): string | undefined;
}

interface Identity {
  readonly ref: (r: IdentifiedResource) => string;
  readonly attributes?: Readonly<Record<string, (r: IdentifiedResource) => string>>;
}

export function physicalId(resource: IdentifiedResource): string {
  return (identities[resource.type]?.ref ?? generatedName)(resource);
}

/** An attribute, or undefined when only a deployed resource has it. */
export function attributeOf(resource: IdentifiedResource, attribute: string): string | undefined {
  const known = identities[resource.type]?.attributes?.[attribute];
  if (known) return known(resource);
  // Every kind has its ARN; the form below is right for most, and unique for all.
  return attribute === 'Arn' ? arn(resource, resource.type.split('::')[1]?.toLowerCase() ?? 'resource', physicalId(resource)) : undefined;
}

/** `aws`, or the partition of China or GovCloud. */
export function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The domain AWS endpoints of a region end with. */
export function urlSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

export function userPoolIssuer(userPoolId: string, region: string): string {
  return `https://cognito-idp.${region}.${urlSuffixOf(region)}/${userPoolId}`;
}

/** `length` characters `[0-9a-z]`, the same for the same seed. */
function hashed(length: number, ...seed: readonly string[]): string {
  return BigInt(`0x${createHash('sha256').update(seed.join('\0')).digest('hex')}`).toString(36).padStart(length, '0').slice(-length);
}

/** `AKIA` and 16 letters or digits, the same for the same seed. */
export function accessKeyIdOf(...seed: readonly string[]): string {
  return `AKIA${hashed(16, 'access key', ...seed).toUpperCase()}`;
}

function seedOf(r: IdentifiedResource): string[] {
  return [r.accountId, r.region, r.stackName, r.logicalId];
}

function generatedName(r: IdentifiedResource): string {
  return `${r.stackName}-${r.logicalId}`;
}

function named(property: string): (r: IdentifiedResource) => string {
  return (r) => r.text(property) ?? generatedName(r);
}

function arn(r: IdentifiedResource, service: string, resource: string): string {
  return `arn:${partitionOf(r.region)}:${service}:${r.region}:${r.accountId}:${resource}`;
}

/** S3 and IAM are global: their ARNs name no region, and buckets no account. */
function globalArn(r: IdentifiedResource, service: string, account: string, resource: string): string {
  return `arn:${partitionOf(r.region)}:${service}::${account}:${resource}`;
}

/** `Path` begins and ends with a slash. */
function iamArn(r: IdentifiedResource, kind: string, name: string): string {
  return globalArn(r, 'iam', r.accountId, `${kind}${r.text('Path') ?? '/'}${name}`);
}

/** ARN of a thing inside an API, which it names by `ApiId`. */
function childArn(kind: string, name: (r: IdentifiedResource) => string): (r: IdentifiedResource) => string {
  return (r) => arn(r, 'appsync', `apis/${r.text('ApiId') ?? ''}/${kind}/${name(r)}`);
}

const apiId = (r: IdentifiedResource) => hashed(26, ...seedOf(r));
const apiArn = (r: IdentifiedResource) => arn(r, 'appsync', `apis/${apiId(r)}`);
const apiHost = (r: IdentifiedResource, kind: string) => `${apiId(r)}.appsync-${kind}.${r.region}.${urlSuffixOf(r.region)}`;
const apiKey = (r: IdentifiedResource) => `da2-${hashed(26, 'key', ...seedOf(r))}`;
const functionId = (r: IdentifiedResource) => hashed(26, 'function', ...seedOf(r));
const textOrEmpty = (property: string) => (r: IdentifiedResource) => r.text(property) ?? '';
const resolverArn = (r: IdentifiedResource) => arn(r, 'appsync', `apis/${r.text('ApiId') ?? ''}/types/${r.text('TypeName') ?? ''}/resolvers/${r.text('FieldName') ?? ''}`);
const functionArn = childArn('functions', functionId);
const dataSourceArn = childArn('datasources', textOrEmpty('Name'));

const userPoolId = (r: IdentifiedResource) => `${r.region}_${hashed(9, ...seedOf(r))}`;
const lambdaName = named('FunctionName');
const lambdaArn = (r: IdentifiedResource) => arn(r, 'lambda', `function:${lambdaName(r)}`);
/** Versions and aliases name their function by name or by ARN. */
const qualifiedLambdaArn = (r: IdentifiedResource, qualifier: string) => {
  const target = r.text('FunctionName') ?? '';
  return `${target.startsWith('arn:') ? target : arn(r, 'lambda', `function:${target}`)}:${qualifier}`;
};
const tableName = named('TableName');
const tableArn = (r: IdentifiedResource) => arn(r, 'dynamodb', `table/${tableName(r)}`);
const streamArn = (r: IdentifiedResource) => `${tableArn(r)}/stream/2024-01-01T00:00:00.000`;
const bucketName = (r: IdentifiedResource) => r.text('BucketName') ?? generatedName(r).toLowerCase();
const roleName = named('RoleName');
const userName = named('UserName');
const groupName = named('GroupName');
const policyArn = (r: IdentifiedResource) => iamArn(r, 'policy', named('ManagedPolicyName')(r));
const queueName = named('QueueName');
const domainEndpoint = (r: IdentifiedResource) => `search-${named('DomainName')(r).toLowerCase()}-${hashed(26, ...seedOf(r))}.${r.region}.es.${urlSuffixOf(r.region)}`;
const clusterId = (r: IdentifiedResource) => r.text('DBClusterIdentifier') ?? generatedName(r).toLowerCase();
const clusterHost = (r: IdentifiedResource) => `${clusterId(r)}.cluster-${hashed(12, ...seedOf(r))}.${r.region}.rds.${urlSuffixOf(r.region)}`;
const secretArn = (r: IdentifiedResource) => arn(r, 'secretsmanager', `secret:${named('Name')(r)}-${hashed(6, ...seedOf(r))}`);
const busName = named('Name');

const table: Identity = { ref: tableName, attributes: { Arn: tableArn, StreamArn: streamArn } };
const searchDomain: Identity = {
  ref: named('DomainName'),
  attributes: { DomainEndpoint: domainEndpoint, Arn: (r) => arn(r, 'es', `domain/${named('DomainName')(r)}`), DomainArn: (r) => arn(r, 'es', `domain/${named('DomainName')(r)}`) },
};
const graphQlApi: Identity = {
  ref: apiArn,
  attributes: {
    ApiId: apiId,
    Arn: apiArn,
    GraphQLUrl: (r) => `https://${apiHost(r, 'api')}/graphql`,
    GraphQLDns: (r) => apiHost(r, 'api'),
    GraphQLEndpointArn: (r) => arn(r, 'appsync', `endpoints/graphql-api/${apiId(r)}`),
    RealtimeUrl: (r) => `wss://${apiHost(r, 'realtime-api')}/graphql`,
    RealtimeDns: (r) => apiHost(r, 'realtime-api'),
  },
};

/** A kind that is not listed has the generated name for an id, and its ARN for an attribute. */
const identities: Readonly<Record<string, Identity>> = {
  'AWS::AppSync::GraphQLApi': graphQlApi,
  'AWS::AppSync::GraphQLSchema': { ref: (r) => `${r.text('ApiId') ?? ''}GraphQLSchema`, attributes: { Id: (r) => `${r.text('ApiId') ?? ''}GraphQLSchema` } },
  'AWS::AppSync::ApiKey': { ref: childArn('apikeys', apiKey), attributes: { ApiKey: apiKey, ApiKeyId: apiKey, Arn: childArn('apikeys', apiKey) } },
  'AWS::AppSync::DataSource': { ref: dataSourceArn, attributes: { DataSourceArn: dataSourceArn, Name: textOrEmpty('Name') } },
  'AWS::AppSync::FunctionConfiguration': {
    ref: functionArn,
    attributes: { FunctionId: functionId, FunctionArn: functionArn, DataSourceName: textOrEmpty('DataSourceName'), Name: textOrEmpty('Name') },
  },
  'AWS::AppSync::Resolver': { ref: resolverArn, attributes: { ResolverArn: resolverArn, TypeName: textOrEmpty('TypeName'), FieldName: textOrEmpty('FieldName') } },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      UserPoolId: userPoolId,
      Arn: (r) => arn(r, 'cognito-idp', `userpool/${userPoolId(r)}`),
      ProviderName: (r) => userPoolIssuer(userPoolId(r), r.region).replace('https://', ''),
      ProviderURL: (r) => userPoolIssuer(userPoolId(r), r.region),
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: (r) => hashed(26, ...seedOf(r)), attributes: { ClientId: (r) => hashed(26, ...seedOf(r)) } },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Events::EventBus': { ref: busName, attributes: { Arn: (r) => arn(r, 'events', `event-bus/${busName(r)}`), Name: busName } },
  'AWS::IAM::AccessKey': { ref: (r) => accessKeyIdOf(...seedOf(r)) },
  'AWS::IAM::Group': { ref: groupName, attributes: { Arn: (r) => iamArn(r, 'group', groupName(r)) } },
  'AWS::IAM::ManagedPolicy': { ref: policyArn, attributes: { PolicyArn: policyArn } },
  'AWS::IAM::Role': { ref: roleName, attributes: { Arn: (r) => iamArn(r, 'role', roleName(r)), RoleId: (r) => `AROA${hashed(17, ...seedOf(r)).toUpperCase()}` } },
  'AWS::IAM::User': { ref: userName, attributes: { Arn: (r) => iamArn(r, 'user', userName(r)) } },
  'AWS::Lambda::Function': { ref: lambdaName, attributes: { Arn: lambdaArn } },
  'AWS::Lambda::Version': { ref: (r) => qualifiedLambdaArn(r, '1'), attributes: { Version: () => '1', FunctionArn: (r) => qualifiedLambdaArn(r, '1') } },
  'AWS::Lambda::Alias': { ref: (r) => qualifiedLambdaArn(r, r.text('Name') ?? ''), attributes: { AliasArn: (r) => qualifiedLambdaArn(r, r.text('Name') ?? '') } },
  'AWS::Logs::LogGroup': { ref: named('LogGroupName'), attributes: { Arn: (r) => arn(r, 'logs', `log-group:${named('LogGroupName')(r)}:*`) } },
  'AWS::OpenSearchService::Domain': searchDomain,
  'AWS::Elasticsearch::Domain': searchDomain,
  'AWS::RDS::DBCluster': {
    ref: clusterId,
    attributes: {
      DBClusterArn: (r) => arn(r, 'rds', `cluster:${clusterId(r)}`),
      'Endpoint.Address': clusterHost,
      'Endpoint.Port': () => '5432',
      'MasterUserSecret.SecretArn': (r) => arn(r, 'secretsmanager', `secret:rds!cluster-${hashed(12, ...seedOf(r))}-${hashed(6, ...seedOf(r))}`),
    },
  },
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (r) => globalArn(r, 's3', '', bucketName(r)),
      DomainName: (r) => `${bucketName(r)}.s3.${urlSuffixOf(r.region)}`,
      RegionalDomainName: (r) => `${bucketName(r)}.s3.${r.region}.${urlSuffixOf(r.region)}`,
    },
  },
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
  'AWS::SecretsManager::SecretTargetAttachment': { ref: textOrEmpty('SecretId') },
  'AWS::SNS::Topic': { ref: (r) => arn(r, 'sns', named('TopicName')(r)), attributes: { TopicArn: (r) => arn(r, 'sns', named('TopicName')(r)), TopicName: named('TopicName') } },
  'AWS::SQS::Queue': {
    ref: (r) => `https://sqs.${r.region}.${urlSuffixOf(r.region)}/${r.accountId}/${queueName(r)}`,
    attributes: { Arn: (r) => arn(r, 'sqs', queueName(r)), QueueName: queueName, QueueUrl: (r) => `https://sqs.${r.region}.${urlSuffixOf(r.region)}/${r.accountId}/${queueName(r)}` },
  },
  'AWS::SSM::Parameter': { ref: named('Name'), attributes: { Value: textOrEmpty('Value'), Type: textOrEmpty('Type') } },
  'AWS::StepFunctions::StateMachine': {
    ref: (r) => arn(r, 'states', `stateMachine:${named('StateMachineName')(r)}`),
    attributes: { Arn: (r) => arn(r, 'states', `stateMachine:${named('StateMachineName')(r)}`), Name: named('StateMachineName') },
  },
};

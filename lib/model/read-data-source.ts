/** `AWS::AppSync::DataSource` → `DataSourceModel`. */
import type { DataSourceModel } from './api-model';
import type { Assets } from './assets';
import type { Properties } from './properties';
import type { Roles } from './roles';
import type { Resource } from './stack';
import { asPlain, readObject } from './template-file';

/** @returns undefined when a required property is missing; that is reported */
export function readDataSource(resource: Resource, roles: Roles, assets: Assets): DataSourceModel | undefined {
  const { properties, ref, stack } = resource;
  const name = properties.required('Name');
  const type = properties.required('Type');
  if (name === undefined || type === undefined) return undefined;
  const base = { name, resource: ref, role: roles.of(resource) };
  switch (type) {
    case 'NONE':
      return { ...base, type };
    case 'AMAZON_DYNAMODB': {
      const tableName = properties.required('DynamoDBConfig.TableName');
      if (tableName === undefined) return undefined;
      const versioned = properties.flag('DynamoDBConfig.Versioned') ?? false;
      const deltaTableName = versioned ? readDeltaSync(properties) : undefined;
      return {
        ...base,
        type,
        tableName,
        region: properties.text('DynamoDBConfig.AwsRegion') ?? stack.region,
        versioned,
        ...(deltaTableName === undefined ? {} : { deltaTableName }),
        ...(properties.flag('DynamoDBConfig.UseCallerCredentials') ? { usesCallerCredentials: true } : {}),
      };
    }
    case 'AWS_LAMBDA': {
      const functionArn = properties.required('LambdaConfig.LambdaFunctionArn');
      return functionArn === undefined ? undefined : { ...base, type, functionArn };
    }
    case 'HTTP': {
      const endpoint = properties.required('HttpConfig.Endpoint');
      if (endpoint === undefined) return undefined;
      if (!/^https?:\/\//i.test(endpoint)) properties.report('HttpConfig.Endpoint', `is "${endpoint}", which has no scheme`, 'begin it with "https://"');
      const service = properties.text('HttpConfig.AuthorizationConfig.AwsIamConfig.SigningServiceName');
      const region = properties.text('HttpConfig.AuthorizationConfig.AwsIamConfig.SigningRegion') ?? stack.region;
      return { ...base, type, endpoint, ...(service === undefined ? {} : { signing: { region, service } }) };
    }
    default:
      if (type === 'RELATIONAL_DATABASE') reportOtherRegion(properties);
      return {
        ...base,
        type: 'OTHER',
        awsType: type,
        config: properties.all(['ApiId', 'Name', 'Type', 'Description', 'ServiceRoleArn', 'MetricsConfig']),
        ...readLocalSchema(resource, assets),
      };
  }
}

/** The metadata of the data source names a file beside the template, which lists SQL files with their texts. */
function readLocalSchema({ metadata, stack }: Resource, assets: Assets): Pick<Extract<DataSourceModel, { type: 'OTHER' }>, 'localSchema'> {
  const { localSchema } = asPlain(metadata['cdk-enterprise-appsync']);
  const path = typeof localSchema === 'string' ? assets.find(localSchema, stack.template.path) : undefined;
  const { files } = path === undefined ? {} : readObject(path);
  if (!Array.isArray(files)) return {};
  return { localSchema: files.map(asPlain).map((file) => ({ path: String(file.path), text: String(file.text) })) };
}

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-appsync-datasource-deltasyncconfig.html (all three are required) */
function readDeltaSync(properties: Properties): string | undefined {
  for (const name of ['BaseTableTTL', 'DeltaSyncTableTTL']) properties.required(`DynamoDBConfig.DeltaSyncConfig.${name}`);
  return properties.required('DynamoDBConfig.DeltaSyncConfig.DeltaSyncTableName');
}

/** The Data API is asked in one region, for the cluster and the secret there. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-appsync-datasource-rdshttpendpointconfig.html */
function reportOtherRegion(properties: Properties): void {
  const config = 'RelationalDatabaseConfig.RdsHttpEndpointConfig';
  const region = properties.literal(`${config}.AwsRegion`);
  for (const name of ['DbClusterIdentifier', 'AwsSecretStoreArn']) {
    const own = /^arn:[\w-]+:\w+:([\w-]+):/.exec(properties.literal(`${config}.${name}`) ?? '')?.[1];
    if (region !== undefined && own !== undefined && own !== region) properties.report(`${config}.${name}`, `is in ${own}, and "AwsRegion" is "${region}"`, 'name one region in both');
  }
}

/**
 * What a mutant is: an API in order with one change that AWS refuses, or that surprises once it is deployed. Mutants are data; `hunt.ts` applies them.
 * A template here is what a CDK, SAM or CloudFormation user would deploy, as a plain object with schema and code inline.
 */

export type Template = Readonly<Record<string, unknown>> & { readonly Resources: Readonly<Record<string, Resource>> };

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Values by dotted path, `Api.Properties.Name` for the resource `Api`, `$Outputs.Url` for another section; `undefined` takes the property away. */
export type Patch = Readonly<Record<string, unknown>>;

export interface Mutant {
  /** What AWS says or does. */
  readonly name: string;
  readonly code: string;
  /** @default 'error' */
  readonly severity?: 'warning';
  /** In the text that the group is about: `find` occurs once there. */
  readonly change?: readonly [find: string, replace: string];
  readonly patch?: Patch;
  /** A part of the one line at fault, when that is not the first line that `change` changes. */
  readonly line?: string;
  /** The place at fault, when it is not the first resource that `patch` changes: a resource, or `<file>:<line>`. */
  readonly on?: string;
  /** The change that is just right, when the base does not show how close the mutant comes to it. */
  readonly fixed?: Pick<Mutant, 'change' | 'patch'>;
}

/** Mutants of one base. */
export interface MutantGroup {
  readonly area: string;
  readonly base: Template;
  /** Beside the template, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where the text that `change` edits stands: `Schema.Properties.Definition`. */
  readonly text?: string;
  readonly mutants: readonly Mutant[];
}

export const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };

/** An API with one schema and a key; by default anybody with an API key may call it. */
export function apiTemplate(sdl: string, resources: Readonly<Record<string, Resource>>, apiProperties: Readonly<Record<string, unknown>> = { AuthenticationType: 'API_KEY' }): Template {
  return {
    Resources: {
      Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'Shop', ...apiProperties } },
      Schema: appSync('GraphQLSchema', { Definition: sdl }),
      Key: appSync('ApiKey', {}),
      ...resources,
    },
  };
}

/** A resource that belongs to the API. */
export function appSync(type: string, properties: Readonly<Record<string, unknown>>): Resource {
  return { Type: `AWS::AppSync::${type}`, Properties: { ApiId: apiId, ...properties } };
}

export const runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const someRole = 'arn:aws:iam::123456789012:role/appsync';

export const noneSource = appSync('DataSource', { Name: 'None', Type: 'NONE' });
export const lambdaSource = appSync('DataSource', {
  Name: 'Lambda',
  Type: 'AWS_LAMBDA',
  LambdaConfig: { LambdaFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders' },
  ServiceRoleArn: someRole,
});

export function tableSource(name: string, table: string, config: Readonly<Record<string, unknown>> = {}): Resource {
  return appSync('DataSource', { Name: name, Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: { Ref: table }, AwsRegion: 'us-east-1', ...config }, ServiceRoleArn: someRole });
}

/** Properties that say which field a resolver answers. */
export function answers(field: string): { readonly TypeName: string; readonly FieldName: string } {
  const [TypeName = '', FieldName = ''] = field.split('.');
  return { TypeName, FieldName };
}

/** A unit resolver of the Lambda function, without code. */
export function direct(field: string, properties: Readonly<Record<string, unknown>> = {}): Resource {
  return appSync('Resolver', { ...answers(field), DataSourceName: { 'Fn::GetAtt': ['LambdaSource', 'Name'] }, ...properties });
}

/** A unit resolver with code, of the data source with this logical id. */
export function coded(field: string, source: string, code: string, properties: Readonly<Record<string, unknown>> = {}): Resource {
  return appSync('Resolver', { ...answers(field), DataSourceName: { 'Fn::GetAtt': [source, 'Name'] }, Runtime: runtime, Code: code, ...properties });
}

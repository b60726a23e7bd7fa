/**
 * SAM's resources, written out as the CloudFormation resources that `sam deploy` makes of them, under the same logical ids: what
 * comes after sees plain CloudFormation. Logging, tracing, tags and domain name change nothing here and are dropped.
 * Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-graphqlapi.html
 * Assumed: the logical ids of DynamoDB and NONE data sources, API keys and caches; SAM's documentation does not give them.
 */
import { didYouMean } from '../diagnostics';
import type { Problems } from './problems';
import { asPlain, type Plain, type Template, type TemplateResource } from './template-file';

/** @returns the template with its SAM resources replaced; those that matter neither to an API nor to what it calls stay as they are */
export function expandSam(template: Template, problems: Problems): Template {
  if (![...template.resources.values()].some(({ type }) => type.startsWith('AWS::Serverless::'))) return template;
  const resources = new Map<string, TemplateResource>();
  for (const [logicalId, resource] of template.resources)
    switch (resource.type) {
      case 'AWS::Serverless::GraphQLApi':
        new SamApi(template.path, logicalId, resource, problems, resources).expand();
        break;
      case 'AWS::Serverless::SimpleTable':
        resources.set(logicalId, { ...resource, type: 'AWS::DynamoDB::Table', properties: simpleTable(resource.properties) });
        break;
      case 'AWS::Serverless::Function':
        resources.set(logicalId, { ...resource, type: 'AWS::Lambda::Function', properties: lambdaFunction(resource.properties, asPlain(template.globals.Function)) });
        break;
      case 'AWS::Serverless::Application':
        resources.set(logicalId, { ...resource, type: 'AWS::CloudFormation::Stack', properties: compact({ TemplateURL: resource.properties.Location, Parameters: resource.properties.Parameters }) });
        break;
      default:
        resources.set(logicalId, resource);
    }
  return { ...template, resources };
}

/** Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html (the key defaults to `id`, a String) */
function simpleTable({ PrimaryKey, TableName }: Plain): Plain {
  const { Name = 'id', Type = 'String' } = asPlain(PrimaryKey);
  return compact({
    TableName,
    KeySchema: [{ AttributeName: Name, KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: Name, AttributeType: String(Type).charAt(0) }],
  });
}

/** Globals are defaults, but environment variables add up. */
function lambdaFunction(own: Plain, globals: Plain): Plain {
  const { InlineCode, CodeUri, Environment, ...rest } = { ...globals, ...own };
  const { Bucket, Key } = asPlain(CodeUri);
  const published = compact({ S3Bucket: Bucket, S3Key: Key });
  return compact({
    ...rest,
    Environment: Environment && { Variables: { ...asPlain(asPlain(globals.Environment).Variables), ...asPlain(asPlain(own.Environment).Variables) } },
    Code: InlineCode === undefined ? (Key === undefined ? CodeUri : published) : { ZipFile: InlineCode },
  });
}

/** Properties AppSync's own resource has under the same name. */
const passedThrough = ['EnvironmentVariables', 'IntrospectionConfig', 'OwnerContact', 'QueryDepthLimit', 'ResolverCountLimit', 'Visibility'];
const dropped = ['DomainName', 'Logging', 'Tags', 'XrayEnabled'];
const expanded = ['ApiKeys', 'Auth', 'Cache', 'DataSources', 'Functions', 'Name', 'Resolvers', 'SchemaInline', 'SchemaUri'];

/** What SAM gives a resolver without code: the last function's result is the field's value. Source: as above, "Resolver". */
const passOnCode = 'export function request(ctx) {\n  return {};\n}\n\nexport function response(ctx) {\n  return ctx.prev.result;\n}\n';

class SamApi {
  private readonly properties: Plain;
  private readonly apiId: Plain;
  /** Name of the data source in AppSync, by its key in the template. */
  private readonly dataSourceNames = new Map<string, unknown>();
  /** Function id (an expression), by the key in the template. */
  private readonly functionIds = new Map<string, unknown>();

  constructor(
    private readonly templatePath: string,
    private readonly logicalId: string,
    private readonly resource: TemplateResource,
    private readonly problems: Problems,
    private readonly resources: Map<string, TemplateResource>,
  ) {
    this.properties = resource.properties;
    this.apiId = { 'Fn::GetAtt': [logicalId, 'ApiId'] };
  }

  expand(): void {
    for (const name of Object.keys(this.properties))
      if (![...expanded, ...passedThrough, ...dropped].includes(name))
        this.report(`"${name}" of "${this.logicalId}" is not read here, so it has no effect locally`, 'say it with AWS::AppSync resources if it matters locally', 'warning');
    this.addApi();
    this.addDataSources();
    this.addFunctions();
    this.addResolvers();
  }

  private addApi(): void {
    const { Auth, Name, SchemaInline, SchemaUri, Cache, ApiKeys } = this.properties;
    const auth = asPlain(Auth);
    const additional = Array.isArray(auth.Additional) ? auth.Additional.map((mode) => authorizer(asPlain(mode))) : [];
    const same = Object.fromEntries(passedThrough.filter((name) => name in this.properties).map((name) => [name, this.properties[name]]));
    this.resources.set(this.logicalId, {
      ...this.resource,
      type: 'AWS::AppSync::GraphQLApi',
      properties: { Name: Name ?? this.logicalId, ...authorizer(auth), AdditionalAuthenticationProviders: additional, ...same },
    });
    if (SchemaInline !== undefined || SchemaUri !== undefined) this.add('Schema', 'GraphQLSchema', compact({ Definition: SchemaInline, DefinitionS3Location: SchemaUri }));
    for (const mode of [auth, ...(Array.isArray(auth.Additional) ? auth.Additional : [])].map(asPlain)) this.allowAuthorizer(asPlain(mode.LambdaAuthorizer).AuthorizerUri);
    if (Cache !== undefined) this.add('ApiCache', 'ApiCache', asPlain(Cache));
    for (const [key, declaration] of Object.entries(asPlain(ApiKeys))) {
      const { Description, ExpiresOn } = asPlain(declaration);
      this.add(key, 'ApiKey', compact({ Description, Expires: ExpiresOn }));
    }
  }

  /** Assumed: SAM lets AppSync call an authorizer, as it does for data sources. */
  private allowAuthorizer(functionArn: unknown): void {
    if (functionArn === undefined) return;
    const properties = { FunctionName: functionArn, Action: 'lambda:InvokeFunction', Principal: 'appsync.amazonaws.com' };
    this.resources.set(`${this.logicalId}AuthorizerPermission`, { type: 'AWS::Lambda::Permission', properties, metadata: {} });
  }

  private addDataSources(): void {
    const { DynamoDb, Lambda, ...others } = asPlain(this.properties.DataSources);
    for (const kind of Object.keys(others)) this.report(`"DataSources" of "${this.logicalId}" has the kind "${kind}", which SAM does not know`, 'use DynamoDb or Lambda, or declare an AWS::AppSync::DataSource');
    for (const [key, declaration] of Object.entries(asPlain(DynamoDb))) {
      const { Name, TableName, Region, Versioned, UseCallerCredentials, ServiceRoleArn } = asPlain(declaration);
      const config = compact({ TableName, AwsRegion: Region ?? { Ref: 'AWS::Region' }, Versioned, UseCallerCredentials });
      this.addDataSource(key, 'DynamoDBDataSource', { Name: Name ?? key, Type: 'AMAZON_DYNAMODB', DynamoDBConfig: config }, ServiceRoleArn);
    }
    for (const [key, declaration] of Object.entries(asPlain(Lambda))) {
      const { Name, FunctionArn, ServiceRoleArn } = asPlain(declaration);
      this.addDataSource(key, 'LambdaDataSource', { Name: Name ?? key, Type: 'AWS_LAMBDA', LambdaConfig: compact({ LambdaFunctionArn: FunctionArn }) }, ServiceRoleArn);
    }
  }

  /** @param roleArn of the user; without one SAM makes a role, which is of no more interest here than its name */
  private addDataSource(key: string, suffix: string, properties: Plain, roleArn: unknown): void {
    this.dataSourceNames.set(key, properties.Name);
    const ownRole = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/\${AWS::StackName}-${this.logicalId}${key}Role` };
    this.add(key + suffix, 'DataSource', { ...properties, ...(properties.Type === 'NONE' ? {} : { ServiceRoleArn: roleArn ?? ownRole }) });
  }

  private addFunctions(): void {
    for (const [key, declaration] of Object.entries(asPlain(this.properties.Functions))) {
      const { Id, Name, DataSource, MaxBatchSize, ...rest } = asPlain(declaration);
      // With an `Id` the function is declared elsewhere; the key only gives it a name for pipelines.
      this.functionIds.set(key, Id ?? { 'Fn::GetAtt': [`${this.logicalId}${key}`, 'FunctionId'] });
      if (Id === undefined) this.add(key, 'FunctionConfiguration', compact({ Name: Name ?? key, DataSourceName: this.dataSourceName(key, DataSource), MaxBatchSize, ...code(rest) }));
    }
  }

  /** @param reference a key of `DataSources`, `NONE`, or an expression that gives the name */
  private dataSourceName(functionKey: string, reference: unknown): unknown {
    if (typeof reference !== 'string') return reference;
    if (this.dataSourceNames.has(reference)) return this.dataSourceNames.get(reference);
    if (reference.toUpperCase() === 'NONE') {
      // Assumed: the name of the data source that SAM adds for NONE.
      this.addDataSource(reference, 'DataSource', { Name: 'NONE', Type: 'NONE' }, undefined);
      return 'NONE';
    }
    this.report(`function "${functionKey}" of "${this.logicalId}" uses data source "${reference}", which is not declared`, this.suggest(reference, this.dataSourceNames.keys(), 'data source'));
    return reference;
  }

  private addResolvers(): void {
    for (const [typeName, fields] of Object.entries(asPlain(this.properties.Resolvers)))
      for (const [key, declaration] of Object.entries(asPlain(fields))) {
        const { FieldName, Pipeline, Caching, MaxBatchSize, ...rest } = asPlain(declaration);
        const hasCode = 'InlineCode' in rest || 'CodeUri' in rest;
        this.add(`${typeName}${key}`, 'Resolver', {
          TypeName: typeName,
          FieldName: FieldName ?? key,
          Kind: 'PIPELINE',
          PipelineConfig: { Functions: this.pipeline(`${typeName}.${key}`, Pipeline) },
          ...compact({ CachingConfig: Caching, MaxBatchSize }),
          ...code(hasCode ? rest : { Runtime: { Name: 'APPSYNC_JS', Version: '1.0.0' }, ...rest, InlineCode: passOnCode }),
        });
      }
  }

  private pipeline(resolver: string, functions: unknown): unknown[] {
    if (!Array.isArray(functions)) {
      this.report(`resolver "${resolver}" of "${this.logicalId}" has no "Pipeline"`, 'add "Pipeline" with the names of its functions: SAM makes no unit resolvers');
      return [];
    }
    return functions.flatMap((name: unknown) => {
      const id = this.functionIds.get(String(name));
      if (id === undefined) this.report(`resolver "${resolver}" of "${this.logicalId}" runs function "${String(name)}", which is not declared`, this.suggest(String(name), this.functionIds.keys(), 'function'));
      return id === undefined ? [] : [id];
    });
  }

  private add(suffix: string, type: string, properties: Plain): void {
    const { condition } = this.resource;
    this.resources.set(this.logicalId + suffix, {
      type: `AWS::AppSync::${type}`,
      properties: { ApiId: this.apiId, ...properties },
      metadata: {},
      ...(condition === undefined ? {} : { condition }),
    });
  }

  private suggest(name: string, known: Iterable<string>, kind: string): string {
    return didYouMean(name, known) ?? `declare the ${kind} "${name}", or correct the name`;
  }

  private report(message: string, fix: string, severity: 'error' | 'warning' = 'error'): void {
    this.problems.add({ code: 'MAN_SAM', severity, message, fix, resource: { templatePath: this.templatePath, logicalId: this.logicalId } });
  }
}

function authorizer({ Type, UserPool, OpenIDConnect, LambdaAuthorizer }: Plain): Plain {
  return compact({ AuthenticationType: Type, UserPoolConfig: UserPool, OpenIDConnectConfig: OpenIDConnect, LambdaAuthorizerConfig: LambdaAuthorizer });
}

function code({ InlineCode, CodeUri, Runtime }: Plain): Plain {
  const { Name, Version } = asPlain(Runtime);
  return compact({ Code: InlineCode, CodeS3Location: CodeUri, Runtime: Runtime === undefined ? undefined : compact({ Name, RuntimeVersion: Version }) });
}

function compact(properties: Plain): Plain {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

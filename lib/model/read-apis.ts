/** Reads a cloud assembly folder, or one CloudFormation or SAM template (JSON or YAML), into an `Assembly`. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApiModel, Assembly, StackModel, TemplateModel } from './api-model';
import { Assets } from './assets';
import { readCloudAssembly } from './cloud-assembly';
import { deploy } from './deployment';
import { Problems } from './problems';
import { readGraphqlApi } from './read-graphql-api';
import { readDatabaseClusters } from './read-database-clusters';
import { readEventRules } from './read-event-rules';
import { functionArns, readLambdaFunctions } from './read-lambda-functions';
import { readTable, tableTypes } from './read-table';
import { readUserPools } from './read-user-pools';
import { readSearchIndexes } from './read-search-indexes';
import { InvokePermissions } from './invoke-permissions';
import { IdentityPolicies } from './identity-policies';
import { Roles } from './roles';
import type { Resource, Stack } from './stack';
import { readUsers } from './users';

export interface ReadApisOptions {
  /** Values for template parameters without a default. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `AWS::Region` gives in an environment-agnostic stack. @default 'us-east-1' */
  readonly region?: string;
  /** What `AWS::AccountId` gives in an environment-agnostic stack. @default '123456789012' */
  readonly accountId?: string;
}

/**
 * Every AppSync GraphQL API below a path.
 * @param path a cloud assembly folder (with `manifest.json`), or a template file
 * @throws DiagnosticError `MAN_UNREADABLE` when the path is missing, not a template, or not parseable; smaller problems are in `diagnostics`
 */
export function readApis(path: string, options: ReadApisOptions = {}): Assembly {
  const { parameters = {}, region = 'us-east-1', accountId = '123456789012' } = options;
  const problems = new Problems();
  const { stacks: sources, assetManifests } = readCloudAssembly(resolve(path));
  const assets = new Assets(assetManifests);
  const deployed = (heard: Problems) => deploy(sources, assets, heard, { parameters, region, accountId });
  const stacks = deployed(problems);
  const resources = stacks.flatMap((stack) => [...stack.resources()]);
  // Roles are read from a second look at the templates: what cannot be evaluated in a policy is of no interest to anybody.
  const unheard = new Problems();
  const quiet = deployed(unheard).flatMap((stack) => [...stack.resources()]);
  const policies = new IdentityPolicies(quiet, unheard);
  const roles = new Roles(resources, quiet, policies);
  const users = readUsers(quiet, policies);
  for (const resource of quiet) checkUnread(resource, problems);

  const apis = readAll(resources, assets, problems, roles);
  const tables = resources.filter(({ type }) => tableTypes.includes(type)).flatMap((resource) => readTable(resource) ?? []);
  const userPools = readUserPools(resources, apis);
  const eventRules = readEventRules(resources, apis);
  const databaseClusters = readDatabaseClusters(resources, apis);
  const searchIndexes = readSearchIndexes(resources, tables);
  const lambdaFunctions = readLambdaFunctions({ resources, quiet, permissions: new InvokePermissions(quiet, unheard), assets, problems }, [...apis.flatMap(functionArns), ...eventRules.flatMap(({ targets }) => targets.map(({ arn }) => arn))]);
  return { apis, tables, userPools, roles: roles.all(), ...(users.length > 0 && { users }), lambdaFunctions, ...(eventRules.length > 0 && { eventRules }), ...(databaseClusters.length > 0 && { databaseClusters }), ...(searchIndexes.length > 0 && { searchIndexes }), templates: templatesOf(stacks), stacks: stacksOf(stacks, statSync(path).isDirectory()), standIns: [...problems.placeholders], diagnostics: problems.list() };
}

/**
 * What no model is made of. Values that cannot be evaluated are of no interest here.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/merged-api.html and …/APIReference/API_CreateDomainName.html
 */
function checkUnread({ type, logicalId, properties, ref }: Resource, problems: Problems): void {
  const report = (property: string, problem: string, fix: string) => problems.add({ code: 'MAN_PROPERTY', message: `"${property}" of "${logicalId}" ${problem}`, fix, resource: ref });
  if (type === 'AWS::AppSync::GraphQLApi' && properties.text('ApiType') === 'MERGED') {
    if (!properties.has('MergedApiExecutionRoleArn')) report('MergedApiExecutionRoleArn', 'is missing', 'add the role that AppSync reads the source APIs with');
    if (properties.has('EnvironmentVariables')) report('EnvironmentVariables', 'is given, but a merged API has none', 'move them to the source APIs');
  }
  if (type === 'AWS::AppSync::DomainName') {
    const name = properties.value('DomainName');
    if (typeof name === 'string' && /^[\w*-]*$/.test(name)) report('DomainName', `is "${name}"`, 'give a name with at least one dot');
    const region = /^arn:[\w-]+:acm:([\w-]+):/.exec(String(properties.value('CertificateArn')))?.[1];
    if (region !== undefined && region !== 'us-east-1') report('CertificateArn', `is of a certificate in ${region}`, 'request the certificate in us-east-1, whatever the region of the API');
  }
}

/** A template may be that of several nested stacks. */
function templatesOf(stacks: readonly Stack[]): TemplateModel[] {
  return [...new Set(stacks.map(({ template }) => template))].map(({ path, declaredCount, outputs, parameters }) => ({
    path,
    bytes: statSync(path).size,
    resourceCount: declaredCount,
    outputCount: Object.keys(outputs).length,
    parameterCount: Object.keys(parameters).length,
  }));
}

function stacksOf(stacks: readonly Stack[], areNamed: boolean): StackModel[] {
  const paths = new Map<Stack, string>();
  for (const stack of stacks) {
    const path = paths.get(stack) ?? (areNamed ? stack.name : '');
    paths.set(stack, path);
    for (const [logicalId, nested] of stack.nested) paths.set(nested, `${path}/${logicalId}`);
  }
  return [...paths].map(([{ template }, path]) => ({ path, templatePath: template.path }));
}

const childTypes = new Set(['GraphQLSchema', 'ApiKey', 'ApiCache', 'DataSource', 'FunctionConfiguration', 'Resolver'].map((type) => `AWS::AppSync::${type}`));

/** Resources find their API by id alone, so it does not matter in which stack they stand. */
function readAll(resources: readonly Resource[], assets: Assets, problems: Problems, roles: Roles): ApiModel[] {
  const apis = resources.filter(({ type }) => type === 'AWS::AppSync::GraphQLApi');
  const childrenOf = new Map(apis.map(({ stack, logicalId }) => [stack.attribute(logicalId, 'ApiId', { logicalId, property: 'ApiId' }), [] as Resource[]]));
  for (const child of resources) {
    if (!childTypes.has(child.type)) continue;
    const apiId = child.properties.required('ApiId');
    if (apiId === undefined) continue;
    const siblings = childrenOf.get(apiId);
    if (siblings) siblings.push(child);
    else if (!problems.placeholders.has(apiId))
      problems.add({
        code: 'MAN_FOREIGN_API',
        severity: 'warning',
        message: `"${child.logicalId}" belongs to the API "${apiId}", which is not among the templates here; it is left out`,
        fix: 'read the assembly that also holds the API',
        resource: child.ref,
      });
  }
  return apis.flatMap((api) => {
    if (api.properties.text('ApiType') === 'MERGED') {
      problems.add({
        code: 'MAN_MERGED_API',
        severity: 'warning',
        message: `"${api.logicalId}" is a merged API, which is not emulated; it is left out`,
        fix: 'run and check its source APIs',
        resource: api.ref,
      });
      return [];
    }
    const apiId = api.stack.attribute(api.logicalId, 'ApiId', { logicalId: api.logicalId, property: 'ApiId' });
    return readGraphqlApi(api, childrenOf.get(apiId) ?? [], assets, problems, roles) ?? [];
  });
}

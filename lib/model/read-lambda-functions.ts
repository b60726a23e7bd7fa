/** The Lambda functions an API calls, as data source or authorizer, and those that hear of its events: their own code, handler and environment. */
import type { ApiModel, LambdaFunctionModel, LayerModel } from './api-model';
import type { Assets } from './assets';
import type { InvokePermissions } from './invoke-permissions';
import type { Problems } from './problems';
import type { Resource } from './stack';
import { asPlain } from './template-file';

export interface FunctionTemplates {
  readonly resources: readonly Resource[];
  /** The same ones, deployed a second time: what is missing around a function is of no interest to anybody. */
  readonly quiet: readonly Resource[];
  readonly permissions: InvokePermissions;
  readonly assets: Assets;
  readonly problems: Problems;
}

/** Functions of the templates that nobody calls are left out, and so are problems in them. @param calledArns may have a version or alias after them */
export function readLambdaFunctions({ resources, quiet, permissions, assets, problems }: FunctionTemplates, calledArns: readonly string[]): LambdaFunctionModel[] {
  const called = new Set(calledArns.map(withoutQualifier));
  const layers = layersIn(quiet, assets);
  return resources.flatMap((resource, index) => {
    const { type, stack, logicalId } = resource;
    if (type !== 'AWS::Lambda::Function') return [];
    const functionArn = String(stack.attribute(logicalId, 'Arn', { logicalId, property: 'Arn' }));
    if (!called.has(functionArn)) return [];
    const model = readLambdaFunction(resource, functionArn, assets, problems);
    const { properties } = quiet[index] ?? resource;
    const [roleArn, layerArns, invokers] = [properties.value('Role'), properties.value('Layers'), permissions.of(functionArn)];
    return [
      {
        ...model,
        ...(typeof roleArn === 'string' && { roleArn }),
        ...(Array.isArray(layerArns) && layerArns.length > 0 && { layers: layerArns.map(String).map((arn) => layers.get(arn) ?? { name: arn }) }),
        ...(invokers && { invokers }),
      },
    ];
  });
}

/** What an API calls itself. */
export function functionArns({ dataSources, authorization }: ApiModel): string[] {
  const callers = [...dataSources, ...authorization].filter((caller) => caller.type === 'AWS_LAMBDA');
  return callers.map(({ functionArn }) => functionArn);
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, without the version or alias after it. */
function withoutQualifier(functionArn: string): string {
  return functionArn.split(':').slice(0, 7).join(':');
}

function readLambdaFunction(resource: Resource, functionArn: string, assets: Assets, problems: Problems): LambdaFunctionModel {
  const { properties, ref, logicalId } = resource;
  const runtime = properties.text('Runtime');
  const code = readCode(resource, assets);
  if (!code)
    problems.add({
      code: 'MAN_LAMBDA_CODE',
      severity: 'warning',
      message: `the code of function "${logicalId}" is not on disk here, so it cannot run locally`,
      fix: 'give the function an asset or inline code, or synthesize again',
      resource: ref,
    });
  return {
    functionArn,
    functionName: functionArn.split(':')[6] ?? logicalId,
    ...(runtime === undefined ? {} : { runtime }),
    handler: properties.text('Handler') ?? 'index.handler',
    ...(code ? { code } : {}),
    environment: Object.fromEntries(Object.entries(asPlain(properties.value('Environment.Variables'))).map(([name, value]) => [name, String(value)])),
    // Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (defaults)
    timeoutSeconds: properties.number('Timeout') ?? 3,
    memoryMb: properties.number('MemorySize') ?? 128,
    resource: ref,
  };
}

/** Layers of the templates, by what their `Ref` gives. */
function layersIn(resources: readonly Resource[], assets: Assets): ReadonlyMap<string, LayerModel> {
  return new Map(
    resources.flatMap(({ type, properties, stack, logicalId }): [string, LayerModel][] => {
      const isOfSam = type === 'AWS::Serverless::LayerVersion';
      if (!isOfSam && type !== 'AWS::Lambda::LayerVersion') return [];
      const path = pathOf(properties.value(isOfSam ? 'ContentUri' : 'Content'), stack.template.path, assets);
      return [[String(stack.ref(logicalId, { logicalId, property: 'Ref' })), { name: logicalId, ...(path !== undefined && { path }) }]];
    }),
  );
}

/** `Code` is inline, published as an asset, or a path beside the template (as `aws cloudformation package` takes it). */
function readCode({ properties, stack, logicalId }: Resource, assets: Assets): LambdaFunctionModel['code'] {
  const code = properties.value('Code');
  const { ZipFile } = asPlain(code);
  if (typeof ZipFile === 'string') return { kind: 'INLINE', source: { path: `${stack.template.path}#${logicalId}`, text: ZipFile } };
  const path = pathOf(code, stack.template.path, assets);
  return path === undefined ? undefined : { kind: 'PATH', path };
}

function pathOf(content: unknown, templatePath: string, assets: Assets): string | undefined {
  const { S3Key } = asPlain(content);
  return typeof S3Key === 'string' ? assets.published(S3Key) : typeof content === 'string' ? assets.find(content, templatePath) : undefined;
}

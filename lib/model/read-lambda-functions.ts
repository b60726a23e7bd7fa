/** The Lambda functions an API calls, as data source or authorizer, and those that hear of its events: their own code, handler and environment. */
import type { ApiModel, LambdaFunctionModel } from './api-model';
import type { Assets } from './assets';
import type { Problems } from './problems';
import type { Resource } from './stack';
import { asPlain } from './template-file';

/** Functions of the templates that nobody calls are left out, and so are problems in them. @param calledArns may have a version or alias after them */
export function readLambdaFunctions(resources: readonly Resource[], calledArns: readonly string[], assets: Assets, problems: Problems): LambdaFunctionModel[] {
  const called = new Set(calledArns.map(withoutQualifier));
  return resources.flatMap((resource) => {
    const { type, stack, logicalId } = resource;
    if (type !== 'AWS::Lambda::Function') return [];
    const functionArn = String(stack.attribute(logicalId, 'Arn', { logicalId, property: 'Arn' }));
    return called.has(functionArn) ? [readLambdaFunction(resource, functionArn, assets, problems)] : [];
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

/** `Code` is inline, published as an asset, or a path beside the template (as `aws cloudformation package` takes it). */
function readCode({ properties, stack, logicalId }: Resource, assets: Assets): LambdaFunctionModel['code'] {
  const code = properties.value('Code');
  const { ZipFile, S3Key } = asPlain(code);
  if (typeof ZipFile === 'string') return { kind: 'INLINE', source: { path: `${stack.template.path}#${logicalId}`, text: ZipFile } };
  const path = typeof S3Key === 'string' ? assets.published(S3Key) : typeof code === 'string' ? assets.find(code, stack.template.path) : undefined;
  return path === undefined ? undefined : { kind: 'PATH', path };
}

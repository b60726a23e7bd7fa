/** What a resolver or function runs: JavaScript, mapping templates, or nothing; inline in the template or in an asset. */
import type { SourceFile } from '../diagnostics';
import type { HandlerModel } from './api-model';
import type { Assets } from './assets';
import type { Problems } from './problems';
import type { Resource } from './stack';

/** @returns undefined when the code cannot be had; that is reported */
export function readHandler(resource: Resource, assets: Assets, problems: Problems): HandlerModel | undefined {
  const { properties, logicalId, ref } = resource;
  const hasCode = properties.has('Code') || properties.has('CodeS3Location');
  const templates = ['RequestMappingTemplate', 'ResponseMappingTemplate'].filter((name) => properties.has(name) || properties.has(`${name}S3Location`));
  if (hasCode && templates.length > 0)
    problems.add({
      code: 'MAN_HANDLER',
      message: `"${logicalId}" has both code and mapping templates`,
      fix: `remove "${templates.join('" and "')}", or the code and its "Runtime"`,
      resource: ref,
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
    });
  if (hasCode !== properties.has('Runtime'))
    problems.add({
      code: 'MAN_HANDLER',
      message: hasCode ? `"${logicalId}" has code but no "Runtime"` : `"${logicalId}" has a "Runtime" but no code`,
      fix: hasCode ? 'add "Runtime": { "Name": "APPSYNC_JS", "RuntimeVersion": "1.0.0" }' : 'add "Code" or "CodeS3Location", or remove "Runtime"',
      resource: ref,
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-appsync-resolver-appsyncruntime.html',
    });

  checkRuntime(resource);
  if (hasCode) {
    const code = readPart(resource, 'Code', assets, problems);
    const origin = code && assets.originOf(code.path);
    return code && { kind: 'APPSYNC_JS', code, ...(origin ? { sourceMap: JSON.stringify(origin) } : {}) };
  }
  if (templates.length === 0) return { kind: 'DIRECT' };
  const request = readPart(resource, 'RequestMappingTemplate', assets, problems);
  const response = readPart(resource, 'ResponseMappingTemplate', assets, problems);
  return { kind: 'VTL', ...(request ? { request } : {}), ...(response ? { response } : {}) };
}

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_AppSyncRuntime.html (one name, one version) */
const onlyRuntime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };

function checkRuntime({ properties }: Resource): void {
  for (const [key, only] of Object.entries(onlyRuntime)) {
    const value = properties.text(`Runtime.${key}`);
    if (value !== undefined && value !== only) properties.report(`Runtime.${key}`, `is "${value}"`, `use "${only}"`);
  }
}

/**
 * A text that a resource gives inline as `<property>` or in a file as `<property>S3Location`.
 * @returns undefined when it gives neither, or when the file is missing (`MAN_ASSET`)
 */
export function readPart({ properties, logicalId, ref, stack }: Resource, property: string, assets: Assets, problems: Problems): SourceFile | undefined {
  const inline = properties.text(property);
  // One resource has one code, but two templates.
  if (inline !== undefined) return { path: `${stack.template.path}#${logicalId}${property.endsWith('MappingTemplate') ? `.${property}` : ''}`, text: inline };
  const location = properties.text(`${property}S3Location`);
  if (location === undefined) return undefined;
  const file = assets.find(location, stack.template.path);
  if (file !== undefined && !assets.isFolder(file)) return assets.read(file);
  problems.add({
    code: 'MAN_ASSET',
    message: `"${property}S3Location" of "${logicalId}" names ${location}, which is ${file === undefined ? 'not on disk here' : 'a folder'}`,
    fix: file === undefined ? 'synthesize again so that the asset is staged, or put the text inline' : 'make the asset a single file: AppSync reads no archives',
    resource: ref,
  });
  return undefined;
}

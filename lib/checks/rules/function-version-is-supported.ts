import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-functionconfiguration.html */
const onlyVersion = '2018-05-29';

export const functionVersionIsSupported: ApiRule = {
  code: 'API_FUNCTION_VERSION',
  severity: 'error',
  summary: 'the version of a function is 2018-05-29',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-functionconfiguration.html',
  *check({ api, isKnown }) {
    for (const { name, version, resource } of api.functions)
      if (version !== undefined && version !== onlyVersion && isKnown(version)) yield { resource, message: `function "${name}" has the version "${version}"`, fix: `set "FunctionVersion" to "${onlyVersion}"` };
  },
};

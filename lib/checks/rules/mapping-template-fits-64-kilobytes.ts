import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateResolver.html (`requestMappingTemplate`, 1 to 65,536) */
const maxLength = 65_536;

export const mappingTemplateFits64Kilobytes: ApiRule = {
  code: 'API_TEMPLATE_SIZE',
  severity: 'error',
  summary: 'a mapping template has at most 65,536 characters',
  url: 'https://docs.aws.amazon.com/general/latest/gr/appsync.html',
  *check({ api }) {
    for (const { handler, resource } of [...api.resolvers, ...api.functions])
      if (handler.kind === 'VTL')
        for (const template of [handler.request, handler.response])
          if (template && template.text.length > maxLength)
            yield {
              resource,
              location: { file: template.path, line: 1, column: 1 },
              message: `the mapping template has ${template.text.length.toLocaleString('en-US')} characters; AppSync takes at most ${maxLength.toLocaleString('en-US')}`,
              fix: 'split the work into a pipeline',
            };
  },
};

import { parseTemplate } from '../../velocity';
import { mappingTemplates } from '../mapping-templates';
import type { ApiRule } from './api-rule';

export const mappingTemplateParses: ApiRule = {
  code: 'RES_VTL_SYNTAX',
  severity: 'error',
  summary: 'a mapping template is written in the Velocity Template Language',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-programming-guide.html',
  *check({ api }) {
    for (const { source, resource } of mappingTemplates(api)) {
      const { problem } = parseTemplate(source);
      if (problem) yield { ...problem, resource };
    }
  },
};

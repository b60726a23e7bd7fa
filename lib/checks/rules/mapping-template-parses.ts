import { readTemplate } from '../mapping-templates';
import { mappingTemplateRule } from './mapping-template-rule';

export const mappingTemplateParses = mappingTemplateRule(
  {
    code: 'RES_VTL_SYNTAX',
    severity: 'error',
    summary: 'a mapping template is written in the Velocity Template Language',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-programming-guide.html',
  },
  function* (templates) {
    for (const { source, resource } of templates) {
      const { problem } = readTemplate(source);
      if (problem) yield { ...problem, ...(resource ? { resource } : {}) };
    }
  },
);

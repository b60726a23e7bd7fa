/** The shape of a rule about mapping templates: what it says of those of an API, it also says of files that no API holds yet. */
import { type MappingTemplate, mappingTemplates } from '../mapping-templates';
import type { ApiFinding, ApiRule } from './api-rule';

export interface MappingTemplateRule extends ApiRule {
  checkTemplates(templates: Iterable<MappingTemplate>): Iterable<ApiFinding>;
}

export function mappingTemplateRule(law: Pick<ApiRule, 'code' | 'severity' | 'summary' | 'url'>, checkTemplates: MappingTemplateRule['checkTemplates']): MappingTemplateRule {
  return { ...law, checkTemplates, check: ({ api }) => checkTemplates(mappingTemplates(api)) };
}

/** The shape of a rule about a template file, whatever it declares. */
import type { TemplateModel } from '../../model';
import type { RuleSummary } from '../../sdl';
import type { ApiFinding } from './api-rule';

export interface TemplateRule extends RuleSummary {
  check(template: TemplateModel): Iterable<ApiFinding>;
}

/** The limits of CloudFormation. */
export const cloudFormationLimits = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';

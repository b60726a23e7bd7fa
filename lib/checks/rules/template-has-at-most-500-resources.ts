import { cloudFormationLimits, type TemplateRule } from './template-rule';

const maxResources = 500;

export const templateHasAtMost500Resources: TemplateRule = {
  code: 'API_STACK_RESOURCES',
  severity: 'error',
  summary: 'a template has at most 500 resources',
  url: cloudFormationLimits,
  *check({ path, resourceCount }) {
    if (resourceCount > maxResources)
      yield {
        location: { file: path, line: 1, column: 1 },
        message: `the template has ${resourceCount} resources; CloudFormation takes at most ${maxResources}`,
        fix: 'move resolvers and functions to a nested stack',
      };
  },
};

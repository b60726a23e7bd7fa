import { cloudFormationLimits, type TemplateRule } from './template-rule';

const maxEntries = 200;

export const templateHasAtMost200Outputs: TemplateRule = {
  code: 'API_STACK_OUTPUTS',
  severity: 'error',
  summary: 'a template has at most 200 outputs and 200 parameters',
  url: cloudFormationLimits,
  *check({ path, outputCount, parameterCount }) {
    for (const [what, count] of [['outputs', outputCount] as const, ['parameters', parameterCount] as const])
      if (count > maxEntries)
        yield {
          location: { file: path, line: 1, column: 1 },
          message: `the template has ${count} ${what}; CloudFormation takes at most ${maxEntries}`,
          fix: 'keep what refers to each other in one stack',
        };
  },
};

import { cloudFormationLimits, type TemplateRule } from './template-rule';

const maxBytes = 1024 * 1024;

export const templateFitsOneMegabyte: TemplateRule = {
  code: 'API_STACK_SIZE',
  severity: 'error',
  summary: 'a template file has at most 1 MB',
  url: cloudFormationLimits,
  *check({ path, bytes }) {
    if (bytes > maxBytes)
      yield {
        location: { file: path, line: 1, column: 1 },
        message: `the template has ${bytes.toLocaleString('en-US')} bytes; CloudFormation takes at most ${maxBytes.toLocaleString('en-US')}`,
        fix: 'put schema and code into assets, or move resolvers to a nested stack',
      };
  },
};

import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/environment-variables.html */
const maxVariables = 50;
const maxValueLength = 512;
const nameForm = /^[A-Za-z]+\w*$/;

export const environmentIsWithinLimits: ApiRule = {
  code: 'API_ENVIRONMENT',
  severity: 'error',
  summary: 'an API has at most 50 environment variables, named by 2 to 64 letters, digits and underscores, with values of up to 512 characters',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/environment-variables.html',
  *check({ api }) {
    const { environment, name: apiName, resource } = api;
    const count = Object.keys(environment).length;
    if (count > maxVariables) yield { resource, message: `the API "${apiName}" has ${count} environment variables; AppSync takes at most ${maxVariables}`, fix: 'remove some, or join their values' };
    for (const [name, value] of Object.entries(environment)) {
      if (!nameForm.test(name) || name.length < 2 || name.length > 64)
        yield { resource, message: `"${name}" is no name for an environment variable`, fix: 'start with a letter and use 2 to 64 letters, digits and underscores' };
      if (value.length > maxValueLength)
        yield { resource, message: `the value of environment variable "${name}" has ${value.length} characters; AppSync takes at most ${maxValueLength}`, fix: 'shorten it, or read it from a data source' };
    }
  },
};

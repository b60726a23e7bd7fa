import type { ApiRule } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateDataSource.html (`name`, also that of functions) */
const identifier = /^[_A-Za-z][_0-9A-Za-z]{0,65535}$/;

export const nameIsAnIdentifier: ApiRule = {
  code: 'API_NAME',
  severity: 'error',
  summary: 'names of data sources and functions are letters, digits and underscores, and start with no digit',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateDataSource.html',
  *check({ api, isKnown }) {
    for (const [kind, named] of [['data source', api.dataSources] as const, ['function', api.functions] as const])
      for (const { name, resource } of named)
        if (isKnown(name) && !identifier.test(name)) yield { resource, message: `"${name}" is no name for a ${kind}`, fix: 'use letters, digits and underscores, and start with no digit' };
  },
};

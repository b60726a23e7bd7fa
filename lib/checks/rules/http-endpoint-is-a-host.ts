import type { ApiRule } from './api-rule';

const ports = ['', '80', '443'];

/** That other ports time out is reported by users. Source: aws-appsync-community issue 79, and the page below. */
export const httpEndpointIsAHost: ApiRule = {
  code: 'API_HTTP_ENDPOINT',
  severity: 'warning',
  summary: 'the endpoint of an HTTP data source is a host on port 80 or 443, without a path',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-http-js.html',
  *check({ api, isKnown }) {
    for (const source of api.dataSources) {
      if (source.type !== 'HTTP' || !isKnown(source.endpoint) || !URL.canParse(source.endpoint)) continue;
      const { pathname, port } = new URL(source.endpoint);
      const about = `the endpoint of data source "${source.name}"`;
      if (pathname !== '/') yield { resource: source.resource, message: `${about} has the path "${pathname}"`, fix: 'give the path in the "resourcePath" of each request' };
      else if (!ports.includes(port)) yield { resource: source.resource, message: `${about} has the port ${port}, which AppSync does not call`, fix: 'offer the endpoint on port 443' };
    }
  },
};

import type { ApiModel, HandlerModel } from '../../model';
import { type ApiFinding, type ApiRule, lacksCode } from './api-rule';

/** A response template may be left out; whether every data source does without one is not documented. */
export const requestHasCode: ApiRule = {
  code: 'API_REQUEST_MISSING',
  severity: 'error',
  summary: 'what is no Lambda function is asked by code, or by a request template',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-resolver.html',
  *check({ api }) {
    if (lacksCode(api)) return;
    for (const { kind, typeName, fieldName, dataSourceName, handler, resource } of api.resolvers) {
      const finding = kind === 'UNIT' ? missing(`the resolver of ${typeName}.${fieldName}`, handler, dataSourceName, api) : undefined;
      if (finding) yield { resource, ...finding };
    }
    for (const { name, dataSourceName, handler, resource } of api.functions) {
      const finding = missing(`function "${name}"`, handler, dataSourceName, api);
      if (finding) yield { resource, ...finding };
    }
  },
};

function missing(user: string, handler: HandlerModel, dataSourceName: string | undefined, { dataSources }: ApiModel): ApiFinding | undefined {
  const source = dataSources.find(({ name }) => name === dataSourceName);
  if (!source || source.type === 'AWS_LAMBDA') return undefined;
  const what = handler.kind === 'DIRECT' ? 'no code' : handler.kind === 'VTL' && !handler.request && handler.response ? 'no request template' : undefined;
  return what === undefined ? undefined : { message: `${user} has ${what}, and data source "${source.name}" is no Lambda function, which could do without`, fix: handler.kind === 'DIRECT' ? 'add "Code" and "Runtime"' : 'add "RequestMappingTemplate"' };
}

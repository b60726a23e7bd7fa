import type { ApiFinding, ApiRule, ApiRuleInput } from './api-rule';

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateGraphqlApi.html, API_LambdaAuthorizerConfig, and the quotas page. */
export const limitsAreInRange: ApiRule = {
  code: 'API_LIMIT',
  severity: 'error',
  summary: 'the limits, keys and authorization modes of an API are within what AppSync takes',
  url: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateGraphqlApi.html',
  *check({ api }) {
    yield* outside(api, 'QueryDepthLimit', api.queryDepthLimit, 75);
    yield* outside(api, 'ResolverCountLimit', api.resolverCountLimit, 10_000);
    for (const mode of api.authorization) if (mode.type === 'AWS_LAMBDA') yield* outside(api, 'AuthorizerResultTtlInSeconds', mode.resultTtlSeconds, 3_600);
    yield* tooMany(api, 'API keys', api.apiKeys.length);
    yield* tooMany(api, 'authorization modes', api.authorization.length);
  },
};

type Api = ApiRuleInput['api'];

function* outside({ name, resource }: Api, property: string, value: number, max: number): Iterable<ApiFinding> {
  if (Number.isInteger(value) && value >= 0 && value <= max) return;
  yield { resource, message: `"${property}" of the API "${name}" must be a whole number from 0 to ${max.toLocaleString('en-US')}, got ${value}`, fix: `choose a number from 0 to ${max.toLocaleString('en-US')}` };
}

function* tooMany({ name, resource }: Api, what: string, count: number): Iterable<ApiFinding> {
  if (count > 50) yield { resource, message: `the API "${name}" has ${count} ${what}; AppSync takes at most 50`, fix: `remove some of the ${what}` };
}

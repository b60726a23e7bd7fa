import type { ApiModel, ResolverModel } from '../../../lib/model';
import { pipelineFunction, resolver } from '../fixtures';
import { finder, js, schema, vtl } from './api-harness';

const found = finder('API_EXTENSION');
const sdl = schema('type Query { ping: String }\ntype Mutation { send: String }\ntype Subscription { onSend: String @aws_subscribe(mutations: ["send"]) }\n');
const calling = (statement: string, where: 'request' | 'response' = 'response') => {
  const body = (name: string) => `export function ${name}(ctx) {\n${name === where ? statement : ''}\nreturn { payload: ctx.args };\n}`;
  return js(`import { extensions } from '@aws-appsync/utils';\n${body('request')}`, body('response'));
};
const api = (...resolvers: ResolverModel[]): Partial<ApiModel> => ({ schema: sdl, resolvers: [resolver('Query.ping'), ...resolvers] });
const at = (field: string, statement: string, where?: 'request' | 'response') => found(api(resolver(field, { handler: calling(statement, where) })));

it.each([
  ['Subscription.onSend', 'extensions.setSubscriptionFilter(ctx.stash.filter);'],
  ['Subscription.onSend', 'extensions.setSubscriptionInvalidationFilter({ filterGroup: [] });'],
  ['Mutation.send', "extensions.invalidateSubscriptions({ subscriptionField: 'onSend', payload: {} });"],
  ['Mutation.send', 'extensions.invalidateSubscriptions(ctx.stash.invalidation);'],
  ['Mutation.send', "extensions.evictFromApiCache('Query', 'ping', {});"],
])('accepts in %s %s', (field, statement) => {
  expect(at(field, statement)).toEqual([]);
});

it('accepts code that a field of the right type runs too, and calls in functions of its own', () => {
  const handler = calling("extensions.evictFromApiCache('Query', 'ping', {});");
  expect(found(api(resolver('Query.ping', { handler }), resolver('Mutation.send', { handler })))).toEqual([]);
  const filter = js("import { extensions } from '@aws-appsync/utils';\nfunction limit() { extensions.setSubscriptionFilter({}); }\nexport function request() { limit(); return {}; }");
  expect(found(api(resolver('Subscription.onSend', { handler: filter })))).toEqual([]);
});

it('reports a call for fields of another type, also in a function of a pipeline', () => {
  expect(at('Mutation.send', 'extensions.setSubscriptionFilter({ filterGroup: [] });')).toEqual([
    { message: '"setSubscriptionFilter" does nothing for fields of "Mutation"', fix: 'call it in a resolver of "Subscription"', resource: 'MutationsendResolver', at: '7:1' },
  ]);
  const step = pipelineFunction('step', { handler: calling("extensions.evictFromApiCache('Query', 'ping', {});") });
  const pipeline = resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds: ['step-id'] });
  expect(found({ schema: sdl, functions: [step], resolvers: [pipeline] })).toMatchObject([{ message: '"evictFromApiCache" does nothing for fields of "Query"', resource: 'stepFunction' }]);
});

it('reports a call in the request, and fields that do not exist', () => {
  expect(at('Subscription.onSend', 'extensions.setSubscriptionFilter({});', 'request')).toMatchObject([{ message: '"setSubscriptionFilter" does nothing in "request"', fix: 'call it in "response"', at: '3:1' }]);
  expect(at('Mutation.send', "extensions.invalidateSubscriptions({ subscriptionField: 'onSent', payload: {} });")).toMatchObject([
    { message: '"invalidateSubscriptions" is about Subscription.onSent, which the schema does not have', fix: 'did you mean "onSend"?' },
  ]);
  expect(at('Mutation.send', "extensions.evictFromApiCache('Query', 'everything', {});")).toMatchObject([{ message: '"evictFromApiCache" is about Query.everything, which the schema does not have', fix: 'name a field of "Query"' }]);
});

describe('templates', () => {
  const template = (call: string, where: 'request' | 'response' = 'response') => (where === 'request' ? vtl(`${call}{ "payload": 1 }`) : vtl('{ "payload": 1 }', `${call}\n$util.toJson($ctx.result)`));
  const of = (field: string, call: string, where?: 'request' | 'response') => found(api(resolver(field, { handler: template(call, where) })));

  it('may call what counts for their field', () => {
    expect(of('Subscription.onSend', '$extensions.setSubscriptionFilter($util.transform.toSubscriptionFilter({}))')).toEqual([]);
    expect(of('Mutation.send', '$extensions.invalidateSubscriptions({"subscriptionField": "onSend", "payload": {}})')).toEqual([]);
    expect(of('Mutation.send', '$extensions.evictFromApiCache("Query", "ping", {})', 'request')).toEqual([]);
    const handler = template('$extensions.evictFromApiCache("Query", "ping", {})');
    expect(found(api(resolver('Query.ping', { handler }), resolver('Mutation.send', { handler })))).toEqual([]);
  });

  it('are told of calls that do nothing, and of fields that do not exist', () => {
    expect(of('Subscription.onSend', '$extensions.evictFromApiCache("Query", "ping", {})')).toEqual([
      { message: '"evictFromApiCache" does nothing for fields of "Subscription"', fix: 'call it in a resolver of "Mutation"', resource: 'SubscriptiononSendResolver', at: '1:1' },
    ]);
    expect(of('Subscription.onSend', '$extensions.setSubscriptionFilter({})', 'request')).toMatchObject([{ message: '"setSubscriptionFilter" does nothing in "request"', fix: 'call it in "response"' }]);
    expect(of('Mutation.send', '#if($ctx.result)$extensions.invalidateSubscriptions({"subscriptionField": "onSent", "payload": {}})#end')).toMatchObject([
      { message: '"invalidateSubscriptions" is about Subscription.onSent, which the schema does not have', fix: 'did you mean "onSend"?', at: '1:17' },
    ]);
    expect(of('Mutation.send', '$extensions.evictFromApiCache("Query", "pong", {})')).toMatchObject([{ message: '"evictFromApiCache" is about Query.pong, which the schema does not have', fix: 'did you mean "ping"?' }]);
  });
});

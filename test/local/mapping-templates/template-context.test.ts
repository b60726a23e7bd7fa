/** `$ctx`, and how templates end. */
import { newEvaluator, sampleContext } from '../builtins/run-handler';
import { printed, run } from './run-template';

const identity = { sub: 'u-1', username: 'alice', claims: { 'cognito:groups': ['staff'] }, sourceIp: ['10.0.0.1'] };

describe('$ctx', () => {
  it.each([
    ['$ctx.args.id $context.arguments.id ${ctx.args.id} $ctx.args.get("id")', 'p1 p1 p1 p1'],
    ['$ctx.identity.sub $ctx.identity.claims.get("cognito:groups")[0] $ctx.identity.sourceIp.size()', 'u-1 staff 1'],
    ['$ctx.source.name $ctx.request.headers.host $!ctx.request.domainName| $ctx.env.TABLE', 'parent example.com | products'],
    ['$ctx.info.fieldName $ctx.info.parentTypeName $ctx.info.variables.v $ctx.info.selectionSetList $ctx.info.selectionSetGraphQL', 'getProduct Query 1 [id, name] { id name }'],
    ['$ctx.result.items[0].n $ctx.prev.result.p $ctx.error.type $ctx.error.message $ctx.outErrors', '1 2 DynamoDB:X bad []'],
    ['#set($ctx.args.id = "new")#set($ctx.stash.a = [1])$util.qr($ctx.stash.put("b", 2))$ctx.arguments.id $ctx.stash', 'new {a=[1], b=2}'],
    ['$ctx.nope $ctx.args.nope $!ctx.args.nope|', '$ctx.nope $ctx.args.nope |'],
    ['#foreach($e in $ctx.args.entrySet())$e.key=$e.value;#end$ctx.args.keySet() $ctx.args.size() $ctx.args.containsKey("id")', 'id=p1;[id] 1 true'],
    ['#if($ctx.containsKey("args") && $ctx.keySet().contains("arguments") && !$ctx.keySet().contains("args"))yes#end', 'yes'],
  ])('%s', (template, output) => {
    const context = { identity, source: { name: 'parent' }, info: { ...sampleContext.info, variables: { v: 1 } } };

    expect(printed(template, context, { result: { items: [{ n: 1 }] }, prev: { result: { p: 2 } }, error: { type: 'DynamoDB:X', message: 'bad' } })).toBe(output);
  });

  it('is JSON with its arguments once, and without the selection set', () => {
    const { outcome } = run('$util.toJson($context)', { identity }, { result: [1] });

    expect(outcome).toEqual({
      kind: 'value',
      value: {
        arguments: { id: 'p1' },
        identity,
        source: null,
        result: [1],
        request: { headers: { host: 'example.com' }, domainName: null },
        info: { fieldName: 'getProduct', parentTypeName: 'Query', variables: {} },
        error: null,
        prev: null,
        stash: {},
        outErrors: [],
      },
    });
  });

  it('lasts for a resolver run, its result for one template', () => {
    const evaluator = newEvaluator();
    const load = (text: string) => evaluator.load({ kind: 'VTL', request: { path: 'template.vtl', text } });
    const invocation = evaluator.begin({ ...sampleContext, stash: { given: true } });

    invocation.run(load('$util.qr($ctx.stash.put("m", $ctx.args))$util.qr($ctx.args.put("id", 2))$util.qr($ctx.result.put("x", 1)){}'), 'request', { result: {} });
    const { outcome } = invocation.run(load('$util.toJson([$ctx.args, $ctx.stash, $ctx.result])'), 'request', {});

    expect(outcome).toEqual({ kind: 'value', value: [{ id: 2 }, { given: true, m: { id: 2 } }, null] });
    expect(invocation.stash()).toEqual({ given: true, m: { id: 2 } });
    expect(sampleContext.args).toEqual({ id: 'p1' });
    expect(evaluator.begin(sampleContext).run(load('$util.toJson($ctx.stash)'), 'request', {}).outcome).toEqual({ kind: 'value', value: {} });
  });
});

describe('a template', () => {
  it.each([
    ['{"a": #if(true)1#{else}2#end}', { a: 1 }],
    ['  [1, 2.50, "x"]\n', [1, 2.5, 'x']],
    ['"text"', 'text'],
    ['null', null],
    ['#return', null],
    ['#return({"a": [1, 2.0]})', { a: [1, 2] }],
    ['#return("plain")', 'plain'],
    ['#return($util.toJson({"a": null}))', { a: null }],
  ])('%s gives its value', (template, value) => {
    expect(run(template).outcome).toMatchObject({ value });
  });

  it('that does not end in one JSON document shows what it printed', () => {
    expect(run('{"a": 1} {"b": $ctx.args.id}')).toMatchObject({
      outcome: { kind: 'error', error: { message: 'Trailing characters at the end of the JSON string are not allowed.', errorType: 'MappingTemplate' } },
      text: '{"a": 1} {"b": p1}',
    });
  });
});

test('a stash that a template put into itself is empty where code takes over, and the next run is fine', () => {
  const evaluator = newEvaluator();
  const invocation = evaluator.begin(sampleContext);
  const code = evaluator.load({ kind: 'APPSYNC_JS', code: { path: 'code.js', text: 'export const request = (ctx) => [ctx.stash, ctx.args];' } });
  invocation.run(evaluator.load({ kind: 'VTL', request: { path: 'template.vtl', text: '$util.qr($ctx.stash.put("self", $ctx.stash)){}' } }), 'request', {});

  expect(invocation.stash()).toEqual({});
  expect(invocation.run(code, 'request', {}).outcome).toEqual({ kind: 'value', value: [{}, { id: 'p1' }] });
  expect(evaluator.begin(sampleContext).run(code, 'request', {}).outcome).toEqual({ kind: 'value', value: [{}, { id: 'p1' }] });
});

import { parseHandler, readRequests } from '../../lib/compiler';

const read = (text: string) => readRequests(parseHandler({ path: 'handler.js', text }));
const parts = (text: string) => Object.keys(read(text)?.contextReads ?? {}).sort();
const args = (body: string) => read(`export function request(ctx) { ${body} }`)?.argumentReads.map(({ name }) => name);

describe('parts of the context', () => {
  it.each([
    ['export const request = (c) => c.identity.sub;', ['identity']],
    ['export function request({ source, args: { id } }) { return { source, id }; }', ['arguments', 'source']],
    ['export function request(ctx) { const { identity } = ctx; return identity; }', ['identity']],
    ['function who(context) { return context.identity.sub; }\nexport function request(ctx) { return who(ctx); }', ['identity']],
    ["import { guarded } from './guarded';\nexport const request = guarded((ctx) => ctx.identity.sub);", ['identity']],
    ['function request(ctx) { return one(ctx); }\nconst one = (ctx) => two(ctx);\nfunction two({ request }) { return request.headers; }\nexport { request };', ['request']],
  ])('are read in %s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it.each([
    'export function response(ctx) { return ctx.result.items.map((item) => ({ id: item.id, source: item.source })); }',
    'export function response(ctx) { return ctx.result.items.map(({ identity }) => identity); }',
    'const named = (post) => post.source;\nexport function response(ctx) { return ctx.result.items.map(named); }',
    'function named(post) { return post.request; }\nexport function response(ctx) { return named(ctx.result); }',
    'function again(post) { return again(post).identity ?? post.identity; }\nexport function response(ctx) { return ctx.result.map(again); }',
    'export function request(ctx) { console.log("asked by", ctx.identity.sub); console.error({ who: ctx.identity }); return {}; }',
  ])('are not read in %s', (text) => {
    expect(parts(text)).toEqual([]);
  });
});

describe('arguments', () => {
  it('are found by name, however they are read', () => {
    expect(args("return [ctx.args.id, ctx.arguments['page']];")).toEqual(['id', 'page']);
    expect(args('const { id, page = 1, ...others } = ctx.args; return { id, page, others };')).toEqual(['id', 'page']);
    expect(args('const { args } = ctx; return args?.input.city;')).toEqual(['input']);
    expect(args('const input = ctx.args; return input.id;')).toEqual(['id']);
  });

  it('leave out what is not named, and what is only printed', () => {
    expect(args('return { payload: ctx.args, one: ctx.args[ctx.stash.name] };')).toEqual([]);
    expect(args('console.log(ctx.args.trace); return ctx.args.id;')).toEqual(['id']);
    expect(args('return ctx.prev.result.map((item) => item.args.id);')).toEqual([]);
  });
});

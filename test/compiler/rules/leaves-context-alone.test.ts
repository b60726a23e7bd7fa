import { expectClean, findingsIn, markAndFix } from './harness';

describe('the context', () => {
  it('accepts writes below the members', () => {
    expectClean(`export function request(ctx) {
  ctx.stash.start = 1;
  ctx.args.input.name = "a";
  delete ctx.stash.old;
  return {};
}
export const response = (ctx) => {
  ctx.result.count += 1;
  return ctx.result;
};`);
  });

  it('accepts a local of the same name, and other functions', () => {
    expectClean(`function helper(ctx) {
  ctx.extra = 1;
}
export function request(ctx) {
  const rows = [{}].map((ctx) => {
    ctx.a = 1;
    return ctx;
  });
  helper({});
  return rows;
}
export function response(ctx) {
  return ctx.result;
}`);
  });

  it('rejects writing, deleting and replacing members', () => {
    expect(findingsIn(`export function request(context) {
  context.args = {};
  delete context.stash;
  context["x"] += 1;
  context = {};
  return {};
}
export function response(ctx) {
  [1].forEach((x) => {
    ({ a: ctx.result } = { a: x });
  });
  return ctx.result;
}`)).toEqual([
      { code: 'RES_CONTEXT_WRITE', at: '2:3', message: '"context.args" cannot be written' },
      { code: 'RES_CONTEXT_WRITE', at: '4:3', message: '"context.x" cannot be written' },
      { code: 'RES_CONTEXT_WRITE', at: '5:3', message: '"context" cannot be written' },
      { code: 'RES_CONTEXT_WRITE', at: '3:10', message: '"context.stash" cannot be written' },
      { code: 'RES_CONTEXT_WRITE', at: '10:11', message: '"ctx.result" cannot be written' },
    ]);
  });

  it('rejects it in an arrow exported under another name', () => {
    expect(findingsIn(`const load = (c) => {
  for (c.key in {}) console.log(c);
  return {};
};
export { load as request };
export const response = (c) => c.result;`)).toEqual([
      { code: 'RES_CONTEXT_WRITE', at: '2:8', message: '"c.key" cannot be written' },
    ]);
  });

  it('points to the stash', () => {
    expect(markAndFix(`export function request(ctx) {
  ctx.user = 1;
  return {};
}
export function response(ctx) {
  return ctx.result;
}`)).toEqual({ marked: 'ctx.user', fix: 'write to ctx.stash.user, or use a variable of your own' });
  });
});

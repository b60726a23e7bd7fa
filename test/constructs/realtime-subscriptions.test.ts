import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Filter, RealtimeSubscriptions, Value } from '../../lib';
import { checkHandlerCode } from '../../lib/compiler';
import type { TextAsset } from '../../lib/constructs/text-asset';
import { getHandlers, project, schema } from './project';

function generatedCode(filter: Filter): string {
  const { app, api, template } = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers });
  const subscriptions = new RealtimeSubscriptions(api(), 'Live', { onPutItem: filter });
  template();
  const asset = subscriptions.resolvers.get('onPutItem')?.node.findChild('Code') as TextAsset;
  return readFileSync(join(app.outdir, asset.assetPath), 'utf8');
}

test('a filter becomes a resolver that one can read', () => {
  expect(generatedCode(Filter.field('id').equalsArgument('id'))).toBe(`import { extensions, util } from '@aws-appsync/utils';

/** Subscription.onPutItem, generated from the rule declared in the stack. */
export function request() {
  return { payload: null };
}

export function response(ctx) {
  const filters = [];
  if (ctx.args.id !== undefined && ctx.args.id !== null) {
    filters.push({ fieldName: 'id', operator: 'eq', value: ctx.args.id });
  }
  if (filters.length > 0) {
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });
  }
  return null;
}
`);
});

test('a list argument is held to the five members that AppSync takes', () => {
  expect(generatedCode(Filter.field('id').inArgument('ids'))).toContain(`    if (ctx.args.ids.length > 5) {
      util.error(\`"ids" takes at most 5 values, got \${ctx.args.ids.length}\`, 'BadRequest');
    }
    filters.push({ fieldName: 'id', operator: 'in', value: ctx.args.ids });`);
});

test('a caller without the identity that a filter compares with is refused, unless a group excepts it', () => {
  expect(generatedCode(Filter.field('owner').equalsIdentity('claims.tenant', { exceptGroups: ['admins', "o'hara"] }))).toContain(`
  if (!(ctx.identity?.groups ?? []).some((group) => group === 'admins' || group === 'o\\'hara')) {
    const required = ctx.identity?.claims?.tenant;
    if (!required) {
      util.unauthorized();
    }
    filters.push({ fieldName: 'owner', operator: 'eq', value: required });
  }
`);
});

test.each([
  ['an argument', Filter.field('id').equalsArgument('id')],
  ['a list', Filter.field('id').inArgument('ids')],
  ['an identity', Filter.field('owner').equalsIdentity('sub', { exceptGroups: ['admins'] })],
  ['a fixed text', Filter.field('status').equals(Value.fixed("it's"))],
  ['several conditions', Filter.all(Filter.field('owner').equalsIdentity('sub'), Filter.field('room.id').equalsArgument('room'), Filter.field('n').atLeast(Value.argument('least')))],
])('code generated for %s is code that AppSync takes', (_title, filter) => {
  expect(checkHandlerCode({ code: { path: 'generated.js', text: generatedCode(filter) } })).toEqual([]);
});

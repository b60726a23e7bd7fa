import type { ApiModel, HandlerModel } from '../../../lib/model';
import { resolver } from '../fixtures';
import { expectFound, findings } from './schema-harness';

const sdl = `
  type Message { id: ID! room: ID tags: [String] parts: [Part] author: User extra: AWSJSON }
  type Part { size: Int }
  type User { name: String boss: User }
  type Mutation { send: Message }
  type Subscription { onSend(roomId: ID): Message @aws_subscribe(mutations: ["send"]) }
`;

/** A resolver whose line 5, from column 3, is the statement. */
function code(statement: string): Partial<ApiModel> {
  const text = `import { extensions, util } from '@aws-appsync/utils';\nexport function request() { return {}; }\nexport function response(ctx) {\n  const other = [];\n  ${statement}\n  return null;\n}\n`;
  return answered({ kind: 'APPSYNC_JS', code: { path: '/app/on-send.js', text } });
}

function answered(handler: HandlerModel): Partial<ApiModel> {
  return { resolvers: [resolver('Subscription.onSend', { handler })] };
}

const set = (...filters: string[]) => code(`extensions.setSubscriptionFilter({ filterGroup: [{ filters: [${filters.join(', ')}] }] });`);
const test = (fieldName: string, operator = 'eq', value = '1') => `{ fieldName: '${fieldName}', operator: '${operator}', value: ${value} }`;

describe('filter-names-delivered-field', () => {
  const CODE = 'API_FILTER_FIELD';

  it('accepts fields at the top and below, whatever is in JSON, and names that are computed', () => {
    expectFound(sdl, set(test('id'), test('author.boss.name'), test('extra.anything.at.all'), '{ fieldName: ctx.args.by, operator: "eq", value: 1 }')).toEqual([]);
    expectFound(sdl, code('extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ room: { eq: ctx.args.roomId }, or: [{ id: { in: ["a"] } }] }));')).toEqual([]);
  });

  it('accepts a filter that invalidates subscriptions by a payload of its own', () => {
    expectFound(sdl, code(`extensions.setSubscriptionFilter({ filterGroup: other }); extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [${test('anything')}] }] });`)).toEqual([]);
  });

  it('reports a field that is not delivered, at the name', () => {
    expectFound(sdl, code(`other.push(${test('romm')}); extensions.setSubscriptionFilter({ filterGroup: [{ filters: other }] });`)).toEqual([
      { code: CODE, at: '5:27', message: 'the filter of Subscription.onSend tests "romm", but "Message" has no field "romm"' },
    ]);
    expect(findings(sdl, set(test('romm')))[0]).toMatchObject({ severity: 'error', fix: 'did you mean "room"?', resource: { logicalId: 'SubscriptiononSendResolver' }, location: { file: '/app/on-send.js' } });
  });

  it('reports the part of a path, and the argument of toSubscriptionFilter', () => {
    expectFound(sdl, set(test('author.city'))).toMatchObject([{ code: CODE, message: 'the filter of Subscription.onSend tests "author.city", but "User" has no field "city"' }]);
    expectFound(sdl, code('extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ or: [{ "author.city": { eq: 1 } }] }));')).toMatchObject([{ code: CODE, at: '5:81' }]);
  });

  it('reports fields in templates', () => {
    const response = { path: '/app/on-send.vtl', text: '#set($f = {"fieldName": "roomid", "operator": "eq", "value": 1})\n$extensions.setSubscriptionFilter({"filterGroup": [{"filters": [$f]}]})\n' };

    expectFound(sdl, answered({ kind: 'VTL', response })).toEqual([{ code: CODE, at: '1:26', message: 'the filter of Subscription.onSend tests "roomid", but "Message" has no field "roomid"' }]);
  });
});

describe('filter-stays-out-of-lists', () => {
  const CODE = 'API_FILTER_LIST';

  it('accepts tests for the members of a list', () => {
    expectFound(sdl, set(test('tags', 'contains'), test('tags', 'containsAny', '["a"]'), test('tags', 'notContains'))).toEqual([]);
  });

  it('accepts a delivered list without a filter', () => {
    expectFound('type Mutation { send: [Int] }\ntype Subscription { onSend: [Int] @aws_subscribe(mutations: ["send"]) }', code('')).toEqual([]);
  });

  it('warns of a path through a list and of a list compared as a value', () => {
    expectFound(sdl, set(test('parts.size'), test('tags'))).toEqual([
      { code: CODE, at: '5:77', message: 'the filter of Subscription.onSend tests "parts.size", but "parts" is a list, whose members a path does not reach' },
      { code: CODE, at: '5:132', message: 'the filter of Subscription.onSend compares the list "tags" by "eq"' },
    ]);
  });

  it('warns of a list that is delivered', () => {
    expectFound('type Mutation { send: [User] }\ntype User { id: ID }\ntype Subscription { onSend: [User] @aws_subscribe(mutations: ["send"]) }', set(test('id'))).toEqual([
      { code: CODE, at: '5:77', message: 'Subscription.onSend delivers a list, which never passes a filter' },
    ]);
  });
});

describe('filter-keeps-to-limits', () => {
  const CODE = 'API_FILTER_LIMIT';
  const deep = 'author.boss.boss.boss.name';

  it('accepts filters at their limits', () => {
    expectFound(sdl, set(test('id', 'in', '[1, 2, 3, 4, 5]'), test('room', 'in', '[1, 2]'), test(deep), test('id', 'between', '[1, 2]'))).toEqual([]);
  });

  it('accepts lists of unknown length', () => {
    expectFound(sdl, set(test('id', 'in', '[...other, 1, 2, 3, 4, 5, 6]'), test('room', 'in', 'ctx.args.rooms'))).toEqual([]);
  });

  it.each([
    [test('id', 'equals'), 'has the unknown operator "equals"'],
    [test('id', 'in', '[1, 2, 3, 4, 5, 6]'), 'compares "id" with 6 values by "in", 5 are allowed'],
    [test('id', 'between', '[1]'), 'compares "id" with 1 values by "between", which takes 2'],
    [test('id', 'eq', `"${'x'.repeat(257)}"`), 'compares "id" with a text of 257 characters, 256 are allowed'],
    [test('author.boss.boss.boss.boss.name'), 'reads "author.boss.boss.boss.boss.name", 6 levels deep: AppSync ignores what is deeper than 5'],
  ])('reports %s', (filter, message) => {
    expectFound(sdl, set(filter)).toMatchObject([{ code: CODE, message: `the filter of Subscription.onSend ${message}` }]);
  });

  it('reports more than five fields, and more than ten alternatives once lists are expanded', () => {
    const six = ['id', 'room', 'author.name', 'author.boss.name', 'extra.a', 'extra.b'].map((field) => test(field));

    expectFound(sdl, set(...six)).toEqual([{ code: CODE, at: '5:77', message: 'the filter of Subscription.onSend tests 6 fields at once, 5 are allowed' }]);
    expectFound(sdl, set(test('id', 'in', '[1, 2, 3, 4]'), test('room', 'in', '[1, 2, 3]'))).toEqual([
      { code: CODE, at: '5:77', message: 'the filter of Subscription.onSend has 12 alternatives, counting each value of "in", 10 are allowed' },
    ]);
  });

  it.each([
    [test('id', 'eq', 'null'), 'compares "id" with null, which no filter takes'],
    [test('id', 'in', '"a"'), 'compares "id" with a single value by "in", which takes a list'],
    [test('id', 'eq', '["a"]'), 'compares "id" with a list by "eq", which takes a single value'],
  ])('reports the value of %s', (filter, message) => {
    expectFound(sdl, set(filter)).toMatchObject([{ code: CODE, message: `the filter of Subscription.onSend ${message}` }]);
  });

  const eleven = Array.from({ length: 11 }, (_, index) => `{ filters: [${test('id', 'eq', `'${index}'`)}] }`);
  const tooMany = [{ code: CODE, message: 'the filter of Subscription.onSend has 11 alternatives, counting each value of "in", 10 are allowed' }];

  it('counts filters behind a constant, pushed one by one, and in both ways', () => {
    const apply = 'extensions.setSubscriptionFilter({ filterGroup });';
    expectFound(sdl, code(`const filterGroup = [${eleven.join(', ')}]; ${apply}`)).toMatchObject(tooMany);
    expectFound(sdl, code(`const filterGroup = []; ${eleven.map((entry) => `filterGroup.push(${entry});`).join(' ')} ${apply}`)).toMatchObject(tooMany);
    expectFound(sdl, code(`const filterGroup = [${eleven[0]}]; filterGroup.push(${eleven.slice(1).join(', ')}); ${apply}`)).toMatchObject(tooMany);
    expectFound(sdl, code(`const filters = [${test('id', 'in', '[1, 2, 3, 4]')}]; filters.push(${test('room', 'in', '[1, 2, 3]')}); extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });`)).toMatchObject([
      { code: CODE, message: 'the filter of Subscription.onSend has 12 alternatives, counting each value of "in", 10 are allowed' },
    ]);
  });

  it('does not count what is pushed under a condition, or a list that something else changes', () => {
    const apply = 'extensions.setSubscriptionFilter({ filterGroup });';
    expectFound(sdl, code(`const filterGroup = [${eleven.slice(1).join(', ')}]; if (ctx.args.a) { filterGroup.push(${eleven[0]}); } ${apply}`)).toEqual([]);
    expectFound(sdl, code(`const filterGroup = [${eleven.join(', ')}]; filterGroup.pop(); ${apply}`)).toEqual([]);
    expectFound(sdl, code(`const filterGroup = [${eleven.join(', ')}]; shorten(filterGroup); ${apply} function shorten(list) { list.pop(); }`)).toEqual([]);
  });
});

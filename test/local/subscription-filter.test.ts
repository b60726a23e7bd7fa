import type { FilterCondition } from '../../lib/local/evaluator';
import { compileFilter, validateFilter } from '../../lib/local/subscription-filter';

/** A filter of OR-ed entries, each a list of AND-ed `[fieldName, operator, value]`. */
function filterOf(...entries: [string, string, unknown][][]) {
  return { filterGroup: entries.map((conditions) => ({ filters: conditions.map(([fieldName, operator, value]): FilterCondition => ({ fieldName, operator, value })) })) };
}

function passes(condition: [string, string, unknown], payload: unknown): boolean {
  return compileFilter(filterOf([condition]))(payload);
}

describe('a condition', () => {
  test.each<[operator: string, value: unknown, field: unknown, expected: boolean]>([
    ['eq', 'a', 'a', true],
    ['eq', 1, '1', false],
    ['eq', 'A', 'a', false],
    ['eq', false, false, true],
    ['ne', 'a', 'b', true],
    ['ne', 'a', 'a', false],
    ['ne', 1, '1', true],
    ['le', 5, 5, true],
    ['le', 5, 6, false],
    ['lt', 5, 5, false],
    ['lt', 'b', 'a', true],
    ['lt', 5, '4', false],
    ['ge', 5, 5, true],
    ['ge', 5, 4, false],
    ['gt', 5, 6, true],
    ['gt', '10', '9', true],
    ['gt', 5, 5, false],
    ['contains', 'ell', 'hello', true],
    ['contains', 'ELL', 'hello', false],
    ['contains', 'a', ['a', 'b'], true],
    ['contains', 1, ['1'], false],
    ['contains', 1, '1', false],
    ['notContains', 'ell', 'hello', false],
    ['notContains', 'x', 'hello', true],
    ['notContains', 'a', ['b'], true],
    ['beginsWith', 'he', 'hello', true],
    ['beginsWith', 'lo', 'hello', false],
    ['beginsWith', '1', 12, false],
    ['in', ['high', 'medium'], 'high', true],
    ['in', ['high', 'medium'], 'low', false],
    ['in', [1, 2], '1', false],
    ['notIn', ['high', 'medium'], 'low', true],
    ['notIn', ['high', 'medium'], 'high', false],
    ['between', [1, 5], 1, true],
    ['between', [1, 5], 5, true],
    ['between', [1, 5], 6, false],
    ['between', ['a', 'c'], 'b', true],
    ['between', [1, 5], '3', false],
    ['containsAny', ['a', 'z'], ['a', 'b'], true],
    ['containsAny', ['x', 'z'], ['a', 'b'], false],
    ['containsAny', ['a'], 'a', false],
  ])('%s %j on a field that is %j: %j', (operator, value, field, expected) => {
    expect(passes(['field', operator, value], { field })).toBe(expected);
  });

  test.each([
    ['eq', 'a'],
    ['ne', 'a'],
    ['notIn', ['a']],
    ['notContains', 'a'],
    ['le', 1],
  ])('%s is false on a field that is null or missing', (operator, value) => {
    expect(passes(['field', operator, value], { field: null })).toBe(false);
    expect(passes(['field', operator, value], {})).toBe(false);
  });

  test('follows a dotted path of five levels', () => {
    expect(passes(['a.b.c.d.e', 'eq', 1], { a: { b: { c: { d: { e: 1 } } } } })).toBe(true);
    expect(passes(['a.b.c.d.e', 'eq', 1], { a: { b: null } })).toBe(false);
  });

  test('is ignored below five levels', () => {
    expect(passes(['a.b.c.d.e.f', 'eq', 1], { a: 'anything' })).toBe(true);
  });

  test('does not see what objects inherit', () => {
    expect(passes(['constructor.name', 'eq', 'Object'], {})).toBe(false);
    expect(passes(['tags.length', 'eq', 1], { tags: ['a'] })).toBe(false);
  });
});

describe('a filter', () => {
  test('joins the conditions of an entry by AND and the entries by OR', () => {
    const filter = compileFilter(filterOf([['severity', 'ge', 7], ['priority', 'in', ['high', 'medium']]], [['group', 'eq', 'admin']]));

    expect(filter({ severity: 8, priority: 'high' })).toBe(true);
    expect(filter({ severity: 8, priority: 'low' })).toBe(false);
    expect(filter({ severity: 1, group: 'admin' })).toBe(true);
  });

  test('never passes a list, a scalar or null', () => {
    const filter = compileFilter(filterOf([['id', 'ne', '1']]));

    expect([[{ id: '2' }], 'text', null].map(filter)).toEqual([false, false, false]);
  });

  test('passes every object when it has no condition', () => {
    expect(compileFilter({ filterGroup: [] })({ id: 1 })).toBe(true);
    expect(compileFilter({ filterGroup: [{ filters: [] }] })({ id: 1 })).toBe(true);
  });
});

describe('validateFilter', () => {
  test('accepts every operator with a value of its kind', () => {
    const conditions: [string, string, unknown][] = [
      ['a', 'eq', true], ['a', 'ne', 1], ['b', 'le', 1], ['b', 'lt', 'x'], ['c', 'ge', 1], ['c', 'gt', 'x'], ['d', 'contains', 'x'],
      ['d', 'notContains', 1], ['e', 'beginsWith', 'x'], ['e', 'in', [1, 2]], ['a', 'notIn', ['x']], ['b', 'between', [1, 2]], ['c', 'containsAny', ['x', 'y']],
    ];

    expect(validateFilter(filterOf(conditions))).toBeUndefined();
  });

  test.each([
    [undefined, 'a filter must be an object with a "filterGroup" list'],
    ['{"filterGroup":[]}', 'a filter must be an object with a "filterGroup" list'],
    [{ filterGroup: [[]] }, 'filterGroup[0] must be an object with a "filters" list'],
    [{ filterGroup: [{ filters: ['x'] }] }, 'filterGroup[0].filters[0]: must be an object with "fieldName", "operator" and "value"'],
    [filterOf([['', 'eq', 1]]), 'filterGroup[0].filters[0]: "fieldName" must be the name of a field'],
    [filterOf([['a', 'eq', 1], ['a', 'EQ', 1]]), 'filterGroup[0].filters[1]: "operator" must be one of eq, ne, le, lt, ge, gt, contains, notContains, beginsWith, in, notIn, between, containsAny, got "EQ"'],
    [filterOf([['a', 'eq', null]]), 'filterGroup[0].filters[0]: "value" of "eq" must be a number, string or boolean, got null'],
    [filterOf([['a', 'eq', undefined]]), 'filterGroup[0].filters[0]: "value" of "eq" must be a number, string or boolean, got nothing'],
    [filterOf([['a', 'gt', true]]), 'filterGroup[0].filters[0]: "value" of "gt" must be a number or string, got true'],
    [filterOf([['a', 'beginsWith', 1]]), 'filterGroup[0].filters[0]: "value" of "beginsWith" must be a string, got 1'],
    [filterOf([['a', 'in', [1, 2, 3, 4, 5, 6]]]), 'filterGroup[0].filters[0]: "value" of "in" must be a list of 1 to 5 numbers, strings or booleans, got [1,2,3,4,5,6]'],
    [filterOf([['a', 'between', [1, '2']]]), 'filterGroup[0].filters[0]: "value" of "between" must be a pair of numbers or a pair of strings, got [1,"2"]'],
    [filterOf([['a', 'eq', 'x'.repeat(257)]]), 'filterGroup[0].filters[0]: "value" has a string of more than 256 characters'],
    [filterOf([['a', 'eq', 1], ['b', 'eq', 1], ['c', 'eq', 1], ['d', 'eq', 1], ['e', 'eq', 1], ['f', 'eq', 1]]), 'filterGroup[0] tests 6 fields, the limit is 5'],
    [filterOf([['a', 'in', [1, 2, 3, 4]], ['b', 'in', [1, 2, 3]]]), 'filterGroup has 12 filters, counting each combination of "in" values, the limit is 10'],
    [filterOf(...Array.from({ length: 11 }, (): [string, string, unknown][] => [['a', 'eq', 1]])), 'filterGroup has 11 filters, counting each combination of "in" values, the limit is 10'],
  ])('refuses %j', (filter, problem) => {
    expect(validateFilter(filter)).toBe(problem);
  });

  test('accepts the limits themselves', () => {
    expect(validateFilter(filterOf([['a', 'in', [1, 2, 3, 4, 5]], ['b', 'in', [1, 2]], ['c', 'eq', 'x'.repeat(256)], ['d', 'eq', 1], ['e', 'eq', 1]]))).toBeUndefined();
    expect(validateFilter(filterOf([['a', 'containsAny', Array.from({ length: 20 }, (_, index) => index)]]))).toBeUndefined();
  });
});

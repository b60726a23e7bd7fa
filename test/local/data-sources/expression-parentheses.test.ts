import { withoutNeedlessParentheses } from '../../../lib/local/data-sources/expression-parentheses';

test.each([
  ['(#a = :a)', '#a = :a'],
  ['((contains(#a,:a)) OR (contains(#b,:b)))', '(contains(#a,:a) OR contains(#b,:b))'],
  ['(NOT (#a = :a))', '(NOT #a = :a)'],
  ['(#p BETWEEN :low AND :high) AND (#a = :a)', '#p BETWEEN :low AND :high AND #a = :a'],
  ['(#a = :a OR #b = :b) AND (#c = :c)', '(#a = :a OR #b = :b) AND #c = :c'],
  ['(size(#v) > :v)', 'size(#v) > :v'],
  ['(size (#v) > :v)', 'size (#v) > :v'],
])('%s needs no more than %s', (expression, expected) => {
  expect(withoutNeedlessParentheses(expression)).toBe(expected);
});

test.each(['attribute_exists(#a)', '#a IN (:a, :b)', '#a in (:a)', '#a = :a AND NOT attribute_not_exists(#b)', '', 'a.b[0] = :c'])('%s stays as it is', (expression) => {
  expect(withoutNeedlessParentheses(expression)).toBe(expression);
});

test('a doubled parenthesis stays doubled, so that it is refused', () => {
  expect(withoutNeedlessParentheses('((#a = :a OR #b = :b))')).toBe('((#a = :a OR #b = :b))');
});

test.each(['(', ')', '(()', 'a = :a)', '(a = :a'])('%s, which is no expression, passes through for the parser to refuse', (expression) => {
  expect(withoutNeedlessParentheses(expression).replace(/[()]/g, '')).toBe(expression.replace(/[()]/g, ''));
});

/** Expected values of the DynamoDB and subscription filters were recorded from AWS EvaluateCode (localstack/appsync-utils, transform*.test.js.snap). */
import { evaluate, failure } from './run-handler';

const filter = (source: string): unknown => {
  const text = evaluate(`util.transform.toDynamoDBFilterExpression(${source})`);
  return typeof text === 'string' ? JSON.parse(text) : text;
};
const expressionOf = (source: string): unknown => (filter(source) as { readonly expression: string }).expression;

describe('toDynamoDBFilterExpression', () => {
  it('answers JSON text, with expressionValues even when there are none', () => {
    expect(evaluate(`util.transform.toDynamoDBConditionExpression({ and: [{ id: { attributeExists: false } }] })`)).toBe('{"expression":"(attribute_not_exists(#id))","expressionNames":{"#id":"id"},"expressionValues":{}}');
    expect(evaluate(`util.transform.toDynamoDBFilterExpression({ content: { contains: 'foo' } })`)).toBe(
      '{"expression":"(contains(#content,:content_contains))","expressionNames":{"#content":"content"},"expressionValues":{":content_contains":{"S":"foo"}}}',
    );
  });

  it.each([
    [`{ v: { eq: 'x' } }`, '(#v = :v_eq)'],
    [`{ v: { ne: 'x' } }`, '(#v <> :v_ne)'],
    [`{ v: { le: 'x' } }`, '(#v <= :v_le)'],
    [`{ v: { notContains: 'x' } }`, '(NOT contains(#v,:v_notContains))'],
    [`{ v: { beginsWith: 'x' } }`, '(begins_with(#v,:v_beginsWith))'],
    [`{ v: { between: [1, 9, 3] } }`, '(#v BETWEEN :v_between_start AND :v_between_end)'],
    [`{ v: { in: ['a', 'b'] } }`, '(#v IN (:v_in_0, :v_in_1))'],
    [`{ v: { attributeType: 'stringSet' } }`, '(attribute_type(#v,:v_attributeType))'],
    ['{ v: { size: { gt: 2, lt: 5 } } }', '((size(#v) > :v_size_gt) AND (size(#v) < :v_size_lt))'],
    ['{ v: { size: { size: { gt: 1 } } } }', '(size(#v) > :v_size_size_gt)'],
    ['{ v: { size: { attributeExists: true } } }', '(attribute_exists(size(#v)))'],
    ['{ a: { eq: 1 }, b: { eq: 2 } }', '(#a = :a_eq) AND (#b = :b_eq)'],
    ['{ v: { ge: 1, le: 5 } }', '((#v >= :v_ge) AND (#v <= :v_le))'],
    ['{ and: [{ a: { eq: 1 } }] }', '(#a = :and_0_a_eq)'],
    ['{ or: [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] }', '(((#a = :or_0_and_0_a_eq) AND (#b = :or_0_and_1_b_eq)) OR (#c = :or_1_c_eq))'],
    ['{ not: { not: { a: { eq: 1 } } } }', '(NOT (NOT (#a = :not_not_a_eq)))'],
    ['{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }', '(#a = :a_eq) AND (#b = :and_0_b_eq)'],
    ['{ "a.b": { eq: 1 } }', '(#a.b = :a.b_eq)'],
    ['{}', ''],
    ['{ and: [] }', ''],
    ['{ not: {} }', '(NOT )'],
    ['{ v: { in: [] } }', '(null)'],
    ['{ a: { eq: 1 }, b: {} }', '(#a = :a_eq) AND '],
    ['{ and: [{ a: { eq: 1 } }, {}] }', '((#a = :and_0_a_eq) AND )'],
  ])('%s is %s', (source, expression) => {
    expect(expressionOf(source)).toBe(expression);
  });

  it('keeps the name of a field without operators', () => {
    expect(filter('{ v: {} }')).toEqual({ expression: '', expressionNames: { '#v': 'v' }, expressionValues: {} });
  });

  it('types its values', () => {
    expect(filter('{ v: { eq: { a: [1, null] } } }')).toMatchObject({ expressionValues: { ':v_eq': { M: { a: { L: [{ N: 1 }, { NULL: null }] } } } } });
  });

  it.each([
    '', 'null', '[]', '"string"', '{ v: { foo: 1 } }', '{ v: { constructor: 1 } }', '{ v: "x" }', '{ a: { b: { eq: 1 } } }', '{ and: { a: { eq: 1 } } }', '{ and: null }', '{ and: [{ a: { eq: 1 } }, null] }',
    '{ not: [{ a: { eq: 1 } }] }', '{ v: { between: [1] } }', '{ v: { between: "x" } }', '{ v: { in: "x" } }', '{ v: { attributeExists: "yes" } }', '{ v: { attributeType: "S" } }', '{ v: { size: 3 } }',
  ])('(%s) cannot be rendered and gives null', (source) => {
    expect(filter(source)).toBeNull();
  });
});

describe('toSubscriptionFilter', () => {
  const groups = (args: string): unknown =>
    (evaluate(`util.transform.toSubscriptionFilter(${args})`) as { filterGroup: { filters: { fieldName: string; operator: string; value: unknown }[] }[] }).filterGroup.map(({ filters }) =>
      filters.map(({ fieldName, operator, value }) => `${fieldName} ${operator} ${JSON.stringify(value)}`),
    );

  it('answers an object', () => {
    expect(evaluate(`util.transform.toSubscriptionFilter({ a: { eq: false } })`)).toStrictEqual({ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: false }] }] });
  });

  it.each([
    ['{ z: { eq: 0 }, and: [{ a: { eq: 1 } }] }', [['z eq 0', 'a eq 1']]],
    ['{ a: { eq: 1, ne: 2 } }', [['a eq 1'], ['a ne 2']]],
    ['{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', [['a eq 1'], ['b eq 2']]],
    ['{ and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] }', [['a eq 1', 'b eq 2'], ['a eq 1', 'c eq 3']]],
    [
      '{ p: { lte: 50, gte: 20 }, and: [{ t: { ne: "B" } }], or: [{ u: { eq: "A" } }, { i: { eq: false } }] }',
      [['p lte 50', 't ne "B"', 'u eq "A"'], ['p lte 50', 't ne "B"', 'i eq false'], ['p gte 20', 't ne "B"', 'u eq "A"'], ['p gte 20', 't ne "B"', 'i eq false']],
    ],
    ['{ not: { a: { eq: 1 } } }', [['not a {"eq":1}']]],
    ['{ a: { bogus: 1 } }', [['a bogus 1']]],
    ['{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }, ["b"]', [['a eq 1']]],
    ['{ a: { eq: 1 } }, [], { r1: { gte: 250 }, r2: { eq: "p" } }', [['a eq 1', 'r1 gte 250'], ['a eq 1', 'r2 eq "p"']]],
    ['{}, [], { r1: { eq: 1 } }', [['r1 eq 1']]],
    ['{}', []],
    ['{ a: {} }', []],
    ['{ and: [] }', []],
  ])('(%s)', (args, expected) => {
    expect(groups(args)).toEqual(expected);
  });

  it.each(['', 'null', '[]', `'{"a":{"eq":1}}'`])('(%s) is no filter and gives null', (args) => {
    expect(evaluate(`util.transform.toSubscriptionFilter(${args})`)).toBeNull();
  });

  it('refuses a filter that multiplies out without end', () => {
    const field = (name: string) => `${name}: { ${Array.from({ length: 12 }, (_, i) => `o${i}: 1`).join(', ')} }`;

    expect(failure(`util.transform.toSubscriptionFilter({ ${['a', 'b', 'c', 'd'].map(field).join(', ')} })`)).toMatch(/more than 1000 filter groups\.$/);
  });
});

describe('toElasticsearchQueryDSL', () => {
  it('writes the example of the documentation', () => {
    expect(evaluate(`JSON.parse(util.transform.toElasticsearchQueryDSL({ upvotes: { ne: 15, range: [10, 20] }, title: { eq: 'hihihi', wildcard: 'h*i' } }))`)).toEqual({
      bool: {
        must: [
          { bool: { must: [{ bool: { must_not: { term: { upvotes: 15 } } } }, { range: { upvotes: { gte: 10, lte: 20 } } }] } },
          { bool: { must: [{ term: { title: 'hihihi' } }, { wildcard: { title: 'h*i' } }] } },
        ],
      },
    });
  });

  it('writes groups as must, should and must_not', () => {
    expect(evaluate(`JSON.parse(util.transform.toElasticsearchQueryDSL({ or: [{ a: { gt: 1 } }, { not: { b: { exists: true } } }] }))`)).toEqual({
      bool: {
        must: [
          {
            bool: {
              should: [
                { bool: { must: [{ bool: { must: [{ range: { a: { gt: 1 } } }] } }] } },
                { bool: { must: [{ bool: { must_not: { bool: { must: [{ bool: { must: [{ exists: { field: 'b' } }] } }] } } } }] } },
              ],
            },
          },
        ],
      },
    });
  });

  it('gives null for an unknown operator', () => {
    expect(evaluate(`util.transform.toElasticsearchQueryDSL({ a: { toString: 1 } })`)).toBeNull();
  });
});

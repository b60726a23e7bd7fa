/** Subscription filters that AppSync refuses when somebody subscribes, or that let nothing through. */
import { apiTemplate, coded, direct, lambdaSource, type Mutant, type MutantGroup, noneSource } from './mutant';

const condition = "{ fieldName: 'room', operator: 'eq', value: ctx.args.by }";
const base = apiTemplate(
  `type Query {
  last: Message
}

type Mutation {
  send: Message
}

type Subscription {
  onSend(by: ID): Message @aws_subscribe(mutations: ["send"])
}

type Message {
  id: ID!
  room: ID
  tags: [String]
  parts: [Part]
  author: User
}

type Part {
  size: Int
}

type User {
  name: String
  boss: User
}
`,
  {
    LambdaSource: lambdaSource,
    NoneSource: noneSource,
    Last: direct('Query.last'),
    Send: direct('Mutation.send'),
    OnSend: coded(
      'Subscription.onSend',
      'NoneSource',
      `import { extensions } from '@aws-appsync/utils';

export function request() {
  return { payload: null };
}

export function response(ctx) {
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [${condition}] }],
  });
  return null;
}
`,
    ),
  },
);

const filter = (name: string, code: string, replacement: string, changes: Partial<Mutant> = {}): Mutant => ({ name, code, change: [condition, replacement], ...changes });
const tests = (field: string, operator: string, value: string) => `{ fieldName: '${field}', operator: '${operator}', value: ${value} }`;
const numbers = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => index));
const six = ['id', 'room', 'author.name', 'author.boss.name', 'author.boss.boss.name', 'author.boss.boss.boss.name'].map((field) => tests(field, 'eq', '1'));

const elevenEntries = Array.from({ length: 11 }, (_, index) => `{ filters: [${tests('id', 'eq', `'${index}'`)}] }`);
const statement = `extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [${condition}] }],
  });`;

export const filterMutants: readonly MutantGroup[] = [
  {
    area: 'filters',
    base,
    text: 'OnSend.Properties.Code',
    mutants: [
      filter('A filter on a field that is not delivered', 'API_FILTER_FIELD', tests('rom', 'eq', '1')),
      filter('A filter on an argument, not a field', 'API_FILTER_FIELD', tests('by', 'eq', '1')),
      filter('A filter on a nested field that is not delivered', 'API_FILTER_FIELD', tests('author.city', 'eq', '1')),
      filter('A filter through a list reaches nothing', 'API_FILTER_LIST', tests('parts.size', 'gt', '1'), { severity: 'warning' }),
      filter('A list equals no value', 'API_FILTER_LIST', tests('tags', 'eq', "'a'"), { severity: 'warning' }),
      filter('Unknown operator', 'API_FILTER_LIMIT', tests('room', 'equals', '1')),
      filter('Unknown operator: like', 'API_FILTER_LIMIT', tests('room', 'like', "'a%'")),
      filter('More than 5 values of in', 'API_FILTER_LIMIT', tests('room', 'in', numbers(6)), { fixed: { change: [condition, tests('room', 'in', numbers(5))] } }),
      filter('More than 5 values of notIn', 'API_FILTER_LIMIT', tests('room', 'notIn', numbers(6)), { fixed: { change: [condition, tests('room', 'notIn', numbers(5))] } }),
      filter('More than 20 values of containsAny', 'API_FILTER_LIMIT', tests('tags', 'containsAny', numbers(21)), { fixed: { change: [condition, tests('tags', 'containsAny', numbers(20))] } }),
      filter('between with one bound', 'API_FILTER_LIMIT', tests('room', 'between', numbers(1)), { fixed: { change: [condition, tests('room', 'between', numbers(2))] } }),
      filter('A value of 257 characters', 'API_FILTER_LIMIT', tests('room', 'eq', `'${'x'.repeat(257)}'`), { fixed: { change: [condition, tests('room', 'eq', `'${'x'.repeat(256)}'`)] } }),
      filter('A field six levels deep', 'API_FILTER_LIMIT', tests('author.boss.boss.boss.boss.name', 'eq', '1'), { fixed: { change: [condition, tests('author.boss.boss.boss.name', 'eq', '1')] } }),
      filter('More than 5 fields in one filter', 'API_FILTER_LIMIT', six.join(', '), { fixed: { change: [condition, six.slice(1).join(', ')] } }),
      ...[`const filterGroup = [${elevenEntries.join(', ')}];`, `const filterGroup = [];\n  ${elevenEntries.map((entry) => `filterGroup.push(${entry});`).join(' ')}`].map(
        (made, index): Mutant => ({ name: `More than 10 filters, ${index === 0 ? 'in a constant' : 'pushed one by one'}`, code: 'API_FILTER_LIMIT', change: [statement, `${made}\n  extensions.setSubscriptionFilter({ filterGroup });`], ...(index === 0 ? {} : { line: elevenEntries[0] }), fixed: { change: [statement, `${made.replace(`${elevenEntries[0]}, `, '').replace(`filterGroup.push(${elevenEntries[0]});`, '')}\n  extensions.setSubscriptionFilter({ filterGroup });`] } }),
      ),
      filter('More than 10 filters once in is expanded', 'API_FILTER_LIMIT', `${tests('room', 'in', numbers(4))}, ${tests('id', 'in', numbers(3))}`, { fixed: { change: [condition, `${tests('room', 'in', numbers(5))}, ${tests('id', 'in', numbers(2))}`] } }),
    ],
  },
];

import { isAllowed } from '../../lib/checks/permissions';
import type { PolicyStatementModel } from '../../lib/model';

const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/items';
const allow = (changes: Partial<PolicyStatementModel>): PolicyStatementModel => ({ effect: 'Allow', isConditional: false, ...changes });
const get = (...statements: PolicyStatementModel[]) => isAllowed(statements, 'dynamodb:GetItem', table);

test('a statement allows by exact names and wildcards, of actions in any case', () => {
  expect(get(allow({ actions: ['dynamodb:GetItem'], resources: [table] }))).toBe(true);
  expect(get(allow({ actions: ['DYNAMODB:Get*'], resources: ['arn:aws:dynamodb:*:*:table/item?'] }))).toBe(true);
  expect(get(allow({ actions: ['*'], resources: ['arn:*'] }))).toBe(true);
});

test('nothing is allowed by other actions, other resources, or no statement', () => {
  expect(get()).toBe(false);
  expect(get(allow({ actions: ['dynamodb:Get'], resources: ['*'] }))).toBe(false);
  expect(get(allow({ actions: ['*'], resources: [`${table}/index/*`] }))).toBe(false);
  expect(get(allow({ actions: ['*'], resources: ['arn:aws:s3:::table/items'] }))).toBe(false);
});

test('exceptions allow everything else', () => {
  expect(get(allow({ notActions: ['dynamodb:Delete*'], resources: ['*'] }))).toBe(true);
  expect(get(allow({ notActions: ['dynamodb:*'], resources: ['*'] }))).toBe(false);
  expect(get(allow({ actions: ['*'], notResources: ['arn:aws:dynamodb:*:*:table/secrets'] }))).toBe(true);
});

test('a denial wins, unless it is conditional', () => {
  const all = allow({ actions: ['*'], resources: ['*'] });

  expect(get(all, allow({ effect: 'Deny', actions: ['dynamodb:*'], resources: [table] }))).toBe(false);
  expect(get(all, allow({ effect: 'Deny', actions: ['dynamodb:*'], resources: [table], isConditional: true }))).toBe(true);
  expect(get(all, allow({ effect: 'Deny', actions: ['dynamodb:*'], resources: [`${table}-old`] }))).toBe(true);
});

test('regions and accounts are not compared, characters of patterns are taken as they are', () => {
  expect(get(allow({ actions: ['*'], resources: ['arn:aws:dynamodb:eu-west-1:999999999999:table/items'] }))).toBe(true);
  expect(get(allow({ actions: ['*'], resources: ['arn:aws:dynamodb:::table/i.ems'] }))).toBe(false);
});

test('without a resource the question is whether the action is allowed on anything', () => {
  expect(isAllowed([allow({ actions: ['dynamodb:GetItem'], resources: ['x'] })], 'dynamodb:GetItem', undefined)).toBe(true);
  expect(isAllowed([allow({ actions: ['dynamodb:PutItem'], resources: ['*'] })], 'dynamodb:GetItem', undefined)).toBe(false);
});

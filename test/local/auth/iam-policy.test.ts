import { decisionsOn, permissionsOn, type PolicyDecision } from '../../../lib/local/auth/iam-policy';
import type { PolicyStatementModel } from '../../../lib/model';

const api = 'arn:aws:appsync:eu-west-1:123456789012:apis/abc';
const allow = (...resources: string[]): PolicyStatementModel => ({ effect: 'Allow', actions: ['appsync:GraphQL'], resources, isConditional: false });
const deny = (...resources: string[]): PolicyStatementModel => ({ ...allow(...resources), effect: 'Deny' });
const allowed = (...statements: PolicyStatementModel[]) => ['Query.get', 'Query.list', 'Mutation.put'].filter((field) => permissionsOn(api, 'role', statements).allows(field));

test.each<[string, string[], PolicyStatementModel[]]>([
  ['nothing without a statement', [], []],
  ['a field by its ARN', ['Query.get'], [allow(`${api}/types/Query/fields/get`)]],
  ['every field of a type', ['Query.get', 'Query.list'], [allow(`${api}/types/Query/*`)]],
  ['every field of the API', ['Query.get', 'Query.list', 'Mutation.put'], [allow(`${api}/*`)]],
  ['every field of every API', ['Query.get', 'Query.list', 'Mutation.put'], [allow('*')]],
  ['what a wildcard inside covers', ['Query.get', 'Query.list'], [allow('arn:aws:appsync:*:*:apis/*/types/Query/fields/*')]],
  ['one character by a question mark', ['Query.get'], [allow(`${api}/types/Query/fields/g?t`)]],
  ['what is not denied', ['Query.get', 'Mutation.put'], [allow('*'), deny(`${api}/types/*/fields/list`)]],
  ['nothing that is denied before it is allowed', [], [deny('*'), allow('*')]],
  ['nothing by the ARN of the API itself', [], [allow(api)]],
  ['nothing of an API whose id begins alike', [], [allow(`${api}d/*`)]],
  ['nothing by a field with more after it', [], [allow(`${api}/types/Query/fields/get/*`)]],
  ['nothing by an ARN in other letters', [], [allow(`${api}/types/query/fields/GET`)]],
  ['nothing by a dot that stands for a character', [], [allow(`${api}/types/Query/fields/g.t`)]],
  ['what other actions are about', [], [{ ...allow('*'), actions: ['appsync:GetGraphqlApi', 'appsync:Get*'] }]],
  ['by actions in any letters, and with wildcards', ['Query.get'], [{ ...allow(`${api}/types/Query/fields/get`), actions: ['APPSYNC:graph*'] }]],
  ['by all actions but others', ['Query.get', 'Query.list', 'Mutation.put'], [{ effect: 'Allow', notActions: ['iam:*'], resources: ['*'], isConditional: false }]],
  ['nothing by all actions but this', [], [{ effect: 'Allow', notActions: ['appsync:*'], resources: ['*'], isConditional: false }]],
  ['all resources but some', ['Mutation.put'], [{ effect: 'Allow', actions: ['*'], notResources: [`${api}/types/Query/*`], isConditional: false }]],
  ['what a condition allows, and what a condition denies', ['Query.get'], [{ ...allow(`${api}/types/Query/fields/get`), isConditional: true }, { ...deny('*'), isConditional: true }]],
])('allows %s', (_what, expected, statements) => {
  expect(allowed(...statements)).toEqual(expected);
});

test('is not slow for a pattern made to be', () => {
  const permissions = permissionsOn(api, 'role', [allow(`${'*a'.repeat(12)}*b`)]);

  expect(permissions.allows(`Query.${'a'.repeat(60)}`)).toBe(false);
});

test.each<[string, string, PolicyDecision]>([
  ['arn:aws:dynamodb:eu-west-1:1:table/Orders', 'dynamodb:GetItem', 'ALLOWED'],
  ['arn:aws:dynamodb:eu-west-1:1:table/Orders', 'DynamoDB:getitem', 'ALLOWED'],
  ['arn:aws:dynamodb:eu-west-1:1:table/Orders/index/byDay', 'dynamodb:GetItem', 'NOT_ALLOWED'],
  ['arn:aws:dynamodb:eu-west-1:1:table/Orders', 'dynamodb:PutItem', 'NOT_ALLOWED'],
  ['arn:aws:dynamodb:eu-west-1:1:table/Salaries', 'dynamodb:GetItem', 'DENIED'],
])('decides on %s for %s: %s', (resource, action, decision) => {
  const statements: PolicyStatementModel[] = [
    { effect: 'Allow', actions: ['dynamodb:Get*'], resources: ['arn:aws:dynamodb:*:*:table/Orders', 'arn:aws:dynamodb:*:*:table/Salaries'], isConditional: false },
    { effect: 'Deny', actions: ['dynamodb:*'], resources: ['*/Salaries'], isConditional: false },
  ];

  expect(decisionsOn(action, statements)(resource)).toBe(decision);
});

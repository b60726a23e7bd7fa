/** Whom rules of EventBridge may call: functions with a permission, and mutations that the role of the target allows. */
import { startLocal } from '../../lib/local/local-api';
import { ruleTarget, type RuleTargets } from '../../lib/local/rule-targets';
import type { LambdaFunctionModel, PolicyStatementModel, RoleModel } from '../../lib/model';
import { apiModel, resource } from './executor-fixture';
import { arnOf, inline } from './lambda/functions-fixture';

const called: unknown[] = [];
const targets = (functions: readonly LambdaFunctionModel[]): RuleTargets => ({
  apis: [],
  functions,
  roles: [],
  invoke: async (arn, event) => (called.push([arn, event]), { kind: 'value', value: null }),
  now: () => 0,
  log: () => undefined,
});
beforeEach(() => void (called.length = 0));

describe('a function', () => {
  const call = (arn: string, more: Partial<LambdaFunctionModel>) => ruleTarget({ arn }, targets([inline('', more)]))?.({ id: 1 });

  test.each<[string, Partial<LambdaFunctionModel>]>([
    ['one that EventBridge may call', { invokers: ['s3.amazonaws.com', 'events.amazonaws.com'] }],
    ['one that anybody may call', { invokers: ['*'] }],
    ['one of which it is not known who may call it', {}],
  ])('is called: %s', async (_which, more) => {
    await call(`${arnOf('Orders')}:live`, more);

    expect(called).toEqual([[`${arnOf('Orders')}:live`, { id: 1 }]]);
  });

  test('is not called without a permission for EventBridge', async () => {
    await expect(call(arnOf('Orders'), { invokers: ['appsync.amazonaws.com'] })).rejects.toThrow('EventBridge may not call the function "Orders"; add an AWS::Lambda::Permission with the action lambda:InvokeFunction for the principal events.amazonaws.com');
    expect(called).toEqual([]);
  });

  test('of other templates is called as far as it can be', async () => {
    await ruleTarget({ arn: arnOf('Theirs') }, targets([]))?.({});

    expect(called).toEqual([[arnOf('Theirs'), {}]]);
  });
});

describe('a mutation', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/publisher';
  const role = (statements: readonly PolicyStatementModel[], unread: readonly string[] = []): RoleModel => ({ roleName: 'publisher', arn: roleArn, resource, statements, unread });
  const allow = (...resources: string[]): PolicyStatementModel => ({ effect: 'Allow', actions: ['appsync:GraphQL'], resources, isConditional: false });
  const model = apiModel({
    schema: [{ path: 'schema.graphql', text: 'type Thing @aws_iam { id: ID who: String } type Query { thing: Thing } type Mutation @aws_iam { publish(id: ID!): Thing }' }],
    authorization: [{ type: 'API_KEY' }, { type: 'AWS_IAM' }],
    dataSources: [{ name: 'None', type: 'NONE', resource }],
    resolvers: [
      {
        typeName: 'Mutation',
        fieldName: 'publish',
        kind: 'UNIT',
        dataSourceName: 'None',
        functionIds: [],
        handler: { kind: 'APPSYNC_JS', code: { path: 'publish.js', text: 'export const request = (ctx) => ({ payload: { id: ctx.args.id, who: ctx.identity.userArn } });\nexport const response = (ctx) => ctx.result;' } },
        resource,
      },
    ],
  });

  /** What the mutation answers, or why it failed. */
  async function outcome(roles: readonly RoleModel[]) {
    await using local = await startLocal({ apis: [model], tables: [], userPools: [], roles, diagnostics: [] });
    const execute = jest.spyOn(local.hosted[0]!, 'execute');
    const target = { arn: `arn:aws:appsync:eu-west-1:123456789012:endpoints/graphql-api/${model.apiId}`, roleArn, graphQlOperation: 'mutation ($id: ID!) { publish(id: $id) { id who } }' };
    const call = ruleTarget(target, { ...targets([]), apis: local.hosted, roles });
    return call?.({ id: 'o1' }).then(
      async () => (await execute.mock.results[0]?.value as { body: { data: unknown } }).body.data,
      (error: Error) => error.message,
    );
  }
  const answer = (who: string) => ({ publish: { id: 'o1', who: `arn:aws:sts::123456789012:assumed-role/${who}` } });

  test('is called as the role, whose policy has to name it and no more', async () => {
    expect(await outcome([role([allow('*/types/Mutation/fields/publish')])])).toEqual(answer('publisher/events'));
  });

  test('is refused when the role does not allow it', async () => {
    expect(await outcome([role([allow('*/types/Mutation/fields/other', '*/types/Query/*')])])).toBe('Not Authorized to access publish on type Mutation');
  });

  test.each<[string, readonly RoleModel[]]>([
    ['is not in the templates', []],
    ['has policies that cannot be read', [role([], ['arn:aws:iam::123456789012:policy/theirs'])]],
  ])('is called where the role %s', async (_why, roles) => {
    expect(await outcome(roles)).toEqual(answer('local/local'));
  });
});

test('of an API that is not here there is no target, nor of one without an operation', () => {
  expect(ruleTarget({ arn: 'arn:aws:appsync:eu-west-1:123456789012:endpoints/graphql-api/elsewhere', graphQlOperation: '{ a }' }, targets([]))).toBeUndefined();
  expect(ruleTarget({ arn: 'arn:aws:sqs:eu-west-1:123456789012:queue' }, targets([]))).toBeUndefined();
});

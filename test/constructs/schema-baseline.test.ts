import { join, relative } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { type EnterpriseGraphqlApi, NoneSource } from '../../lib';
import { getHandlers, project, type Project } from './project';

const schema = `type Query {
  getItem(id: ID!): String
  getSecret(id: ID!): String
}
`;

/** A project whose only problems are those of its evolution. */
function evolved(baseline: string | undefined, path = 'released.graphql'): Project & { made: EnterpriseGraphqlApi } {
  const handlers = getHandlers.replace("import { get } from '@aws-appsync/utils/dynamodb';\n", '').replace('get({ key: { id: ctx.args.id } })', '{ payload: ctx.args }');
  const made = project({ 'schema.graphql': schema, 'resolvers/Query.getItem.ts': handlers, 'resolvers/Query.getSecret.ts': handlers, ...(baseline === undefined ? {} : { 'released.graphql': baseline }) });
  const api = made.api({ schemaBaseline: join(made.folder, path) });
  const local = new NoneSource(api, 'Local');
  local.resolve('Query.getItem');
  local.resolve('Query.getSecret');
  return { ...made, made: api };
}

function report({ app }: Project): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

test('a schema that breaks nobody synthesizes', () => {
  expect(report(evolved(schema.replace('  getSecret(id: ID!): String\n', '')))).toBe('');
});

test('a breaking change fails the synth, with its place in the baseline', () => {
  const built = evolved(schema.replace('}', '  gone: Int\n}'));
  const found = report(built);

  expect(found).toContain(`${relative(process.cwd(), join(built.folder, 'released.graphql'))}:4:3 - error SDL_BREAKING_FIELD_REMOVED: Query.gone was removed`);
  expect(found).toContain("AppSync::SDL_BREAKING_FIELD_REMOVED");
});

test('a breaking change that is acknowledged with a reason fails nothing', () => {
  const built = evolved(schema.replace('}', '  gone: Int\n}'));
  Validations.of(built.made).acknowledge({ id: 'AppSync::SDL_BREAKING_FIELD_REMOVED', reason: 'no client of the last year reads it' });

  expect(report(built)).toBe('');
});

test('a field that opens is a warning, judged by the default mode of the API', () => {
  const built = evolved(schema.replace('getSecret(id: ID!): String', 'getSecret(id: ID!): String @aws_cognito_user_pools(cognito_groups: ["admins"])'));
  const { metadata } = findings(built);

  expect(report(built)).toBe('');
  expect(metadata).toMatchObject([{ code: 'SDL_DANGEROUS_ACCESS', severity: 'warning', message: 'Query.getSecret is opened to @aws_cognito_user_pools' }]);
});

test('a baseline that cannot be read is one finding', () => {
  expect(findings(evolved('type Query { a: Strin }')).metadata).toMatchObject([{ code: 'SDL_BASELINE', severity: 'error', message: 'the baseline schema cannot be read: unknown type "Strin"' }]);
  expect(findings(evolved(undefined)).metadata).toMatchObject([{ code: 'SDL_NO_FILE' }]);
});

/** What the construct hands to the checks. */
function findings(built: Project): { metadata: unknown } {
  const [resource] = Object.values(built.template().findResources('AWS::AppSync::GraphQLApi')) as { Metadata?: Record<string, { findings?: unknown }> }[];
  return { metadata: resource?.Metadata?.['cdk-enterprise-appsync']?.findings };
}

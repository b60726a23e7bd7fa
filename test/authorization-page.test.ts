/** The examples of docs/authorization.md: each makes a stack whose API takes its mode. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import ts from 'typescript';
import * as constructs from '../lib';
import { startLocalApi, userPool } from '../lib/local';
import { readApis } from '../lib/model';
import { project } from './constructs/project';

const page = readFileSync(join(__dirname, '../docs/authorization.md'), 'utf8');

/** Code blocks under `<!-- file: PATH -->` by path, of the text before the first section and of one section. */
function filesOf(section: string): Record<string, string> {
  const [head = '', ...sections] = page.split(/^## /m);
  const text = head + sections.find((part) => part.startsWith(`${section}\n`));
  return Object.fromEntries([...text.matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, path = '', content = '']) => [path, content]));
}

/** Synthesizes a file of a section, in a project with the section's other files. */
function synthesized(section: string, file = 'stack.ts') {
  const { [file]: stack = '', ...files } = filesOf(section);
  const { app, folder } = project(files);
  const scope = { ...constructs, Duration, cognito, iam, lambda };
  const before = process.cwd();
  process.chdir(folder);
  try {
    new Function(...Object.keys(scope), ts.transpile(stack, { target: ts.ScriptTarget.ES2022 })).call(new Stack(app, 'Page'), ...Object.values(scope));
    return app;
  } finally {
    process.chdir(before);
  }
}

function authorizationOf(section: string, file?: string) {
  process.env.CDK_ENTERPRISE_APPSYNC_CHECKS = 'off';
  try {
    const [api] = readApis(synthesized(section, file).synth().directory).apis;
    return api?.authorization;
  } finally {
    delete process.env.CDK_ENTERPRISE_APPSYNC_CHECKS;
  }
}

test.each([
  ['API keys', undefined, [{ type: 'API_KEY' }]],
  ['User pools', undefined, [{ type: 'AMAZON_COGNITO_USER_POOLS', defaultAction: 'ALLOW' }, { type: 'AMAZON_COGNITO_USER_POOLS', appIdClientRegex: 'back-office|reports' }]],
  ['User pools', 'federation.ts', [{ type: 'AMAZON_COGNITO_USER_POOLS' }]],
  ['OpenID Connect', undefined, [{ type: 'OPENID_CONNECT', issuer: 'https://login.example.com', clientId: 'web|ios', iatTtlMs: 28_800_000 }]],
  ['IAM', undefined, [{ type: 'AWS_IAM' }]],
  ['Lambda authorizers', undefined, [{ type: 'AWS_LAMBDA', resultTtlSeconds: 300 }]],
])('%s (%s): the example has the mode', (section, file, modes) => {
  expect(authorizationOf(section, file)).toMatchObject(modes);
});

test('IAM: the role of the example may read the query', () => {
  process.env.CDK_ENTERPRISE_APPSYNC_CHECKS = 'off';
  const { roles = [] } = readApis(synthesized('IAM').synth().directory);
  delete process.env.CDK_ENTERPRISE_APPSYNC_CHECKS;

  expect(roles.find(({ resource }) => resource.logicalId.startsWith('Reader'))?.statements).toMatchObject([{ effect: 'Allow', actions: ['appsync:GraphQL'], resources: [expect.stringMatching(/\/types\/Query\/fields\/getProduct$/)] }]);
});

test('Tenants and owners: the owner reads the row, nobody else does', async () => {
  process.env.CDK_ENTERPRISE_APPSYNC_CHECKS = 'off';
  const assembly = synthesized('Tenants and owners').synth();
  delete process.env.CDK_ENTERPRISE_APPSYNC_CHECKS;
  await using api = await startLocalApi(assembly);
  await api.table('Products').put({ tenantId: 'acme', id: '1', name: 'Kettle', ownerId: 'ann' });
  const as = (sub: string, tenant: string) => api.as(userPool({ username: sub, sub, claims: { 'custom:tenantId': tenant } }));
  const query = '{ getProduct(id: "1") { name } }';

  expect(await as('ann', 'acme').query(query)).toEqual({ name: 'Kettle' });
  expect(await as('eve', 'acme').execute(query)).toMatchObject({ data: { getProduct: null }, errors: [{ errorType: 'Unauthorized' }] });
  expect(await as('ann', 'other').execute(query)).toMatchObject({ data: { getProduct: null }, errors: [{ errorType: 'Unauthorized' }] });
});

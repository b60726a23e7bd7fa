/** A throw-away project on disk with a stack around it, for construct tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Authorization, EnterpriseGraphqlApi, type EnterpriseGraphqlApiProps } from '../../lib';

export interface Project {
  readonly app: App;
  readonly stack: Stack;
  readonly folder: string;
  api(props?: Partial<EnterpriseGraphqlApiProps>): EnterpriseGraphqlApi;
  /** The template as it would be deployed, whatever the checks say. */
  template(): Template;
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export const getHandlers = `import { get } from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  return get({ key: { id: ctx.args.id } });
}
export function response(ctx) {
  return ctx.result;
}
`;

export const schema = `type Item {
  id: ID!
  name: String
}
type Query {
  getItem(id: ID!): Item
}
type Mutation {
  putItem(id: ID!, name: String): Item
}
type Subscription {
  onPutItem(id: ID, owner: String): Item @aws_subscribe(mutations: ["putItem"])
}
`;

/** @param files contents by path relative to the project */
export function project(files: Readonly<Record<string, string>> = { 'schema.graphql': schema, 'resolvers/Query.getItem.ts': getHandlers }): Project {
  const folder = mkdtempSync(join(tmpdir(), 'appsync-project-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Stack');
  return {
    app,
    stack,
    folder,
    api: (props) =>
      new EnterpriseGraphqlApi(stack, 'Api', {
        schema: join(folder, 'schema.graphql'),
        resolvers: join(folder, 'resolvers'),
        defaultAuthorization: Authorization.userPool(cognito.UserPool.fromUserPoolId(stack, 'Users', 'us-east-1_abcdefghi')),
        ...props,
      }),
    template: () => withoutChecks(() => Template.fromStack(stack)),
  };
}

/** Runs a synth whose findings are not what the test is about. */
export function withoutChecks<T>(synth: () => T): T {
  process.env.CDK_ENTERPRISE_APPSYNC_CHECKS = 'off';
  try {
    return synth();
  } finally {
    delete process.env.CDK_ENTERPRISE_APPSYNC_CHECKS;
  }
}

/** Logical ids by type, of the resources whose replacement would hurt. */
export function logicalIds(template: Template): Record<string, string> {
  const resources = template.toJSON().Resources as Record<string, { Type: string }>;
  return Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]));
}

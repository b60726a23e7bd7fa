/** The stack of docs/subscriptions.md: its snippets in their order, over its schema, are a stack without findings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkExample } from '../bin/docs/check-example';

const page = readFileSync(join(__dirname, '../docs/subscriptions.md'), 'utf8');
const blocks = (language: string) => [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

const resolver = `import { util } from '@aws-appsync/utils';

export const request = ({ args }) => ({ payload: args });
export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
`;
const before = `const api = new EnterpriseGraphqlApi(this, 'Shop', {
  schema: 'schema.graphql',
  resolvers: 'resolvers',
  defaultAuthorization: Authorization.oidc({ issuer: 'https://login.example.com' }),
  additionalAuthorization: [Authorization.iam()],
});
const echo = new NoneSource(api, 'Echo');
for (const field of ['Query.getItem', 'Mutation.setPrice', 'Mutation.offer']) echo.resolve(field);
api.pipeline('Mutation.removeMember', [echo]);
`;

function findings(stack: string): string[] {
  // A user pool would need the CDK in scope; what the page shows holds for any signed-in caller.
  const schema = blocks('graphql').join('\n').replaceAll('@aws_cognito_user_pools', '@aws_oidc');
  const resolvers = ['Query.getItem', 'Mutation.setPrice', 'Mutation.offer', 'Mutation.removeMember/1-remove'];
  return checkExample([
    { name: 'schema.graphql', language: 'graphql', text: schema },
    { name: 'stack.ts', language: 'ts', text: before + stack },
    ...resolvers.map((name) => ({ name: `resolvers/${name}.ts`, language: 'ts', text: resolver })),
  ]).map(({ code, message }) => `${code}: ${message}`);
}

test('the snippets make a stack without findings', () => {
  expect(blocks('ts')).toHaveLength(4);
  expect(findings(blocks('ts').join('\n'))).toEqual([]);
});

test('a mistake in them would be found', () => {
  expect(findings(blocks('ts').join('\n').replace("'place.roomId'", "'place.room'"))).toEqual(['API_FILTER_FIELD: the filter of Subscription.onOffer tests "place.room", but "Place" has no field "room"']);
});

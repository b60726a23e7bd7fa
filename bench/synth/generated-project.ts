/** A made-up API of any size on disk: a schema, and one resolver file per root field, in four forms that every DynamoDB API has. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GeneratedProject {
  /** `schema.graphql` and the folder `resolvers`. */
  readonly folder: string;
  /** `Type.field` of every resolver. */
  readonly fields: readonly string[];
  /** Of the schema and the resolver sources together. */
  readonly sourceBytes: number;
}

/** @param resolvers a multiple of four: each entity has four root fields */
export function generateProject(folder: string, resolvers: number): GeneratedProject {
  const entities = Array.from({ length: resolvers / 4 }, (_, index) => `Entity${index + 1}`);
  const files = new Map([
    ['schema.graphql', schemaOf(entities)],
    ['resolvers/access.ts', access],
    ['resolvers/paging.ts', paging],
    ...entities.flatMap((entity) => Object.entries(handlersOf(entity)).map(([field, code]) => [`resolvers/${field}.ts`, code] as const)),
  ]);
  mkdirSync(join(folder, 'resolvers'), { recursive: true });
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  return {
    folder,
    fields: entities.flatMap((entity) => Object.keys(handlersOf(entity))),
    sourceBytes: [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

function schemaOf(entities: readonly string[]): string {
  const types = entities.map(
    (entity) => `"""One ${entity} of a tenant."""
type ${entity} {
  id: ID!
  tenant: ID!
  name: String!
  amount: Float
  tags: [String!]
  createdAt: AWSDateTime!
  updatedAt: AWSDateTime!
}

type ${entity}Page {
  items: [${entity}!]!
  nextToken: String
}

input ${entity}Input {
  name: String!
  amount: Float
  tags: [String!]
}`,
  );
  const queries = entities.map((entity) => `  get${entity}(id: ID!): ${entity}\n  list${entity}s(tenant: ID!, limit: Int, nextToken: String): ${entity}Page`);
  const mutations = entities.map((entity) => `  create${entity}(tenant: ID!, input: ${entity}Input!): ${entity}\n  update${entity}(id: ID!, input: ${entity}Input!): ${entity}`);
  return [...types, `type Query {\n${queries.join('\n')}\n}`, `type Mutation {\n${mutations.join('\n')}\n}`, ''].join('\n\n');
}

const access = `import { type Context, util } from '@aws-appsync/utils';

/** Ends the request unless the caller belongs to the tenant, or administers all of them. */
export function requireTenant(ctx: Context, tenant: string) {
  const groups: string[] = ctx.identity?.['claims']?.['cognito:groups'] ?? [];
  if (!groups.includes('admins') && ctx.identity?.['claims']?.['tenant'] !== tenant) util.unauthorized();
}

export function callerName(ctx: Context): string {
  return ctx.identity?.['username'] ?? 'unknown';
}
`;

const paging = `import { util } from '@aws-appsync/utils';

export interface Page {
  readonly limit?: number;
  readonly nextToken?: string;
}

/** Rejects a page size that nobody should ask for. */
export function pageOf({ limit, nextToken }: Page) {
  const size = limit ?? 25;
  if (size < 1 || size > 100) util.error(\`limit must be 1 to 100, got \${size}\`, 'BadRequest');
  return { limit: size, ...(nextToken ? { nextToken } : {}) };
}
`;

function handlersOf(entity: string): Record<string, string> {
  return {
    [`Query.get${entity}`]: `import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { requireTenant } from './access';

export function request(ctx: Context<{ id: string }>) {
  return get({ key: { id: \`${entity}#\${ctx.args.id}\` } });
}

export function response(ctx: Context<{ id: string }>) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result) requireTenant(ctx, ctx.result.tenant);
  return ctx.result;
}
`,
    [`Query.list${entity}s`]: `import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import { requireTenant } from './access';
import { type Page, pageOf } from './paging';

export function request(ctx: Context<{ tenant: string } & Page>) {
  requireTenant(ctx, ctx.args.tenant);
  return query({
    index: 'byTenant',
    query: { tenant: { eq: ctx.args.tenant }, id: { beginsWith: '${entity}#' } },
    scanIndexForward: true,
    ...pageOf(ctx.args),
  });
}

export function response(ctx: Context) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const { items = [], nextToken } = ctx.result;
  return { items: items.map((item) => ({ ...item, tags: item.tags ?? [] })), nextToken };
}
`,
    [`Mutation.create${entity}`]: `import { type Context, util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';
import { callerName, requireTenant } from './access';

interface Arguments {
  readonly tenant: string;
  readonly input: { readonly name: string; readonly amount?: number; readonly tags?: string[] };
}

export function request(ctx: Context<Arguments>) {
  const { tenant, input } = ctx.args;
  requireTenant(ctx, tenant);
  const now = util.time.nowISO8601();
  const id = \`${entity}#\${util.autoId()}\`;
  return put({ key: { id }, item: { ...input, tenant, createdBy: callerName(ctx), createdAt: now, updatedAt: now }, condition: { id: { attributeExists: false } } });
}

export function response(ctx: Context<Arguments>) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
`,
    [`Mutation.update${entity}`]: `import { type Context, util } from '@aws-appsync/utils';
import { operations, update } from '@aws-appsync/utils/dynamodb';
import { callerName } from './access';

interface Arguments {
  readonly id: string;
  readonly input: { readonly name: string; readonly amount?: number; readonly tags?: string[] };
}

export function request(ctx: Context<Arguments>) {
  const { name, amount, tags } = ctx.args.input;
  const changes = {
    name: operations.replace(name),
    updatedAt: operations.replace(util.time.nowISO8601()),
    updatedBy: operations.replace(callerName(ctx)),
    ...(amount === undefined ? {} : { amount: operations.replace(amount) }),
    ...(tags ? { tags: operations.replace(tags) } : {}),
  };
  return update({ key: { id: \`${entity}#\${ctx.args.id}\` }, update: changes, condition: { id: { attributeExists: true } } });
}

export function response(ctx: Context<Arguments>) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
`,
  };
}

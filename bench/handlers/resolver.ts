/** The resolver that is measured: twenty lines, as they are written for a table. */
export const resolverCode = `import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const { input } = ctx.args;
  if (input.title.length > 200) {
    util.error('The title is too long', 'BadRequest');
  }
  const tags = input.tags.filter((tag) => tag !== '').map((tag) => tag.trim().toLowerCase());
  const item = { ...input, tags, owner: ctx.identity.sub, updatedAt: 1764000000000 };
  return { operation: 'PutItem', key: util.dynamodb.toMapValues({ id: input.id }), attributeValues: util.dynamodb.toMapValues(item) };
}

export function response(ctx) {
  const { error, result } = ctx;
  if (error) {
    util.appendError(error.message, error.type, result);
  }
  return { ...result, title: result.title.trim(), isMine: result.owner === ctx.identity.sub };
}
`;

export interface Input {
  readonly args: { readonly input: { readonly id: string; readonly title: string; readonly tags: readonly string[]; readonly count: number } };
  readonly identity: { readonly sub: string };
}

export const inputOf = (i: number): Input => ({ args: { input: { id: `id${i}`, title: `Hello World ${i}`, tags: ['a', 'bb', 'ccc'], count: i } }, identity: { sub: 'u' } });
export const resultOf = (i: number) => ({ id: `id${i}`, title: `Hello World ${i}`, tags: ['a', 'bb', 'ccc'], count: i, owner: 'u' });

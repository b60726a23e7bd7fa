/** Rules about what a schema means in its API: SDL in, findings out as `{ code, at: 'line:column', message }`. Every root field but subscriptions has a resolver; what rules say of resolvers is left out. */
import { checkApi } from '../../../lib/checks';
import type { Diagnostic } from '../../../lib/diagnostics';
import type { ApiModel, AuthorizationModeModel } from '../../../lib/model';
import { loadSchema } from '../../../lib/sdl';
import { dedent } from '../../sdl/rules/harness';
import { apiModel, resolver } from '../fixtures';

export const userPool = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: 'us-east-1_abcdefghi', region: 'us-east-1', defaultAction: 'ALLOW' } as const satisfies AuthorizationModeModel;
export const apiKey = { type: 'API_KEY' } as const satisfies AuthorizationModeModel;
export const iam = { type: 'AWS_IAM' } as const satisfies AuthorizationModeModel;

/** A Query type is added behind SDL that names none. `resolvers` come on top of those of queries and mutations. */
export function findings(sdl: string, changes: Partial<ApiModel> = {}): Diagnostic[] {
  const text = /\bQuery\b/.test(sdl) ? dedent(sdl) : `${dedent(sdl)}\ntype Query { ok: Boolean }`;
  const files = [{ path: '/app/schema.graphql', text }];
  const schema = loadSchema(files).draft?.schema;
  const answered = [schema?.getQueryType(), schema?.getMutationType()].flatMap((root) => Object.keys(root?.getFields() ?? {}).map((field) => resolver(`${root?.name}.${field}`)));
  const all = checkApi(apiModel({ schemaIsMerged: true, ...changes, schema: files, resolvers: [...answered, ...(changes.resolvers ?? [])] }));
  return all.filter(({ code }) => /^SDL_|^API_(AUTH|AWS_AUTH|SUBSCRIPTION|FILTER|SCHEMA)/.test(code));
}

export function expectFound(sdl: string, changes: Partial<ApiModel> = {}): jest.JestMatchers<object[]> {
  return expect(findings(sdl, changes).map(({ code, message, location }) => ({ code, at: location && `${location.line}:${location.column}`, message })));
}

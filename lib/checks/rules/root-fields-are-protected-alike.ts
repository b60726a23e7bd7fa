import type { GraphQLObjectType } from 'graphql';
import type { SchemaModel } from '../../sdl';
import type { ApiRule } from './api-rule';

/**
 * A field that was forgotten: most of its siblings are kept from callers of the default mode, and it alone says nothing. A field that is
 * meant for all of them says so with a directive. Root types with a directive of their own leave nothing to the default.
 */
export const rootFieldsAreProtectedAlike: ApiRule = {
  code: 'API_AUTH_FORGOTTEN',
  severity: 'warning',
  summary: 'a root field among protected ones says itself who may call it',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api, draft }) {
    const [mode] = api.authorization;
    if (!draft || !mode) return;
    const { schema } = draft;
    switch (mode.type) {
      case 'API_KEY':
        // To read in public and to sign in for some fields is common; to write in public is not.
        for (const field of forgotten(draft, schema.getMutationType(), (name) => name !== 'aws_api_key')) yield finding(field, 'every holder of an API key', '@aws_api_key');
        break;
      case 'AMAZON_COGNITO_USER_POOLS':
        if (mode.defaultAction === 'DENY') return;
        // Where "@aws_auth" does not count, that is reported.
        for (const root of [schema.getQueryType(), schema.getMutationType()])
          for (const field of forgotten(draft, root, (name, groups) => (name === 'aws_cognito_user_pools' || name === 'aws_auth') && groups !== undefined)) yield finding(field, 'every user of the pool', '@aws_cognito_user_pools');
        break;
      case 'AWS_IAM':
      case 'OPENID_CONNECT':
      case 'AWS_LAMBDA':
    }

    function finding({ coordinate, example, others }: Forgotten, who: string, explicit: string) {
      const location = draft?.locationOf(coordinate);
      return {
        ...(location ? { location } : {}),
        ...(api.schemaResource ? { resource: api.schemaResource } : {}),
        message: `${coordinate} has no authorization directive, so ${who} may call it, unlike ${example}${others > 0 ? ` and ${others} more` : ''}`,
        fix: `protect it like ${example}, or write "${explicit}" to say that it is meant`,
      };
    }
  },
};

interface Forgotten {
  readonly coordinate: string;
  readonly example: string;
  readonly others: number;
}

/** @param protects whether a directive keeps callers of the default mode out */
function* forgotten({ authDirectives }: SchemaModel, root: GraphQLObjectType | null | undefined, protects: (name: string, groups: readonly string[] | undefined) => boolean): Iterable<Forgotten> {
  if (!root || authDirectives(root.name).length > 0) return;
  const coordinates = Object.keys(root.getFields()).map((name) => `${root.name}.${name}`);
  const silent = coordinates.filter((coordinate) => authDirectives(coordinate).length === 0);
  const guarded = coordinates.filter((coordinate) => {
    const directives = authDirectives(coordinate);
    return directives.length > 0 && directives.every(({ name, groups }) => protects(name, groups));
  });
  const [example] = guarded;
  if (example === undefined || guarded.length < 2 || silent.length * 2 > guarded.length) return;
  for (const coordinate of silent) yield { coordinate, example, others: guarded.length - 1 };
}

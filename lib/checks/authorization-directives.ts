/** What authorization directives mean: the mode each stands for, and whom the ones in effect on a field let in. */
import { isInterfaceType, isObjectType } from 'graphql';
import type { AuthorizationModeModel, AuthorizationType } from '../model';
import type { AuthDirective, SchemaModel } from '../sdl';

export const directiveOf: Readonly<Record<AuthorizationType, string>> = {
  API_KEY: '@aws_api_key',
  AWS_IAM: '@aws_iam',
  OPENID_CONNECT: '@aws_oidc',
  AWS_LAMBDA: '@aws_lambda',
  AMAZON_COGNITO_USER_POOLS: '@aws_cognito_user_pools',
};

export function modeOf(directive: AuthDirective['name']): AuthorizationType {
  switch (directive) {
    case 'aws_api_key':
      return 'API_KEY';
    case 'aws_iam':
      return 'AWS_IAM';
    case 'aws_oidc':
      return 'OPENID_CONNECT';
    case 'aws_lambda':
      return 'AWS_LAMBDA';
    case 'aws_auth':
    case 'aws_cognito_user_pools':
      return 'AMAZON_COGNITO_USER_POOLS';
  }
}

/** Every directive of the schema with the type or field it is written on. */
export function* writtenDirectives({ schema, authDirectives }: SchemaModel): Iterable<{ readonly coordinate: string; readonly directive: AuthDirective }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith('__')) continue;
    for (const coordinate of [type.name, ...Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)])
      for (const directive of authDirectives(coordinate)) yield { coordinate, directive };
  }
}

/** Callers that an API tells apart: all of one mode, or the members of one Cognito group who are in no other. */
export interface Caller {
  readonly mode: AuthorizationType;
  readonly group?: string;
}

export interface Access {
  /** The directives that decide about a field: its own, else its type's. Empty: the default mode's callers may pass. */
  deciding(typeName: string, fieldName: string): readonly AuthDirective[];
  /** For `group` left out: whether any caller of the mode may pass. */
  admits(caller: Caller, typeName: string, fieldName: string): boolean;
}

/**
 * `@aws_auth` counts only where Cognito user pools is the single mode.
 * A default action DENY is not looked at: whether it reaches below the root fields is not documented.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export function accessRules({ authDirectives }: SchemaModel, authorization: readonly Pick<AuthorizationModeModel, 'type'>[]): Access {
  const [defaultMode] = authorization;
  const awsAuthCounts = authorization.length === 1 && defaultMode?.type === 'AMAZON_COGNITO_USER_POOLS';
  const counted = (coordinate: string) => authDirectives(coordinate).filter(({ name }) => awsAuthCounts || name !== 'aws_auth');
  // Every kind of caller asks for every field.
  const known = new Map<string, readonly AuthDirective[]>();
  const deciding = (typeName: string, fieldName: string) => {
    const coordinate = `${typeName}.${fieldName}`;
    let found = known.get(coordinate);
    if (!found) {
      const own = counted(coordinate);
      known.set(coordinate, (found = own.length > 0 ? own : counted(typeName)));
    }
    return found;
  };
  return {
    deciding,
    admits({ mode, group }, typeName, fieldName) {
      const directives = deciding(typeName, fieldName);
      if (directives.length === 0) return mode === defaultMode?.type;
      return directives.some(({ name, groups }) => modeOf(name) === mode && (groups === undefined || group === undefined || groups.includes(group)));
    },
  };
}

/**
 * Which callers may read a field, worked out once per coordinate from directives and the API's authorization modes.
 * Source: AppSync developer guide, "Configuring authorization and authentication to secure your GraphQL APIs".
 */
import type { AuthorizationModeModel, AuthorizationType } from '../../model';
import type { AuthDirective, SchemaModel } from '../../sdl';
import type { Caller } from '../auth/auth-mode';

/** Absent where every authenticated caller may pass, so that the common API pays nothing per field. */
export type FieldAccess = ((caller: Caller) => boolean) | undefined;

const modeOfDirective: Readonly<Record<AuthDirective['name'], AuthorizationType>> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
};

/**
 * Directives of the field, else of its type, else the default mode alone.
 * `@aws_auth` counts only where Cognito user pools is the single mode; anywhere else AppSync accepts and ignores it.
 */
export function fieldAccess(schema: SchemaModel, modes: readonly AuthorizationModeModel[]): (typeName: string, fieldName: string) => FieldAccess {
  const awsAuthCounts = modes.length === 1 && modes[0]?.type === 'AMAZON_COGNITO_USER_POOLS';
  const directivesOf = (coordinate: string) => schema.authDirectives(coordinate).filter((directive) => awsAuthCounts || directive.name !== 'aws_auth');
  const withoutDirective = defaultAccess(modes);
  // Source: AppSync developer guide, "AWS_LAMBDA authorization", `deniedFields`. Assumed: refused like any other field, before its resolver runs.
  const { schema: built } = schema;
  const rootTypes = [built.getQueryType(), built.getMutationType(), built.getSubscriptionType()].map((type) => type?.name);
  const canBeDenied = modes.some((mode) => mode.type === 'AWS_LAMBDA');

  return (typeName, fieldName) => {
    const coordinate = `${typeName}.${fieldName}`;
    const onField = directivesOf(coordinate);
    const effective = onField.length > 0 ? onField : directivesOf(typeName);
    const declared: FieldAccess = effective.length === 0 ? withoutDirective : (caller) => effective.some((directive) => allows(directive, caller));
    const takesIam = effective.length > 0 ? effective.some(({ name }) => name === 'aws_iam') : modes[0]?.type === 'AWS_IAM';
    const permitted = !takesIam ? declared : rootTypes.includes(typeName) ? ifAllowed(coordinate, declared) : unlessDenied(coordinate, declared);
    return canBeDenied ? (caller) => !caller.deniedFields?.includes(coordinate) && (permitted?.(caller) ?? true) : permitted;
  };
}

/** Source: AppSync developer guide, "AWS_IAM authorization": policies name the fields of Query, Mutation and Subscription. */
function ifAllowed(coordinate: string, declared: FieldAccess): FieldAccess {
  return (caller) => (declared?.(caller) ?? true) && (caller.permissions?.allows(coordinate) ?? true);
}

/**
 * Observed: a function that may call mutations alone reads the type they return once that has `@aws_iam` (aws-amplify/amplify-data#593).
 * Assumed: a Deny that names a field of such a type holds.
 */
function unlessDenied(coordinate: string, declared: FieldAccess): FieldAccess {
  return (caller) => (declared?.(caller) ?? true) && !caller.permissions?.denies(coordinate);
}

/**
 * Callers with the same class pass and fail at the same fields.
 */
export function accessClass(caller: Caller): string {
  return JSON.stringify([caller.mode, caller.defaultAction ?? '', caller.permissions?.id ?? '', [...caller.groups].sort(), [...(caller.deniedFields ?? [])].sort()]);
}

function allows(directive: AuthDirective, caller: Caller): boolean {
  if (caller.mode !== modeOfDirective[directive.name]) return false;
  return directive.groups === undefined || directive.groups.some((group) => caller.groups.includes(group));
}

/** Assumed: DENY holds for every field a Cognito caller reaches, not for root fields alone. */
function defaultAccess(modes: readonly AuthorizationModeModel[]): FieldAccess {
  const [first] = modes;
  if (!first) return undefined;
  const canDeny = modes.some((mode) => mode.type === 'AMAZON_COGNITO_USER_POOLS' && mode.defaultAction === 'DENY');
  if (modes.length === 1 && !canDeny) return undefined;
  return (caller) => caller.mode === first.type && caller.defaultAction !== 'DENY';
}

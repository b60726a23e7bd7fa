/** Who may reach what, before and after: authorization directives as sets of callers, compared. GraphQL's own comparison knows nothing of them. */
import { isObjectType } from 'graphql';
import type { SchemaChange } from './diff';
import type { AuthDirective, SchemaModel } from './schema-model';

/** The directive that stands for a mode, by the mode's name in AppSync. */
const directiveOfMode: Readonly<Record<string, AuthDirective['name']>> = {
  API_KEY: 'aws_api_key',
  AWS_IAM: 'aws_iam',
  OPENID_CONNECT: 'aws_oidc',
  AWS_LAMBDA: 'aws_lambda',
  AMAZON_COGNITO_USER_POOLS: 'aws_cognito_user_pools',
};

/** The modes that a default can have. */
export const authorizationModes: readonly string[] = Object.keys(directiveOfMode);

/** Callers as people write them: `@aws_iam`, `@aws_cognito_user_pools`, `the group "admins"`, or whoever the default mode lets in. */
type Callers = ReadonlySet<string>;

const everyUser = '@aws_cognito_user_pools';
const whoeverIsDefault = 'callers of the default mode';

/**
 * Fields that open or close. A change of the type's own directives is told once, not for every field that takes them from it.
 * @param defaultMode name of the mode of fields without a directive. Without it, a field that loses its last directive counts as opened,
 *   and one that gets its first as closed
 */
export function accessChanges(baseline: SchemaModel, current: SchemaModel, defaultMode: string | undefined): SchemaChange[] {
  const ofDefault = defaultMode === undefined ? undefined : directiveOfMode[defaultMode];
  const written = (model: SchemaModel, coordinate: string): Callers | undefined => {
    const directives = model.authDirectives(coordinate);
    return directives.length > 0 ? new Set(directives.flatMap(callersOf)) : undefined;
  };
  const byDefault: Callers = new Set([ofDefault === undefined ? whoeverIsDefault : ofDefault === 'aws_cognito_user_pools' ? everyUser : `@${ofDefault}`]);

  return Object.values(baseline.schema.getTypeMap()).flatMap((type) => {
    const now = current.schema.getType(type.name);
    if (!isObjectType(type) || !isObjectType(now)) return [];
    const typeBefore = written(baseline, type.name) ?? byDefault;
    const typeAfter = written(current, type.name) ?? byDefault;
    const common = Object.keys(type.getFields()).filter((name) => name in now.getFields());
    const inherits = (name: string) => !written(baseline, `${type.name}.${name}`) && !written(current, `${type.name}.${name}`);
    return [
      ...(common.some(inherits) ? compared(type.name, typeBefore, typeAfter) : []),
      ...common.filter((name) => !inherits(name)).flatMap((name) => {
        const coordinate = `${type.name}.${name}`;
        return compared(coordinate, written(baseline, coordinate) ?? typeBefore, written(current, coordinate) ?? typeAfter);
      }),
    ];
  });
}

function callersOf({ name, groups }: AuthDirective): string[] {
  if (name !== 'aws_cognito_user_pools' && name !== 'aws_auth') return [`@${name}`];
  return groups ? groups.map((group) => `the group "${group}"`) : [everyUser];
}

function compared(coordinate: string, before: Callers, after: Callers): SchemaChange[] {
  // What the default mode is decides whether a directive more or less does both; not knowing it, the surer half is told.
  const lost = after.has(whoeverIsDefault) ? [] : [...before].filter((caller) => !includes(after, caller));
  const gained = before.has(whoeverIsDefault) ? [] : [...after].filter((caller) => !includes(before, caller));
  const changes: SchemaChange[] = [];
  if (lost.length > 0) changes.push({ code: 'SDL_BREAKING_ACCESS', coordinate, about: 'access', message: `${coordinate} is closed to ${listed(lost)}` });
  if (gained.length > 0) changes.push({ code: 'SDL_DANGEROUS_ACCESS', coordinate, about: 'access', message: `${coordinate} is opened to ${listed(gained)}` });
  return changes;
}

function includes(callers: Callers, caller: string): boolean {
  return callers.has(caller) || (caller.startsWith('the group ') && callers.has(everyUser));
}

function listed(callers: readonly string[]): string {
  return callers.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

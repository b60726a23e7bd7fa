import type { AuthorizationType } from '../../model';
import type { SchemaModel } from '../../sdl';
import { type Access, accessRules, directiveOf, writtenDirectives } from '../authorization-directives';
import { rootFields, type UnreadableType, unreadableTypes } from '../unreadable-types';
import type { ApiFinding, ApiRule } from './api-rule';

export const callerCanReadWhatItCalls: ApiRule = {
  code: 'API_AUTH_UNREADABLE',
  severity: 'warning',
  summary: 'whoever may call a field may read the types it returns',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  *check({ api, draft }) {
    const modes = [...new Set(api.authorization.map(({ type }) => type))];
    const [defaultMode] = modes;
    if (!draft || defaultMode === undefined) return;
    const access = accessRules(draft, api.authorization);
    const about = api.schemaResource ? { resource: api.schemaResource } : {};
    // With a single mode there is nobody whom a directive could keep out.
    if (modes.length > 1) for (const mode of modes) for (const finding of ofMode(draft, access, mode, defaultMode)) yield { ...about, ...finding };
    for (const finding of ofGroups(draft, access)) yield { ...about, ...finding };
  },
  /** Which mode is the default is not known here: whatever has no directive passes for readable, and groups remain. */
  *checkSources({ draft }) {
    yield* ofGroups(draft, accessRules(draft, [{ type: 'AMAZON_COGNITO_USER_POOLS' }, { type: 'AWS_IAM' }]));
  },
};

function* ofMode(model: SchemaModel, access: Access, mode: AuthorizationType, defaultMode: AuthorizationType): Iterable<ApiFinding> {
  const starts = rootFields(model).filter(({ root, field }) => access.admits({ mode }, root.name, field.name));
  for (const found of unreadableTypes(model, access, { mode }, starts)) {
    const fix = found.isRestricted
      ? `add "${directiveOf[mode]}" to "${found.typeName}"`
      : `add "${directiveOf[defaultMode]} ${directiveOf[mode]}" to "${found.typeName}": once it has a directive, it needs the default mode's as well`;
    yield finding(model, `callers with ${mode}`, found, fix);
  }
}

/** Only groups that a root field names: without a group in sight, a type kept for some is a way to keep the field for them. */
function* ofGroups(model: SchemaModel, access: Access): Iterable<ApiFinding> {
  const mode = 'AMAZON_COGNITO_USER_POOLS';
  const roots = rootFields(model);
  const rootNames = new Set(roots.map(({ root }) => root.name));
  // Most schemas keep root fields for groups, not types; then there is no need to walk once per group.
  if (![...writtenDirectives(model)].some(({ coordinate, directive }) => directive.groups && !rootNames.has(coordinate.split('.', 1)[0] ?? ''))) return;
  const groupsOf = new Map(roots.map((start) => [start, new Set(access.deciding(start.root.name, start.field.name).flatMap(({ groups = [] }) => groups))]));
  for (const group of new Set([...groupsOf.values()].flatMap((groups) => [...groups]))) {
    const starts = roots.filter((start) => groupsOf.get(start)?.has(group));
    for (const found of unreadableTypes(model, access, { mode, group }, starts)) {
      // Out of reach for every user of the pool: told about the mode.
      if (!canAnyoneRead(model, access, found.typeName)) continue;
      yield finding(model, `members of "${group}"`, found, `add "${group}" to the groups of "${found.typeName}", or take it from those of ${found.path[0]}`);
    }
  }

  function canAnyoneRead({ schema }: SchemaModel, { admits }: Access, typeName: string): boolean {
    const type = schema.getType(typeName);
    return type !== undefined && 'getFields' in type && Object.keys(type.getFields()).some((fieldName) => admits({ mode }, typeName, fieldName));
  }
}

function finding({ locationOf }: SchemaModel, who: string, { typeName, path }: UnreadableType, fix: string): ApiFinding {
  const location = locationOf(typeName);
  const caller = locationOf(path.at(-1) ?? '');
  return {
    ...(location ? { location } : {}),
    message: `${who} cannot read "${typeName}", which they reach by ${[...path, typeName].join(' → ')}`,
    notes: caller ? [{ message: `${path.at(-1)} returns it here`, location: caller }] : [],
    fix,
  };
}

/** An assembly against the one that is deployed: does the deployment go through, and do clients of the old one get along with the new one. */
import type { CodeSummary, Diagnostic, ResourceRef } from '../diagnostics';
import { type ApiModel, type Assembly, SourcePlaces } from '../model';
import { compareSchemas, loadSchema, type SafeChange, type SchemaModel } from '../sdl';
import { type DeployedApi, pairApis } from './deployed-apis';
import { distinct } from './distinct';
import { aboutMoves, dataSourceMoved, type Move, movesOf, resolverMoved, resolverStack } from './moved-resources';

export interface AssemblyDiff {
  /** What cannot be deployed or breaks clients as errors, what surprises as warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly safe: readonly SafeChange[];
  readonly moves: readonly Move[];
  /**
   * By name of the API: the stacks its fields had before, as `resolverStacks.placed` of our constructs takes them. Only for APIs that have such stacks,
   * before or after.
   */
  readonly placed: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

const apiRemoved: CodeSummary = {
  code: 'API_REMOVED',
  severity: 'error',
  summary: 'an API keeps its stack and its logical id, and so its address and its keys',
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
};

/** Every code that only a comparison can give, beside those of schema changes. */
export const comparisonCodes: readonly CodeSummary[] = [apiRemoved, resolverMoved, dataSourceMoved];

export function compareAssemblies(before: Assembly, after: Assembly): AssemblyDiff {
  const { pairs, removed, added } = pairApis(before, after);
  const schemas = pairs.map((pair) => schemaChanges(pair.before.model, pair.after.model));
  const places = new SourcePlaces();
  // The lines of the baseline's resources are those of code that is no more.
  const placed = (diagnostic: Diagnostic): Diagnostic => {
    const { resource } = diagnostic;
    const isOfNow = after.templates?.some(({ path }) => path === resource?.templatePath);
    const location = diagnostic.location ?? (resource && isOfNow ? places.ofResource(resource) : undefined);
    return location ? { ...diagnostic, location } : diagnostic;
  };
  return {
    diagnostics: distinct([
      ...unseen(before, 'the baseline: '),
      ...unseen(after, ''),
      ...removed.map((api) => removal(api, added)),
      ...pairs.flatMap((pair) => aboutMoves(pair.before, pair.after)),
      ...schemas.flatMap(({ diagnostics }) => diagnostics),
    ]).map(placed),
    safe: schemas.flatMap(({ safe }) => safe),
    moves: pairs.flatMap((pair) => movesOf(pair.before, pair.after)),
    placed: new Map(pairs.flatMap((pair) => placement(pair.before, pair.after))),
  };
}

/**
 * What is not compared because it could not be read: resources in a missing template, a schema that is not on disk. Other code that is
 * missing does not matter, and baselines are often kept without it.
 */
function unseen({ apis, diagnostics }: Assembly, prefix: string): Diagnostic[] {
  const hiding: readonly string[] = ['MAN_NESTED_STACK', 'MAN_FOREIGN_API', 'MAN_RESOURCE', 'MAN_SAM'];
  const isSchema = (ref: ResourceRef | undefined) => apis.some(({ schemaResource }) => schemaResource?.logicalId === ref?.logicalId && schemaResource?.templatePath === ref?.templatePath);
  return diagnostics
    .filter(({ code, resource }) => hiding.includes(code) || (code === 'MAN_ASSET' && isSchema(resource)))
    .map((diagnostic) => ({ ...diagnostic, severity: 'warning', message: `${prefix}${diagnostic.message}` }));
}

function removal({ model, stack }: DeployedApi, added: readonly DeployedApi[]): Diagnostic {
  const { code, url } = apiRemoved;
  const { logicalId } = model.resource;
  const successor = added.find((api) => api.model.name === model.name);
  const common = { code, severity: 'error' as const, notes: [], url };
  if (!successor) return { ...common, message: `the API "${model.name}" is no longer there, and its clients lose it`, resource: model.resource, fix: `keep the API, "${logicalId}", until nobody uses it` };
  const isRenamed = successor.stack === stack;
  return {
    ...common,
    message: `the API "${model.name}" is made anew, and its clients know the address and the keys of the old one`,
    resource: successor.model.resource,
    notes: [{ message: isRenamed ? `"${logicalId}" is now "${successor.model.resource.logicalId}"` : `it was in the stack "${stack}" and is now in "${successor.stack}"` }],
    fix: isRenamed ? `keep the logical id "${logicalId}", by the old path of the construct or by overrideLogicalId()` : 'keep the stack and its name',
  };
}

/** Nothing for an API whose schema is not on disk. */
function schemaChanges(before: ApiModel, after: ApiModel): { readonly diagnostics: readonly Diagnostic[]; readonly safe: readonly SafeChange[] } {
  if (before.schema.length === 0 || after.schema.length === 0) return { diagnostics: [], safe: [] };
  const [old, now] = [loadSchema(before.schema), loadSchema(after.schema)];
  const problems = [...(old.value ? [] : [unreadable(before, old)]), ...(now.value ? [] : errorsOf(now))];
  if (!old.value || !now.value) return { diagnostics: problems, safe: [] };
  const [defaultMode] = after.authorization;
  return compareSchemas(old.value, now.value, defaultMode ? { defaultMode: defaultMode.type } : {});
}

interface Loaded {
  readonly value: SchemaModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function errorsOf({ diagnostics }: Loaded): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

function unreadable({ name, schemaResource }: ApiModel, loaded: Loaded): Diagnostic {
  const [first] = errorsOf(loaded);
  const message = `the baseline schema of the API "${name}" cannot be read: ${first?.message ?? 'it is empty'}`;
  return { code: 'SDL_BASELINE', severity: 'error', message, notes: [], ...(first?.location && { location: first.location }), ...(schemaResource && { resource: schemaResource }), fix: 'take the assembly that is deployed as the baseline' };
}

/** A field that some other construct has put into a stack of its own has no number, and needs none. */
function placement(before: DeployedApi, after: DeployedApi): [name: string, placed: Record<string, number>][] {
  const numbers = (api: DeployedApi) => [...api.resolvers()].flatMap(([field, place]): [string, number][] => (resolverStack(api, place) === undefined ? [] : [[field, resolverStack(api, place)!]]));
  const old = numbers(before).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...old, ...numbers(after)].some(([, stack]) => stack > 0) ? [[after.model.name, Object.fromEntries(old)]] : [];
}

/**
 * What CloudFormation would make a second time: resolvers and data sources that an earlier assembly has in another stack, or under another
 * logical id. It makes the new resource before it deletes the old one, and AppSync takes one resolver per field and one data source of a name.
 * Functions move freely. Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateFunction.html ("does not have to be unique")
 */
import type { CodeSummary, Diagnostic } from '../diagnostics';
import { type DeployedApi, type Place, rootOf, withoutRoot } from './deployed-apis';

export interface Move {
  readonly kind: 'resolver' | 'data source';
  /** `Type.field`, or the name of the data source. */
  readonly name: string;
  /** A resource that changes its stack may have another logical id as well. */
  readonly changes: 'stack' | 'logical id';
  readonly before: Place;
  readonly after: Place;
}

/** Source: "Replacement"; what AppSync then says was seen in https://github.com/aws-amplify/amplify-cli/issues/1189 (resolvers) and …/issues/911 (data sources). */
const url = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';

export const resolverMoved: CodeSummary = { code: 'API_RESOLVER_MOVED', severity: 'error or warning', summary: 'the resolver of a field keeps its stack and its logical id', url };
export const dataSourceMoved: CodeSummary = { code: 'API_DATA_SOURCE_MOVED', severity: 'error or warning', summary: 'a data source keeps its stack and its logical id, or gets another name as well', url };

/** What stands elsewhere than it did; what only one of the two has is not among it. */
export function movesOf(before: DeployedApi, after: DeployedApi): Move[] {
  const moves = (kind: Move['kind'], old: ReadonlyMap<string, Place>, now: ReadonlyMap<string, Place>) =>
    [...now].flatMap(([name, place]): Move[] => {
      const earlier = old.get(name);
      if (!earlier) return [];
      const isSameStack = within(before, earlier) === within(after, place);
      if (isSameStack && earlier.resource.logicalId === place.resource.logicalId) return [];
      return [{ kind, name, changes: isSameStack ? 'logical id' : 'stack', before: earlier, after: place }];
    });
  return [...moves('resolver', before.resolvers(), after.resolvers()), ...moves('data source', before.dataSources(), after.dataSources())];
}

/** The stack of a resource as seen from its API, whatever the API's own top-level stack is called: empty, or `/Nested`, or `Other/Nested`. */
function within(api: DeployedApi, { stack }: Place): string {
  return rootOf(stack) === rootOf(api.stack) ? withoutRoot(stack) : stack;
}

/**
 * A finding for each kind of resource. A move out of a stack that is deployed before the other one works: what leaves it is gone when it comes up
 * again. A stack that uses the API is deployed after the API's.
 */
export function aboutMoves(before: DeployedApi, after: DeployedApi): Diagnostic[] {
  const moves = movesOf(before, after);
  return ([resolverMoved, dataSourceMoved] as const).flatMap(({ code }) => {
    const ofKind = moves.filter(({ kind }) => (kind === 'resolver') === (code === resolverMoved.code));
    const leaving = ofKind.filter((move) => rootOf(move.after.stack) !== rootOf(move.before.stack) && rootOf(move.after.stack) !== rootOf(after.stack));
    const refused = ofKind.filter((move) => !leaving.includes(move));
    return [...refusal(code, refused, before, after), ...interruption(code, leaving, after)];
  });
}

function refusal(code: string, moves: readonly Move[], before: DeployedApi, after: DeployedApi): Diagnostic[] {
  const [first] = moves;
  if (!first) return [];
  const { kind, name, after: place } = first;
  const changes = [...new Set(moves.map((move) => move.changes))].sort().reverse();
  const answer = kind === 'resolver' ? 'Only one resolver is allowed per field.' : `Data source with name ${name} already exists`;
  return [
    {
      code,
      severity: 'error',
      message: `${counted(moves)} of the API "${after.model.name}" ${moves.length === 1 ? 'changes its' : 'change their'} ${changes.join(' or ')}: ${listed(moves)}`,
      resource: place.resource,
      notes: [...routes(moves), { message: `CloudFormation makes the new ${kind} before it deletes the old one, and AppSync answers "${answer}"` }],
      fix: fixOf(moves, before, after),
      url,
    },
  ];
}

function interruption(code: string, moves: readonly Move[], after: DeployedApi): Diagnostic[] {
  const [first] = moves;
  if (!first) return [];
  const { kind, before: from, after: to } = first;
  return [
    {
      code,
      severity: 'warning',
      message: `${counted(moves)} of the API "${after.model.name}" ${moves.length === 1 ? 'moves' : 'move'} to another deployment: ${listed(moves)}`,
      resource: to.resource,
      notes: [...routes(moves), { message: `until both stacks are deployed, the API lacks ${moves.length === 1 ? `this ${kind}` : `these ${kind}s`}` }],
      fix: `deploy ${shownStack({ ...from, stack: rootOf(from.stack) })} before ${shownStack({ ...to, stack: rootOf(to.stack) })}`,
      url,
    },
  ];
}

/** What keeps the resources where they are; and what to do when that is not wanted. */
function fixOf(moves: readonly Move[], before: DeployedApi, after: DeployedApi): string {
  const [{ kind, before: place }] = moves as readonly [Move, ...Move[]];
  const those = moves.length === 1 ? `this ${kind}` : `these ${kind}s`;
  const twice = `or deploy twice, first without ${those}`;
  const isPlaced = kind === 'resolver' && moves.every((move) => move.changes === 'stack' && resolverStack(before, move.before) !== undefined && resolverStack(after, move.after) !== undefined);
  if (isPlaced) return `keep "resolverStacks" as it was, or pin the fields by its "placed", which \`--placed FILE\` writes; ${twice}`;
  if (moves.every(({ changes }) => changes === 'logical id')) return `keep the ${moves.length === 1 ? `logical id "${place.resource.logicalId}"` : 'logical ids'}, by the old path of the construct or by overrideLogicalId(); ${twice}`;
  return `keep ${those} in the stack as before; ${twice}`;
}

/**
 * The number that `resolverStacks` of our constructs gives a stack: 0 for that of the API, or that of a nested one, which is in its name.
 * @returns undefined for a stack that somebody else has made
 */
export function resolverStack(api: DeployedApi, { stack }: Place): number | undefined {
  if (stack === api.stack) return 0;
  const name = stack.startsWith(`${api.stack}/`) ? stack.slice(api.stack.length + 1) : '';
  const [, number] = /ResolverStack(\d+)NestedStackResolverStack\1NestedStackResource[0-9A-F]{8}$/.exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}

const mostRoutes = 8;
const mostNames = 5;

/** `12 from Shop/One to Shop/Two: Query.a, …` for each pair of stacks, the longest first. */
function routes(moves: readonly Move[]): { message: string }[] {
  const byRoute = new Map<string, Move[]>();
  for (const move of moves) {
    const route = move.changes === 'logical id' ? `in ${shownStack(move.after)}` : `from ${shownStack(move.before)} to ${shownStack(move.after)}`;
    byRoute.set(route, [...(byRoute.get(route) ?? []), move]);
  }
  const sorted = [...byRoute].sort(([, a], [, b]) => b.length - a.length);
  const messages = sorted.slice(0, mostRoutes).map(([route, group]) => `${group.length} ${route}: ${listed(group, ({ name, changes, before, after }) => (changes === 'stack' ? name : `${name} ("${before.resource.logicalId}" is now "${after.resource.logicalId}")`))}`);
  return [...messages, ...(sorted.length > mostRoutes ? [`… and between ${sorted.length - mostRoutes} more pairs of stacks`] : [])].map((message) => ({ message }));
}

/** A nested stack of the CDK by what its author calls it: `ApiResolvers` of `ApiResolversNestedStackResolversNestedStackResource1A2B3C4D`. */
function shownStack({ stack }: Place): string {
  const names = stack.split('/').map((name) => name.replace(/^(\w+?)NestedStack\w*NestedStackResource[0-9A-F]{8}$/, '$1'));
  return names[0] === '' ? (names.length === 1 ? 'the template' : `the template${names.join('/')}`) : names.join('/');
}

function counted(moves: readonly Move[]): string {
  return `${moves.length} ${moves[0]?.kind}${moves.length === 1 ? '' : 's'}`;
}

function listed(moves: readonly Move[], show: (move: Move) => string = ({ name }) => name): string {
  const names = moves.slice(0, mostNames).map(show).join(', ');
  return moves.length > mostNames ? `${names} and ${moves.length - mostNames} more` : names;
}

/** What the policies of a role or a user allow: on one API, request by request where conditions say so, and in calls of other services. */
import type { PolicyConditionModel, PolicyStatementModel, PrincipalModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import { about, decisionsOn, type Permissions, permissionsOn, type PolicyDecision } from './iam-policy';
import { type ConditionListener, type ContextLookup, hasConditions, statementsInForce } from './policy-conditions';
import { contextOf, type PrincipalFacts, type RequestFacts } from './policy-context';

/** The API that is asked, as far as ARNs and conditions name it. */
export interface AskedApi {
  readonly apiId: string;
  readonly region: string;
  readonly accountId: string;
}

/** What a caller's policies allow, and what they say of other services that are used with the caller's credentials. */
export interface CallerPermissions extends Permissions {
  /** Of the user, or of the session of the role. */
  readonly arn: string;
  /**
   * @param action `dynamodb:GetItem`
   * @param conditionKeys what the call tells conditions, by key in lower case; no other key of its service is there
   */
  decide(action: string, resourceArn: string, conditionKeys: Readonly<Record<string, readonly string[]>>): PolicyDecision;
}

const graphQl = 'appsync:GraphQL';
/** Of one principal; conditions have few outcomes. */
const rememberedOutcomes = 100;

/** Who it is that has the policies. */
export interface PrincipalDescription {
  /** For conditions. */
  readonly facts: PrincipalFacts;
  /** Of the user, or of the session of the role. */
  readonly arn: string;
  /** For the log: `the role Shop-Reader`. */
  readonly name: string;
}

/** @param log hears each doubt once */
export function permissionsOf(
  principal: PrincipalModel,
  { facts, arn, name }: PrincipalDescription,
  api: AskedApi,
  log: (line: string) => void,
): (request: RequestFacts) => CallerPermissions {
  const apiArn = `${principal.arn.split(':').slice(0, 2).join(':')}:appsync:${api.region}:${api.accountId}:apis/${api.apiId}`;
  const told = new Set<string>();
  const tell = (doubt: string) => {
    if (!told.has(doubt)) log(`IAM: ${doubt}`);
    told.add(doubt);
  };
  for (const policy of principal.unread) tell(`${policy} of ${name} is not in the templates: it is taken to allow nothing here`);
  // A boundary only takes away: one that cannot be read would take everything.
  const { statements, boundary } = principal;
  const most = boundary && boundary.unread.length === 0 ? boundary.statements : undefined;
  for (const policy of boundary?.unread ?? []) tell(`${policy}, the permissions boundary of ${name}, is not in the templates: it takes nothing away here`);

  const listener: ConditionListener = (condition, verdict, actual) => tell(conditionDoubt(condition, verdict, actual, name));
  const inForce = (all: readonly PolicyStatementModel[], action: string, lookup: ContextLookup) => statementsInForce(about(action, all), lookup, listener);
  const onFields = (id: string, lookup: ContextLookup): Permissions => {
    const [allowed, atMost] = [statements, most].map((all) => all && permissionsOn(apiArn, id, inForce(all, graphQl, lookup)));
    return {
      id,
      allows: (coordinate) => (allowed?.allows(coordinate) ?? false) && (atMost?.allows(coordinate) ?? true),
      denies: (coordinate) => [allowed, atMost].some((permissions) => permissions?.denies(coordinate)),
    };
  };
  const isAlwaysTheSame = ![statements, most ?? []].some((all) => hasConditions(about(graphQl, all)));
  const outcomes = new LeastRecentlyUsed<Permissions>(rememberedOutcomes);

  return (request) => {
    const lookup = contextOf(facts, request, api);
    const outcome = isAlwaysTheSame ? '' : ` ${JSON.stringify([inForce(statements, graphQl, lookup), most && inForce(most, graphQl, lookup)])}`;
    const id = `${principal.arn}${outcome}`;
    let ofFields = outcomes.get(id);
    if (!ofFields) outcomes.set(id, (ofFields = onFields(id, lookup)));
    return {
      ...ofFields,
      arn,
      decide(action, resourceArn, conditionKeys) {
        const ofCall = withKeysOf(action, conditionKeys, lookup);
        const decisions = [statements, most].flatMap((all) => (all ? [decisionsOn(action, inForce(all, action, ofCall))(resourceArn)] : []));
        return decisions.includes('DENIED') ? 'DENIED' : (decisions.find((decision) => decision !== 'ALLOWED') ?? 'ALLOWED');
      },
    };
  };
}

function withKeysOf(action: string, keys: Readonly<Record<string, readonly string[]>>, lookup: ContextLookup): ContextLookup {
  const [service = ''] = action.split(':');
  return (name) => {
    const key = name.toLowerCase();
    if (Object.hasOwn(keys, key)) return keys[key] ?? [];
    return key.startsWith(`${service}:`) ? [] : lookup(key);
  };
}

function conditionDoubt({ operator, key, values }: PolicyConditionModel, verdict: 'FAILS' | 'UNKNOWN', actual: readonly string[], name: string): string {
  const condition = `the condition ${operator} ${key}${values ? ` (${values.join(', ')})` : ''} in the policies of ${name}`;
  if (verdict === 'UNKNOWN') return `${condition} cannot be evaluated here: what it allows is not allowed, what it denies is denied`;
  // Times are never twice the same, and a doubt is told once.
  const isTime = /^aws:(CurrentTime|EpochTime|TokenIssueTime)$/i.test(key);
  return `${condition} does not hold${isTime ? '' : actual.length === 0 ? ': the request has no such key' : ` for ${actual.join(', ')}`}: what it allows is not allowed`;
}

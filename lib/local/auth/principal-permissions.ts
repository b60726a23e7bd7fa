/** What the policies of a role or a user allow on one API, request by request where conditions say so. */
import type { PolicyConditionModel, PolicyStatementModel, PrincipalModel } from '../../model';
import { LeastRecentlyUsed } from '../execution/least-recently-used';
import { about, type Permissions, permissionsOn } from './iam-policy';
import { type ConditionListener, hasConditions, statementsInForce } from './policy-conditions';
import { contextOf, type PrincipalFacts, type RequestFacts } from './policy-context';

/** The API that is asked, as far as ARNs and conditions name it. */
export interface AskedApi {
  readonly apiId: string;
  readonly region: string;
  readonly accountId: string;
}

/** Of one principal; conditions have few outcomes. */
const rememberedOutcomes = 100;

/**
 * @param facts of the principal, for conditions
 * @param name how the log calls the principal: `the role Shop-Reader`
 * @param log hears each doubt once
 */
export function permissionsOf(principal: PrincipalModel, facts: PrincipalFacts, api: AskedApi, name: string, log: (line: string) => void): (request: RequestFacts) => Permissions {
  const apiArn = `${principal.arn.split(':').slice(0, 2).join(':')}:appsync:${api.region}:${api.accountId}:apis/${api.apiId}`;
  const told = new Set<string>();
  const tell = (doubt: string) => {
    if (!told.has(doubt)) log(`IAM: ${doubt}`);
    told.add(doubt);
  };
  for (const policy of principal.unread) tell(`${policy} of ${name} is not in the templates: it is taken to allow nothing here`);
  // A boundary only takes away: one that cannot be read would take everything.
  const { boundary } = principal;
  const isBoundaryKnown = boundary !== undefined && boundary.unread.length === 0;
  for (const policy of boundary?.unread ?? []) tell(`${policy}, the permissions boundary of ${name}, is not in the templates: it takes nothing away here`);

  const own = about('appsync:GraphQL', principal.statements);
  const limits = isBoundaryKnown ? about('appsync:GraphQL', boundary.statements) : undefined;
  const compile = (id: string, statements: readonly PolicyStatementModel[], most: readonly PolicyStatementModel[] | undefined): Permissions => {
    const allowed = permissionsOn(apiArn, id, statements);
    if (!most) return allowed;
    const atMost = permissionsOn(apiArn, id, most);
    return { id, allows: (coordinate) => allowed.allows(coordinate) && atMost.allows(coordinate) };
  };
  if (!hasConditions(own) && !(limits && hasConditions(limits))) {
    const permissions = compile(principal.arn, own, limits);
    return () => permissions;
  }

  const listener: ConditionListener = (condition, verdict, actual) => tell(conditionDoubt(condition, verdict, actual, name));
  const outcomes = new LeastRecentlyUsed<Permissions>(rememberedOutcomes);
  return (request) => {
    const lookup = contextOf(facts, request, api);
    const inForce = statementsInForce(own, lookup, listener);
    const most = limits && statementsInForce(limits, lookup, listener);
    const id = `${principal.arn} ${JSON.stringify([inForce, most])}`;
    let permissions = outcomes.get(id);
    if (!permissions) outcomes.set(id, (permissions = compile(id, inForce, most)));
    return permissions;
  };
}

function conditionDoubt({ operator, key, values }: PolicyConditionModel, verdict: 'FAILS' | 'UNKNOWN', actual: readonly string[], name: string): string {
  const condition = `the condition ${operator} ${key}${values ? ` (${values.join(', ')})` : ''} in the policies of ${name}`;
  if (verdict === 'UNKNOWN') return `${condition} cannot be evaluated here: what it allows is not allowed, what it denies is denied`;
  // Times are never twice the same, and a doubt is told once.
  const isTime = /^aws:(CurrentTime|EpochTime|TokenIssueTime)$/i.test(key);
  return `${condition} does not hold${isTime ? '' : actual.length === 0 ? ': the request has no such key' : ` for ${actual.join(', ')}`}: what it allows is not allowed`;
}

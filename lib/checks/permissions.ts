/**
 * Whether a role allows an action, as IAM evaluates its policies: allowed by a statement, and denied by none.
 * Conditions are not evaluated: with one, an Allow allows and a Deny does not deny. Regions and accounts of ARNs are not compared,
 * because a template that is not bound to an environment has made-up ones.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { matchesPolicyPattern, type PolicyStatementModel } from '../model';

/** @param resource an ARN; undefined asks whether the action is allowed on anything at all */
export function isAllowed(statements: readonly PolicyStatementModel[], action: string, resource: string | undefined): boolean {
  const about = statements.filter((statement) => coversAction(statement, action));
  const isDenied = about.some((statement) => statement.effect === 'Deny' && !statement.isConditional && resource !== undefined && coversResource(statement, resource));
  return !isDenied && about.some((statement) => statement.effect === 'Allow' && (resource === undefined || coversResource(statement, resource)));
}

function coversAction({ actions, notActions }: PolicyStatementModel, action: string): boolean {
  const matches = (pattern: string) => matchesPolicyPattern(action.toLowerCase(), pattern.toLowerCase());
  return actions ? actions.some(matches) : notActions !== undefined && !notActions.some(matches);
}

function coversResource({ resources, notResources }: PolicyStatementModel, resource: string): boolean {
  const matches = (pattern: string) => matchesPolicyPattern(placeless(resource), placeless(pattern));
  return resources ? resources.some(matches) : notResources !== undefined && !notResources.some(matches);
}

/** `<service>:<the rest>` of an ARN; a pattern that is no full ARN is left as it is, if it can stand for more than one part. */
function placeless(arn: string): string {
  const [, , service = '', , , ...rest] = arn.split(':');
  return rest.length > 0 ? `${service}:${rest.join(':')}` : arn.includes('*') ? '*' : arn;
}

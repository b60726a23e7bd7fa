/**
 * What the policies of a principal allow, as IAM evaluates them: one action on resources by their ARN, and on one API `appsync:GraphQL` on
 * `types/T/fields/f`. Statements come as they are in force (`policy-conditions.ts`); of one that is conditional still, an Allow counts, and a
 * Deny does not.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { matchesPolicyPattern, type PolicyStatementModel } from '../../model';

/** What a caller's policies allow. Asked for every field, so each answer is worked out once. */
export interface Permissions {
  /** Callers with the same one may do the same. */
  readonly id: string;
  /** @param coordinate `Type.field` */
  allows(coordinate: string): boolean;
  /** Whether a statement denies it, rather than none allowing it. */
  denies(coordinate: string): boolean;
}

/** What policies say on their own: `NOT_ALLOWED` when they do not speak of it. */
export type PolicyDecision = 'ALLOWED' | 'DENIED' | 'NOT_ALLOWED';

/** @param apiArn `arn:aws:appsync:<region>:<account>:apis/<apiId>` */
export function permissionsOn(apiArn: string, id: string, statements: readonly PolicyStatementModel[]): Permissions {
  const decide = decisionsOn('appsync:GraphQL', statements);
  const decisions = new Map<string, PolicyDecision>();

  function decisionOn(coordinate: string): PolicyDecision {
    let decision = decisions.get(coordinate);
    if (decision === undefined) {
      const [typeName = '', fieldName = ''] = coordinate.split('.');
      decisions.set(coordinate, (decision = decide(`${apiArn}/types/${typeName}/fields/${fieldName}`)));
    }
    return decision;
  }

  return { id, allows: (coordinate) => decisionOn(coordinate) === 'ALLOWED', denies: (coordinate) => decisionOn(coordinate) === 'DENIED' };
}

/** @param action `dynamodb:PutItem`. @returns what the statements decide about it on a resource, given by ARN */
export function decisionsOn(action: string, statements: readonly PolicyStatementModel[]): (resourceArn: string) => PolicyDecision {
  const rules = about(action, statements).map(({ effect, resources, notResources, isConditional }) => ({ effect, isConditional, covers: resources ? matcher(resources) : not(matcher(notResources ?? [])) }));
  return (resourceArn) => {
    const covering = rules.filter(({ covers }) => covers(resourceArn));
    if (covering.some(({ effect, isConditional }) => effect === 'Deny' && !isConditional)) return 'DENIED';
    return covering.some(({ effect }) => effect === 'Allow') ? 'ALLOWED' : 'NOT_ALLOWED';
  };
}

/** The statements that speak of an action. */
export function about(action: string, statements: readonly PolicyStatementModel[]): PolicyStatementModel[] {
  return statements.filter((statement) => coversAction(statement, action.toLowerCase()));
}

/** Actions are compared without regard to case. @param action in lower case */
function coversAction({ actions, notActions }: PolicyStatementModel, action: string): boolean {
  const lower = (patterns: readonly string[]) => patterns.map((pattern) => pattern.toLowerCase());
  return actions ? matcher(lower(actions))(action) : notActions !== undefined && !matcher(lower(notActions))(action);
}

function matcher(patterns: readonly string[]): (text: string) => boolean {
  return (text) => patterns.some((pattern) => matchesPolicyPattern(text, pattern));
}

function not(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => !test(text);
}

/**
 * What the policies of a principal allow on one API: `appsync:GraphQL` on `types/T/fields/f`, as IAM evaluates it. Conditions are not
 * evaluated: a conditional Allow counts, a conditional Deny does not.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { matchesPolicyPattern, type PolicyStatementModel } from '../../model';

/** What a caller's policies allow. Asked for every field, so each answer is worked out once. */
export interface Permissions {
  /** Callers with the same one may do the same. */
  readonly id: string;
  /** @param coordinate `Type.field` */
  allows(coordinate: string): boolean;
}

const action = 'appsync:graphql';

/** @param apiArn `arn:aws:appsync:<region>:<account>:apis/<apiId>` */
export function permissionsOn(apiArn: string, id: string, statements: readonly PolicyStatementModel[]): Permissions {
  const rules = statements.filter(coversAction).map(({ effect, resources, notResources, isConditional }) => ({
    effect,
    isConditional,
    covers: resources ? matcher(resources) : not(matcher(notResources ?? [])),
  }));
  const answers = new Map<string, boolean>();

  function evaluate(coordinate: string): boolean {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const about = rules.filter(({ covers }) => covers(`${apiArn}/types/${typeName}/fields/${fieldName}`));
    return about.some(({ effect }) => effect === 'Allow') && !about.some(({ effect, isConditional }) => effect === 'Deny' && !isConditional);
  }

  return {
    id,
    allows(coordinate) {
      let answer = answers.get(coordinate);
      if (answer === undefined) answers.set(coordinate, (answer = evaluate(coordinate)));
      return answer;
    },
  };
}

/** Actions are compared without regard to case. */
function coversAction({ actions, notActions }: PolicyStatementModel): boolean {
  const lower = (patterns: readonly string[]) => patterns.map((pattern) => pattern.toLowerCase());
  return actions ? matcher(lower(actions))(action) : notActions !== undefined && !matcher(lower(notActions))(action);
}

function matcher(patterns: readonly string[]): (text: string) => boolean {
  return (text) => patterns.some((pattern) => matchesPolicyPattern(text, pattern));
}

function not(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => !test(text);
}

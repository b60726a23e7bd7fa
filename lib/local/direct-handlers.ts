/**
 * What AppSync does where a resolver or function leaves its handlers out, as direct Lambda resolvers do.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html
 */
import type { Evaluation, InvocationContext, StepContext } from './evaluator';

/** The whole context goes to the function, the selection set included. */
export function directRequest({ args, identity, source, request, info, stash = {} }: InvocationContext, { prev }: StepContext): Evaluation['outcome'] {
  const { selectionSetList, selectionSetGraphQL, parentTypeName, fieldName, variables } = info;
  const payload = {
    arguments: args,
    identity,
    source,
    request,
    prev: prev ?? null,
    info: { selectionSetList, selectionSetGraphQL, parentTypeName, fieldName, variables },
    stash,
  };
  return { kind: 'value', value: { version: '2018-05-29', operation: 'Invoke', payload } };
}

/** An error of the function is the field's error; otherwise its answer is the field's value. */
export function directResponse({ result, error }: StepContext): Evaluation['outcome'] {
  if (!error) return { kind: 'value', value: result ?? null };
  return { kind: 'error', error: { message: error.message, errorType: error.type || null, data: result ?? null, errorInfo: null } };
}

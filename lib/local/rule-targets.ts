/**
 * What rules of EventBridge call: a function, when a permission lets EventBridge call it, or a mutation of an API here, as the target's role.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html and target-appsync.html
 */
import { randomUUID } from 'node:crypto';
import type { EventTargetModel, LambdaFunctionModel, RoleModel } from '../model';
import { localRole } from './auth';
import { roleSigner } from './auth/iam';
import type { Caller } from './auth/auth-mode';
import type { HostedApi } from './hosted-api';
import type { InvokeFunction } from './lambda';

export interface RuleTargets {
  readonly apis: readonly HostedApi[];
  readonly functions: readonly LambdaFunctionModel[];
  readonly roles: readonly RoleModel[];
  readonly invoke: InvokeFunction;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const eventBridge = 'events.amazonaws.com';

/** @returns undefined when there is no such thing here; the call rejects with what went wrong */
export function ruleTarget(target: EventTargetModel, targets: RuleTargets): ((input: unknown) => Promise<void>) | undefined {
  const { arn, graphQlOperation: query } = target;
  if (/^arn:[^:]+:lambda:/.test(arn)) return (input) => callFunction(arn, input, targets);
  const api = targets.apis.find(({ model }) => arn.endsWith(`:endpoints/graphql-api/${model.apiId}`));
  if (!api || query === undefined) return undefined;
  return async (input) => {
    const { body } = await api.execute({ query, variables: input as Readonly<Record<string, unknown>> }, { caller: callerOf(target, api, targets), headers: {}, requestId: randomUUID() });
    if (body.errors && body.errors.length > 0) throw new Error(body.errors.map(({ message }) => message).join('; '));
  };
}

async function callFunction(functionArn: string, input: unknown, { functions, invoke }: RuleTargets): Promise<void> {
  const called = functions.find((fn) => functionArn === fn.functionArn || functionArn.startsWith(`${fn.functionArn}:`));
  if (called?.invokers && ![eventBridge, '*'].some((principal) => called.invokers?.includes(principal)))
    throw new Error(`EventBridge may not call the function "${called.functionName}"; add an AWS::Lambda::Permission with the action lambda:InvokeFunction for the principal ${eventBridge}`);
  const outcome = await invoke(functionArn, input);
  if (outcome.kind === 'unavailable') throw new Error(outcome.reason);
  if (outcome.kind !== 'value') throw new Error(`${outcome.errorType}: ${outcome.errorMessage}`);
}

/** A role that cannot be read wholly is not judged by. Assumed: the name of the session */
function callerOf({ roleArn }: EventTargetModel, { model }: HostedApi, { roles, now, log }: RuleTargets): Caller {
  const role = roles.find(({ arn }) => arn === roleArn);
  if (role?.unread.length !== 0) return { mode: 'AWS_IAM', identity: localRole(model.accountId, []), groups: [] };
  const { identity, permissionsFor } = roleSigner(role, model, log, 'events');
  return { mode: 'AWS_IAM', identity, groups: [], permissions: permissionsFor({ headers: {}, sourceIp: '', nowMs: now() }) };
}

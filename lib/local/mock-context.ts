/** The context one hands to EvaluateCode, as the handler's run sees it: what AWS fills in, and what it refuses. */
import { DiagnosticError, locationAt, type SourceFile } from '../diagnostics';
import type { InvocationContext, StepContext } from './evaluator';
import { isRecord, refusal } from './evaluate-refusal';

export interface MockContext {
  readonly invocation: InvocationContext;
  readonly step: StepContext;
}

/** Source: https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html (`context`), characters of its JSON text. */
const length = { min: 2, max: 28_000 };

/** Members of the identity of any mode. Observed: an identity with another one is refused, one that lacks some is taken. */
const identityMembers: ReadonlySet<string> = new Set([
  ...['accountId', 'cognitoIdentityPoolId', 'cognitoIdentityId', 'sourceIp', 'username', 'userArn', 'cognitoIdentityAuthType', 'cognitoIdentityAuthProvider', 'user'],
  ...['sub', 'issuer', 'claims', 'groups', 'defaultAuthStrategy', 'resolverContext'],
]);

/**
 * @param path of the file that the text is from, which is then named in what is refused
 * Assumed: what is absent is what a request without it has: `{}` for arguments, stash, headers and variables, null for the rest.
 * @throws DiagnosticError RUN_EVALUATE
 */
export function readMockContext(given: object | string, path?: string): MockContext {
  try {
    return fromContext(parsed(given));
  } catch (error) {
    throw error instanceof DiagnosticError && path !== undefined && typeof given === 'string' ? placed(error, { path, text: given }) : error;
  }
}

/** The engine tells where JSON is broken in its message alone, and says nothing of a place when the text ends too early. */
function placed({ diagnostics }: DiagnosticError, file: SourceFile): DiagnosticError {
  const offset = (message: string) => (message.endsWith('end of JSON input') ? file.text.length : Number(/ at position (\d+)/.exec(message)?.[1] ?? 0));
  return new DiagnosticError(diagnostics.map((diagnostic) => ({ ...diagnostic, location: locationAt(file, offset(diagnostic.message)) })));
}

function fromContext(context: Record<string, unknown>): MockContext {
  if ('args' in context && !('arguments' in context)) throw refusal('the context calls its arguments "args", which AppSync does not read', 'name them "arguments"');
  const request = memberOf(context, 'request') ?? {};
  const info = memberOf(context, 'info') ?? {};
  const error = memberOf(context, 'error');
  return {
    invocation: {
      args: memberOf(context, 'arguments') ?? {},
      identity: identityOf(context),
      source: context.source ?? null,
      stash: memberOf(context, 'stash') ?? {},
      outErrors: Array.isArray(context.outErrors) ? context.outErrors : [],
      env: (memberOf(context, 'env') ?? {}) as Record<string, string>,
      request: { headers: (memberOf(request, 'headers') ?? {}) as Record<string, string>, domainName: typeof request.domainName === 'string' ? request.domainName : null },
      info: {
        fieldName: textOf(info.fieldName),
        parentTypeName: textOf(info.parentTypeName),
        variables: memberOf(info, 'variables') ?? {},
        selectionSetList: Array.isArray(info.selectionSetList) ? info.selectionSetList.map(String) : [],
        selectionSetGraphQL: textOf(info.selectionSetGraphQL),
      },
    },
    step: {
      ...('result' in context && { result: context.result }),
      ...(isRecord(context.prev) && { prev: { result: context.prev.result } }),
      ...(error && { error: { message: textOf(error.message), type: textOf(error.type) } }),
    },
  };
}

function parsed(given: object | string): Record<string, unknown> {
  if (given === undefined || given === null) throw refusal('there is no context', 'give {}');
  const text = typeof given === 'string' ? given : jsonOf(given);
  if (text.length < length.min || text.length > length.max) throw refusal(`the context has ${text.length} characters; AppSync takes ${length.min} to ${length.max}`, 'leave out what the handler does not read');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(`the context is not JSON: ${(error as Error).message}`, 'give one JSON object');
  }
  if (!isRecord(value)) throw refusal('the context is not a JSON object', 'give an object such as { "arguments": {} }');
  return value;
}

function jsonOf(given: object): string {
  try {
    return JSON.stringify(given) ?? '';
  } catch (error) {
    throw refusal(`the context cannot be written as JSON: ${(error as Error).message.split('\n', 1)[0]}`, 'give plain data');
  }
}

function identityOf(context: Record<string, unknown>): Record<string, unknown> | null {
  const identity = memberOf(context, 'identity');
  if (identity && Object.keys(identity).some((name) => !identityMembers.has(name))) {
    throw refusal('The following properties in your mock context object failed validation: ctx.identity', `keep to the members of an identity: ${[...identityMembers].join(', ')}`);
  }
  return identity ?? null;
}

/** An object, or nothing for null and what is absent. */
function memberOf(parent: Record<string, unknown>, name: string): Record<string, unknown> | undefined {
  const value = parent[name];
  if (value == null) return undefined;
  if (!isRecord(value)) throw refusal(`The following properties in your mock context object failed validation: ctx.${name}`, 'give an object');
  return value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A function that runs elsewhere: events go to a URL, as Lambda's Runtime Interface Emulator and `sam local start-lambda` take them. */
import type { InvocationOutcome } from './invocation';

/** Never rejects. */
export async function postEvent(url: string, payload: string, timeoutMs: number): Promise<InvocationOutcome> {
  const failed = (reason: string): InvocationOutcome => ({ kind: 'unavailable', reason: `${url} ${reason}` });
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: payload, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    if (!response.ok) return failed(`answered with status ${response.status}: ${text.slice(0, 500)}`);
    const value: unknown = text === '' ? null : JSON.parse(text);
    return errorIn(value, response.headers.has('x-amz-function-error')) ?? { kind: 'value', value };
  } catch (error) {
    if (error instanceof SyntaxError) return failed(`answered with no JSON: ${error.message}`);
    const { name, message, cause } = error as Error;
    return failed(name === 'TimeoutError' ? `gave no answer within ${timeoutMs / 1000} seconds` : `cannot be reached: ${cause instanceof Error ? cause.message : message}`);
  }
}

/** Members of what a runtime reports for a failed call. The emulator sends it like any answer, without the header that Lambda adds. */
const errorMembers: ReadonlySet<string> = new Set(['errorType', 'errorMessage', 'stackTrace', 'trace', 'requestId', 'cause']);

function errorIn(value: unknown, isMarked: boolean): InvocationOutcome | undefined {
  const members = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const looksSo = typeof members.errorMessage === 'string' && Object.keys(members).every((name) => errorMembers.has(name));
  if (!isMarked && !looksSo) return undefined;
  return { kind: 'error', errorType: String(members.errorType ?? 'Error'), errorMessage: String(members.errorMessage ?? '') };
}

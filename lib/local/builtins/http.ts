/** `util.http`. Source: https://docs.aws.amazon.com/appsync/latest/devguide/http-helpers-in-utils-http-js.html. Assumed: the texts of the errors and JSON for header values that are no strings. */
import { asText, type BuiltinGroup, isPlainObject } from './builtin';
import type { Surroundings } from './handler-run';

const hopByHop = ['transfer-encoding', 'connection', 'host', 'expect', 'keep-alive', 'upgrade', 'proxy-authenticate', 'proxy-authorization', 'te', 'content-length'];

/** AppSync writes these itself. */
const reserved = [
  ...hopByHop,
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'vary',
  'content-type',
];

const reservedPrefixes = ['x-amzn-', 'x-amz-'];

/** Names and values together, in characters; every definition counts. Assumed: counted for each handler call, AppSync counts the whole response. */
const maxTotalLength = 4096;

export function createHttpUtil({ current }: Surroundings): BuiltinGroup {
  const sizes = new WeakMap<object, number>();

  const add = (name: unknown, value: unknown): void => {
    const run = current();
    const size = (sizes.get(run) ?? 0) + asText(name ?? '').length + asText(value ?? '').length;
    const problem = headerProblem(name, value) ?? (size > maxTotalLength ? `Custom response headers exceed ${maxTotalLength} bytes.` : undefined);
    if (problem !== undefined) return run.appendError({ message: problem, errorType: 'ResponseHeaderError', data: null, errorInfo: null });
    sizes.set(run, size);
    run.responseHeaders[String(name)] = asText(value);
  };

  return {
    copyHeaders: (headers) => (isPlainObject(headers) ? Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name.toLowerCase()))) : {}),
    addResponseHeader: add,
    addResponseHeaders: (headers) => {
      if (isPlainObject(headers)) for (const [name, value] of Object.entries(headers)) add(name, value);
    },
  };
}

function headerProblem(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return `Response header name ${JSON.stringify(name ?? null)} is not valid.`;
  const lowerCase = name.toLowerCase();
  if (reserved.includes(lowerCase) || reservedPrefixes.some((prefix) => lowerCase.startsWith(prefix))) return `Response header ${name} is restricted.`;
  if (value == null) return `Response header ${name} has no value.`;
  return /[\r\n\0]/.test(asText(value)) ? `The value of response header ${name} is not valid.` : undefined;
}

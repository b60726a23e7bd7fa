/** How AWS services that speak JSON refuse a request of a function's SDK. */
import type { HttpResponse } from '../http-message';

/** Thrown where a service would refuse, whatever it was asked to do. */
export class ServiceError extends Error {
  /** @param type name of the exception, with the prefix that the service gives it */
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** @param version of the protocol: DynamoDB speaks 1.0, EventBridge 1.1 */
export function jsonAnswer(status: number, content: unknown, version: '1.0' | '1.1'): HttpResponse {
  return { status, headers: { 'content-type': `application/x-amz-json-${version}` }, body: JSON.stringify(content) };
}

/** @throws ServiceError */
export function parsedBody(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    throw new ServiceError('SerializationException', 'The request body is no JSON');
  }
}

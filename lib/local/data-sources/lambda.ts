/**
 * The AWS_LAMBDA data source: a function is called once per resolution, or once for several of them, and what it returns or throws becomes
 * the answer.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html, tutorial-lambda-resolvers.html and
 * direct-lambda-reference.html
 */
import { type FunctionError, type InvocationOutcome, type InvokeFunction, maxEventBytes } from '../lambda';
import { type DataSource, type DataSourceError, DataSourceRequestError, type DataSourceResponse } from './data-source';
import { type Document, isObject, required } from './request-document';

export interface LambdaDataSourceOptions {
  /** May have a version or alias after it. */
  readonly functionArn: string;
  readonly invoke: InvokeFunction;
  /** Takes what happens to events that nobody waits for. */
  readonly log: (line: string) => void;
}

/** Source: developer guide, "Tutorial: Lambda resolvers", batches without `MaxBatchSize`. Assumed: 0 means the same where the request asks for a batch. */
const defaultBatchSize = 5;

export function lambdaDataSource({ functionArn, invoke, log }: LambdaDataSourceOptions): DataSource {
  /** @throws DataSourceRequestError when the function cannot run here */
  async function call(event: unknown): Promise<Exclude<InvocationOutcome, { kind: 'unavailable' }>> {
    const outcome = await invoke(functionArn, event);
    if (outcome.kind === 'unavailable') throw new DataSourceRequestError(outcome.reason, 'NotEmulatedLocally');
    return outcome;
  }

  async function single(payload: unknown, isDirect: boolean): Promise<DataSourceResponse> {
    const outcome = await call(payload);
    return outcome.kind === 'value' ? { result: outcome.value } : { result: null, error: errorOf(outcome, isDirect) };
  }

  async function batch(payloads: readonly unknown[], isDirect: boolean): Promise<readonly DataSourceResponse[]> {
    const outcome = await call(payloads);
    if (outcome.kind !== 'value') return payloads.map(() => ({ result: null, error: errorOf(outcome, isDirect) }));
    const { value } = outcome;
    if (!Array.isArray(value) || value.length !== payloads.length) {
      const error = mismatch(payloads.length, value);
      return payloads.map(() => ({ result: null, error }));
    }
    return value.map((item: unknown) => (isDirect ? directItem(item) : { result: item }));
  }

  /** Nobody waits: what becomes of the event is in the log. Assumed: the resolver hears nothing of a function that is not there. */
  function announce(event: unknown): DataSourceResponse {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (size > maxEventBytes) {
      const errorMessage = `${size} byte payload is too large for the Event invocation type (limit ${maxEventBytes} bytes)`;
      return { result: null, error: errorOf({ kind: 'refused', errorType: 'RequestTooLargeException', errorMessage }, false) };
    }
    void invoke(functionArn, event).then((outcome) => outcome.kind === 'unavailable' && log(`an event was lost: ${outcome.reason}`));
    return { result: null, isFinal: true };
  }

  return {
    async invoke(request, { batch: siblings }) {
      const document: Document = isObject(request) ? request : {};
      const isDirect = siblings?.isDirect ?? false;
      const isBatch = readOperation(document) === 'BatchInvoke' || (isDirect && (siblings?.maxBatchSize ?? 0) > 0);
      const isEvent = readInvocationType(document) === 'Event';
      // Assumed: without a payload the function gets null.
      const { payload = null } = document;
      if (!isBatch) return isEvent ? announce(payload) : single(payload, isDirect);

      const send = async (payloads: readonly unknown[]) => {
        if (!isEvent) return batch(payloads, isDirect);
        const answer = announce(payloads);
        return payloads.map(() => answer);
      };
      if (siblings) return siblings.gather(payload, siblings.maxBatchSize || defaultBatchSize, send);
      const [answer = { result: null }] = await send([payload]);
      return answer;
    },
  };
}

/** Assumed: the texts of both refusals. */
function readOperation(document: Document): 'Invoke' | 'BatchInvoke' {
  const operation = required(document, 'operation');
  if (operation === 'Invoke' || operation === 'BatchInvoke') return operation;
  throw new DataSourceRequestError(`Unsupported operation '${String(operation)}'.`);
}

function readInvocationType({ invocationType }: Document): 'RequestResponse' | 'Event' {
  if (invocationType == null || invocationType === 'RequestResponse') return 'RequestResponse';
  if (invocationType === 'Event') return 'Event';
  throw new DataSourceRequestError(`Unsupported value '${String(invocationType)}' for field '$[invocationType]'.`);
}

/**
 * With code or templates every failure of a function is `Lambda:Unhandled`; without, its own name reaches the client.
 * Observed: `unhandledErrorType`, aws-appsync-community issue 386. Assumed: the type of calls that Lambda refuses.
 */
function errorOf({ kind, errorType, errorMessage }: FunctionError | Extract<InvocationOutcome, { kind: 'refused' }>, isDirect: boolean): DataSourceError {
  if (kind === 'refused') return { type: `Lambda:${errorType}`, message: errorMessage };
  if (!isDirect) return { type: 'Lambda:Unhandled', message: errorMessage, unhandledErrorType: errorType };
  // Source: direct Lambda reference, "Direct Lambda error handling": that name is the service's own.
  return { type: errorType, message: errorType === 'UnauthorizedException' ? 'You are not authorized to make this call.' : errorMessage };
}

/** Source: direct Lambda reference, batching: `{ data, errorMessage, errorType }`, anything else in it is ignored. Assumed: an item that is no object is null. */
function directItem(item: unknown): DataSourceResponse {
  const { data = null, errorMessage, errorType } = isObject(item) ? item : {};
  if (errorMessage == null) return { result: data };
  return { result: data, error: { message: String(errorMessage), type: errorType == null ? '' : String(errorType) } };
}

/** Source: developer guide, the list has as many items as were sent. Assumed: type and text. */
function mismatch(expected: number, value: unknown): DataSourceError {
  const got = Array.isArray(value) ? `a list of ${value.length}` : 'no list';
  return { type: 'Lambda:IllegalArgument', message: `The Lambda function must return a list of ${expected} ${expected === 1 ? 'item' : 'items'} for a BatchInvoke of that size, but returned ${got}.` };
}

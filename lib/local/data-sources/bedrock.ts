/**
 * What AMAZON_BEDROCK_RUNTIME is asked, how long it may take, and what it answers. No model runs here: somebody else stands in for it.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-bedrock-js.html
 */
import { DataSourceRequestError } from './data-source';
import { asList, asObject, isObject, required, unexpected } from './request-document';

const operations = ['InvokeModel', 'Converse'] as const;
type Operation = (typeof operations)[number];

const mostSeconds = 10;

/**
 * Asks a stand-in as AppSync asks a model.
 * @param request what the request handler returned
 * @param ask gives the answer as JSON carries it
 * @throws DataSourceRequestError for a request that AppSync refuses, and for an answer that no model gives; Error when it takes too long
 */
export async function askModel(dataSource: string, request: unknown, ask: () => Promise<unknown>): Promise<unknown> {
  const operation = operationOf(request);
  const answer = await inTime(dataSource, ask());
  const problem = problemOf(operation, answer);
  if (problem) throw new DataSourceRequestError(`the stub of data source "${dataSource}" answers ${operation} with ${problem}`, 'LocalAppSync');
  return answer;
}

/** Assumed: the words, which are those of other data sources. */
function operationOf(request: unknown): Operation {
  const document = asObject(request, '$');
  const asked = required(document, 'operation');
  const operation = operations.find((name) => name === asked);
  if (!operation) throw new DataSourceRequestError(`Unsupported operation '${String(asked)}'.`);
  required(document, 'modelId');
  switch (operation) {
    case 'InvokeModel':
      required(document, 'body');
      return operation;
    case 'Converse':
      for (const [index, message] of asList(required(document, 'messages'), '$[messages]').entries()) {
        const path = `$[messages][${index}]`;
        if (!isObject(message)) throw unexpected('object', path, message);
        required(message, 'role', path);
        asList(required(message, 'content', path), `${path}[content]`);
      }
      return operation;
  }
}

/** Assumed: the words. */
async function inTime(dataSource: string, answer: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`data source "${dataSource}" has not answered in ${mostSeconds} seconds, which is all that AppSync gives a model`)), mostSeconds * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, API_runtime_InvokeModel.html. What else Converse answers, a stub may leave out. */
function problemOf(operation: Operation, answer: unknown): string | undefined {
  switch (operation) {
    case 'InvokeModel':
      return isObject(answer) ? undefined : `${kindOf(answer)}, not with the object that its model has for a body`;
    case 'Converse': {
      const { output } = isObject(answer) ? answer : {};
      const { message } = isObject(output) ? output : {};
      const isMessage = isObject(message) && Array.isArray(message.content) && message.content.every(isObject);
      return isMessage ? undefined : `${kindOf(answer)} that is not of the form { output: { message: { role: 'assistant', content: [{ text }] } } }`;
    }
  }
}

function kindOf(answer: unknown): string {
  if (answer === null || answer === undefined) return 'nothing';
  return Array.isArray(answer) ? 'a list' : isObject(answer) ? 'an object' : typeof answer === 'string' ? 'a text' : `a ${typeof answer}`;
}

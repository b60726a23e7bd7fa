/** The module `@aws-appsync/utils/ai`: request documents for Amazon Bedrock. Source: typings of `@aws-appsync/utils` 2.1.1, `bedrock-helpers.d.ts`. */
import { BuiltinFailure, type BuiltinGroup, isPlainObject } from './builtin';

export const aiModule: BuiltinGroup = { invokeModel: request('InvokeModel'), converse: request('Converse') };

/** Assumed: the text of the error. */
function request(operation: string) {
  return (payload: unknown) => {
    if (!isPlainObject(payload)) throw new BuiltinFailure('Expected payload to be an Object.');
    return { operation, ...payload };
  };
}

/**
 * `util.authType()`: the authorization mode, read back from the keys of `ctx.identity`.
 * Observed: recorded from AWS EvaluateCode in localstack/appsync-utils, `__tests__/__snapshots__/authType.test.js.snap`.
 */
import { isPlainObject } from './builtin';

const modes: readonly { readonly name: string; readonly required: readonly string[]; readonly optional: readonly string[] }[] = [
  { name: 'Lambda Authorization', required: [], optional: ['resolverContext'] },
  {
    name: 'IAM Authorization',
    required: ['accountId', 'sourceIp', 'username', 'userArn'],
    optional: ['cognitoIdentityPoolId', 'cognitoIdentityId', 'cognitoIdentityAuthType', 'cognitoIdentityAuthProvider'],
  },
  { name: 'User Pool Authorization', required: ['sourceIp', 'username', 'sub', 'issuer', 'claims', 'defaultAuthStrategy'], optional: ['groups'] },
  { name: 'Open ID Connect Authorization', required: ['sub', 'issuer', 'claims'], optional: [] },
];

/** An identity that has exactly the keys of one mode is of that mode; any other, and none at all, is an API key. */
export function authType(identity: unknown): string {
  if (!isPlainObject(identity)) return 'API Key Authorization';
  const mode = modes.find(
    ({ required, optional }) => required.every((key) => identity[key] != null) && Object.keys(identity).every((key) => required.includes(key) || optional.includes(key)),
  );
  return mode?.name ?? 'API Key Authorization';
}

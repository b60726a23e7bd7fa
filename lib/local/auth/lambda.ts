/** Lambda authorizers. Their tokens are recognised and refused; the log says why. */
import type { AuthMode } from './auth-mode';
import { refusedCall } from './failures';

export function lambdaMode(functionArn: string, log: (line: string) => void): AuthMode {
  return {
    type: 'AWS_LAMBDA',
    claims: (request) => 'authorization' in request.headers,
    async authenticate() {
      log(`request refused: the Lambda authorizer ${functionArn} is not emulated locally yet`);
      return refusedCall;
    },
  };
}

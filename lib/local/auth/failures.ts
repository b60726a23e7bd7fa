/** What AppSync answers to a request it cannot authenticate. Source: verbatim bodies in public repositories, except where noted. */
import type { AuthFailure } from './auth-mode';

/** No usable credential: none sent, of a mode the API lacks, or a token that does not verify. */
export const noValidHeader: AuthFailure = unauthorized('Valid authorization header not provided.');

/** A credential of the right kind that is not good: API key unknown or expired, Lambda authorizer said no. */
export const refusedCall: AuthFailure = unauthorized('You are not authorized to make this call.');

/** Signed well, by somebody whose policies allow no field of the API. Observed: aws-amplify/amplify-cli#4061 (status), #4343, #6595 */
export const permissionDenied: AuthFailure = unauthorized('Permission denied');

export const unparsableToken: AuthFailure = unauthorized('Unable to parse JWT token.');

/** Assumed: reported, not recorded. */
export const expiredToken: AuthFailure = unauthorized('Token has expired.');

/** Assumed: status and text; the exception's name is AWS's usual one for this. */
export function badSignature(message: string): AuthFailure {
  return { httpStatus: 403, errorType: 'InvalidSignatureException', message };
}

/** Assumed: status; the text is AWS's usual one for an access key it does not know. */
export const unknownAccessKey: AuthFailure = {
  httpStatus: 403,
  errorType: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

function unauthorized(message: string): AuthFailure {
  return { httpStatus: 401, errorType: 'UnauthorizedException', message };
}

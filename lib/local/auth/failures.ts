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

/** Observed: status and type in awslabs/aws-mobile-appsync-sdk-js#385. */
export function badSignature(message: string): AuthFailure {
  return { httpStatus: 403, errorType: 'InvalidSignatureException', message };
}

/** A signature that cannot be read. Observed: aws-amplify/amplify-js#2035. Assumed: the status is that of other signatures that do not hold. */
export function incompleteSignature(message: string): AuthFailure {
  return { httpStatus: 403, errorType: 'IncompleteSignatureException', message };
}

/** Nothing is signed, and nothing else is taken. Observed: aws-amplify/amplify-js#1311 (type). Assumed: status; the text is AWS's usual one. */
export const missingSignature: AuthFailure = { httpStatus: 403, errorType: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };

/** Observed: aws-amplify/amplify-js#3447 */
export const unknownAccessKey: AuthFailure = {
  httpStatus: 403,
  errorType: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

const signatureFailures: ReadonlySet<string> = new Set([badSignature('').errorType, incompleteSignature('').errorType, missingSignature.errorType, unknownAccessKey.errorType]);

/**
 * What a WebSocket client is told of the same refusal.
 * Observed: signatures that do not hold are a `BadRequestException` at connect (aws-amplify/amplify-js#11480, #14001) and at start
 * (awslabs/aws-mobile-appsync-sdk-js#619). Assumed: its code is 400, and it stands for everything that is wrong with a signature.
 */
export function realtimeFailure(failure: AuthFailure): AuthFailure {
  return signatureFailures.has(failure.errorType) ? { ...failure, httpStatus: 400, errorType: 'BadRequestException' } : failure;
}

function unauthorized(message: string): AuthFailure {
  return { httpStatus: 401, errorType: 'UnauthorizedException', message };
}

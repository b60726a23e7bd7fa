/**
 * Who calls a service, by the signature of the request: a function as its role, whose policies are asked, or whoever has the local key pair,
 * which may do everything.
 */
import type { AskedApi, CallerPermissions } from '../auth/principal-permissions';
import { roleSigner, type Signer, userSigner } from '../auth/iam';
import type { Principal } from '../auth/principals';
import { readSignature, signatureProblem } from '../auth/signature-check';
import { signingKey } from '../auth/signature-v4';
import { unknownAccessKey } from '../auth/failures';
import type { HttpRequest } from '../http-message';
import { ServiceError } from './service-error';
import type { ServiceHost } from './service-host';

export interface ServiceCaller {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** What its policies say. @default it may do everything */
  readonly permissions?: Pick<CallerPermissions, 'arn' | 'decide'>;
}

/** @returns says who signed a request. It throws a ServiceError for one that no AWS service would take */
export function serviceCallers(host: () => Pick<ServiceHost, 'principals' | 'accountId'>, log: (line: string) => void): (request: HttpRequest) => ServiceCaller {
  // A principal is another one once the templates are read again.
  const signers = new WeakMap<Principal, Pick<Required<Signer>, 'permissionsFor'>>();

  function signerOf(principal: Principal, api: AskedApi): Pick<Required<Signer>, 'permissionsFor'> | undefined {
    const { role, user, session } = principal;
    let signer = signers.get(principal);
    if (!signer && (role || user)) {
      signer = role ? roleSigner(role, api, log, session) : user && userSigner(user, api, log);
      if (signer) signers.set(principal, signer);
    }
    return signer;
  }

  return (request) => {
    const signed = readSignature(request);
    if ('httpStatus' in signed) throw new ServiceError(`com.amazon.coral.service#${signed.errorType}`, signed.message);
    const principal = host().principals.find(signed.accessKeyId);
    if (!principal || principal.key.sessionToken !== request.headers['x-amz-security-token']) throw new ServiceError(`com.amazon.coral.service#${unknownAccessKey.errorType}`, unknownAccessKey.message);
    const { region, service } = signed;
    // A function has the time of this machine, whatever the clock of a test says.
    const nowMs = Date.now();
    const problem = signatureProblem(request, signed, signingKey(principal.key.secretAccessKey, signed.day, { region, service }), { region, service }, nowMs);
    if (problem) throw new ServiceError(`com.amazon.coral.service#${problem.errorType}`, problem.message);
    const owner = (principal.role ?? principal.user)?.arn.split(':')[4] ?? host().accountId;
    const signer = signerOf(principal, { apiId: '', region, accountId: owner });
    return { region, accountId: owner, ...(signer && { permissions: signer.permissionsFor({ headers: request.headers, sourceIp: request.sourceIp, nowMs }) }) };
  };
}

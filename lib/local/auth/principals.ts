/**
 * Who can sign requests here: the local key pair, which may do everything, and the roles and users of the templates, each with credentials made
 * from its ARN or key id and the local secret. So they survive a restart, and another process that holds the secret can make them.
 */
import { createHmac } from 'node:crypto';
import type { RoleModel, UserModel } from '../../model';
import type { AccessKey } from './signature-v4';

/** The one key pair that local APIs accept without a role. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Somebody who signs. */
export interface Principal {
  readonly key: AccessKey;
  /** With neither a role nor a user it is the local key pair, which may do everything. */
  readonly role?: RoleModel;
  readonly user?: UserModel;
  /** Of a role: who has assumed it. @default nobody who has a name */
  readonly session?: string;
}

/** Somebody who has assumed a role: a function, under its own name. */
export interface RoleSession {
  readonly roleArn: string;
  readonly session: string;
}

export interface Principals {
  find(accessKeyId: string): Principal | undefined;
}

export function principals(local: LocalCredentials, roles: readonly RoleModel[], secret: string, sessions: readonly RoleSession[] = [], users: readonly UserModel[] = []): Principals {
  const assumed = sessions.flatMap(({ roleArn, session }): readonly Principal[] => {
    const role = roles.find(({ arn }) => arn === roleArn);
    return role ? [{ key: roleKey(secret, roleArn, session), role, session }] : [];
  });
  const ofUsers = users.flatMap((user) => user.accessKeyIds.map((accessKeyId): Principal => ({ key: userKey(secret, accessKeyId), user })));
  const all: readonly Principal[] = [{ key: local }, ...roles.map((role) => ({ key: roleKey(secret, role.arn), role })), ...assumed, ...ofUsers];
  const byKey = new Map(all.map((principal) => [principal.key.accessKeyId, principal]));
  return { find: (accessKeyId) => byKey.get(accessKeyId) };
}

/** Temporary credentials of a role. Here they do not expire. @param session who has assumed it; everybody without a name has the same ones */
export function roleKey(secret: string, roleArn: string, session?: string): Required<AccessKey> {
  const owner = session === undefined ? roleArn : `${roleArn} as ${session}`;
  const derive = (purpose: string) => createHmac('sha256', secret).update(`${purpose} of ${owner}`).digest();
  return {
    accessKeyId: `ASIALOCAL${derive('access key id').toString('hex').slice(0, 11).toUpperCase()}`,
    secretAccessKey: derive('secret access key').toString('base64').slice(0, 40),
    sessionToken: derive('session token').toString('base64'),
  };
}

/** The long-term key pair of a user: without a session token. */
export function userKey(secret: string, accessKeyId: string): LocalCredentials {
  return { accessKeyId, secretAccessKey: createHmac('sha256', secret).update(`secret access key of ${accessKeyId}`).digest('base64').slice(0, 40) };
}

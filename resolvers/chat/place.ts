/** Tenants: whose rows a caller may touch. Every key of every table is made here, so this file is what keeps tenants apart. */
import { type AppSyncIdentityCognito, type Context, util } from '@aws-appsync/utils';
import type { Place } from './schema-types';

const SEPARATOR = '#';

export interface Caller {
  /** The caller's `sub`. */
  id: string;
  name: string;
  tenantId: string;
}

/** Unauthorized for callers without a tenant, and for a tenant whose name would make keys ambiguous: `a#b` and `c` read like `a` and `b#c`. */
export function callerOf(ctx: Context): Caller {
  const identity = ctx.identity as AppSyncIdentityCognito;
  const tenantId: string | undefined = identity.claims['custom:tenantId'];
  if (!tenantId || tenantId.indexOf(SEPARATOR) !== -1) {
    util.unauthorized();
  }
  return { id: identity.sub, name: identity.username, tenantId };
}

/** Partition key of what belongs to a room, or to a user, of the caller's tenant. */
export function keyOf(ctx: Context, id: string): string {
  return `${callerOf(ctx).tenantId}${SEPARATOR}${id}`;
}

export function placeOf(ctx: Context, chatRoomId: string): Place {
  return { tenantId: callerOf(ctx).tenantId, chatRoomId };
}

/** Who is calling and whose rows they may touch. Groups that may call a field at all are the schema's business. */
import { type AppSyncIdentityCognito, type Context, util } from '@aws-appsync/utils';

/** The caller's `sub`. Guests and backends have none: for them the field is Unauthorized. */
export function callerId(ctx: Context): string {
  const identity = ctx.identity as AppSyncIdentityCognito | null | undefined;
  if (!identity?.sub) {
    util.unauthorized();
  }
  return identity.sub;
}

/** Unauthorized unless the row belongs to the caller or the caller is an admin. */
export function requireOwnerOrAdmin(ctx: Context, ownerId: string): void {
  const isOwner = ownerId === callerId(ctx);
  const groups = (ctx.identity as AppSyncIdentityCognito).groups ?? [];
  if (!isOwner && !groups.includes('admins')) {
    util.unauthorized();
  }
}

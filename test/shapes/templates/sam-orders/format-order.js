import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const placedAt = util.time.nowFormatted("yyyy-MM-dd'T'HH:mm:ssZ");
  return { payload: { order: { id: util.autoId(), ...ctx.args, placedAt } } };
}

export function response(ctx) {
  return ctx.result.order;
}

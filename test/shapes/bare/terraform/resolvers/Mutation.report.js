import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { deviceId, celsius } = ctx.args;
  const at = util.time.nowISO8601();
  return put({ key: { deviceId, at }, item: { celsius: Math.round(celsius * 10) / 10 } });
}

export function response(ctx) {
  const { error, result } = ctx;
  if (error) {
    return util.appendError(error.message, error.type, result);
  }
  return result;
}

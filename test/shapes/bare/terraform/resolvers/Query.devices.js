import { scan } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { nextToken } = ctx.arguments;
  return scan({ limit: 100, nextToken, filter: { deviceId: { attributeExists: true } } });
}

export function response(ctx) {
  const { items: devices = [], nextToken } = ctx.result;
  return { devices, nextToken };
}

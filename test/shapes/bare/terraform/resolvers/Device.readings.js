import { query } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { since, limit } = ctx.args;
  const condition = { deviceId: { eq: ctx.source.deviceId } };
  if (since) condition.at = { ge: since };
  return query({ query: condition, limit, scanIndexForward: false });
}

export const response = (ctx) => ctx.result.items;

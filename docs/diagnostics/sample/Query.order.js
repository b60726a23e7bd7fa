import { get } from '@aws-appsync/utils/dynamodb';

export const request = ({ args }) => get({ key: { customerId: args.customerId, orderId: args.orderId } });
export const response = (ctx) => ctx.result;

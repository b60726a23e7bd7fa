import * as ddb from '@aws-appsync/utils/dynamodb';

export const request = (ctx) => ddb.get({ key: { deviceId: ctx.args.deviceId } });

export const response = (ctx) => ctx.result;

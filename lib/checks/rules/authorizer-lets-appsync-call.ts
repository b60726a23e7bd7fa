import type { ApiRule } from './api-rule';

/** Says nothing about a function that is not in the templates: its permissions are where it is. */
export const authorizerLetsAppSyncCall: ApiRule = {
  code: 'API_AUTHORIZER_PERMISSION',
  severity: 'error',
  summary: 'a Lambda authorizer has a permission that lets AppSync call it',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization',
  *check({ api, lambdaFunctions }) {
    for (const mode of api.authorization) {
      if (mode.type !== 'AWS_LAMBDA') continue;
      const called = lambdaFunctions.find(({ functionArn }) => mode.functionArn === functionArn || mode.functionArn.startsWith(`${functionArn}:`));
      if (!called?.invokers || called.invokers.some((principal) => principals.includes(principal))) continue;
      yield {
        resource: api.resource,
        message: `AppSync may not call the function "${called.resource.logicalId}", which authorizes the callers of the API "${api.name}", so it refuses everybody`,
        fix: 'add an AWS::Lambda::Permission with the action lambda:InvokeFunction for the principal appsync.amazonaws.com',
      };
    }
  },
};

const principals = ['appsync.amazonaws.com', '*'];

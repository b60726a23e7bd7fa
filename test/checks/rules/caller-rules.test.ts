import type { AuthorizationModeModel, LambdaFunctionModel } from '../../../lib/model';
import { ref } from '../fixtures';
import { finder } from './api-harness';

describe('api-key-mode-has-a-key', () => {
  const found = finder('API_KEY_MISSING');

  it('accepts an API with a key, and one that takes none', () => {
    expect(found({})).toEqual([]);
    expect(found({ authorization: [{ type: 'AWS_IAM' }], apiKeys: [] })).toEqual([]);
  });

  it('warns of the mode without a key, default or additional', () => {
    const expected = [{ message: 'the API "Shop" has the authorization mode API_KEY and no key, so nobody can call it that way', fix: 'add an AWS::AppSync::ApiKey, or remove the mode', resource: 'Api' }];

    expect(found({ apiKeys: [] })).toEqual(expected);
    expect(found({ authorization: [{ type: 'AWS_IAM' }, { type: 'API_KEY' }], apiKeys: [] })).toEqual(expected);
  });
});

describe('authorizer-lets-appsync-call', () => {
  const found = finder('API_AUTHORIZER_PERMISSION');
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:authorize';
  const mode = (arn = functionArn): AuthorizationModeModel => ({ type: 'AWS_LAMBDA', functionArn: arn, resultTtlSeconds: 0 });
  const authorizer = (invokers?: readonly string[]): LambdaFunctionModel => ({ functionArn, functionName: 'authorize', handler: 'index.handler', environment: {}, timeoutSeconds: 3, memoryMb: 128, resource: ref('Authorizer'), ...(invokers && { invokers }) });
  const inApi = (model: LambdaFunctionModel, arn?: string) => found({ authorization: [mode(arn)] }, { lambdaFunctions: [model] });

  it('accepts a permission for AppSync or for everybody, one that cannot be told, and a function from elsewhere', () => {
    expect(inApi(authorizer(['events.amazonaws.com', 'appsync.amazonaws.com']))).toEqual([]);
    expect(inApi(authorizer(['*']))).toEqual([]);
    expect(inApi(authorizer())).toEqual([]);
    expect(inApi(authorizer([]), `${functionArn}s`)).toEqual([]);
  });

  it('reports a function that others may call, or nobody, be it named with an alias or without', () => {
    const expected = [
      {
        message: 'AppSync may not call the function "Authorizer", which authorizes the callers of the API "Shop", so it refuses everybody',
        fix: 'add an AWS::Lambda::Permission with the action lambda:InvokeFunction for the principal appsync.amazonaws.com',
        resource: 'Api',
      },
    ];

    expect(inApi(authorizer([]))).toEqual(expected);
    expect(inApi(authorizer(['apigateway.amazonaws.com']), `${functionArn}:live`)).toEqual(expected);
  });
});

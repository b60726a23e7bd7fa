/** What stands around a function in a template: its role, its layers, and who may call it. */
import { join } from 'node:path';
import { readApis } from '../../lib/model';
import { apiTemplate, files, messages, readTemplate } from './harness';

const source = 'D: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Api.ApiId, Name: D, Type: AWS_LAMBDA, LambdaConfig: { LambdaFunctionArn: !GetAtt Fn.Arn } } }';
const code = 'Code: { ZipFile: exports.handler = 1 }';

test('names the role of the templates, and the layers in their order with what of them is on disk', () => {
  const folder = files({
    'Shop.yaml': apiTemplate(`
${source}
Fn: { Type: AWS::Lambda::Function, Properties: { ${code}, Role: !GetAtt FnRole.Arn, Layers: [!Ref Money, 'arn:aws:lambda:us-east-1:1:layer:theirs:3', !Ref Lost] } }
FnRole: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
Money: { Type: AWS::Lambda::LayerVersion, Properties: { Content: ./money } }
Lost: { Type: AWS::Lambda::LayerVersion, Properties: { Content: { S3Bucket: b, S3Key: gone.zip } } }`),
    'money/nodejs/node_modules/money/index.js': 'module.exports = 1',
  });
  const { lambdaFunctions, roles, diagnostics } = readApis(join(folder, 'Shop.yaml'));

  expect(lambdaFunctions).toMatchObject([{ roleArn: roles?.[0]?.arn, layers: [{ name: 'Money', path: join(folder, 'money') }, { name: 'arn:aws:lambda:us-east-1:1:layer:theirs:3' }, { name: 'Lost' }] }]);
  expect(lambdaFunctions?.[0]?.layers?.[2]).not.toHaveProperty('path');
  expect(diagnostics).toEqual([]);
});

test('has no layers and no role where the template names none, and says nothing about values that only AWS knows', () => {
  const unknown = `${source}\nFn: { Type: AWS::Lambda::Function, Properties: { ${code}, Role: !ImportValue TheirRole, Layers: [!ImportValue TheirLayer] } }`;
  const { lambdaFunctions: [plain] = [] } = readTemplate(apiTemplate(`${source}\nFn: { Type: AWS::Lambda::Function, Properties: { ${code} } }`));

  expect(plain).not.toHaveProperty('roleArn');
  expect(plain).not.toHaveProperty('layers');
  expect(messages(readTemplate(apiTemplate(unknown)))).toEqual([]);
});

test.each<[string, string, readonly string[] | undefined]>([
  ['nobody without a permission', '', []],
  ['the principal of a permission by name', 'P: { Type: AWS::Lambda::Permission, Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref Fn, Principal: events.amazonaws.com } }', ['events.amazonaws.com']],
  ['the principal of one by ARN, for every action', "P: { Type: AWS::Lambda::Permission, Properties: { Action: 'lambda:*', FunctionName: !GetAtt Fn.Arn, Principal: '*' } }", ['*']],
  ['nobody by a permission for something else', 'P: { Type: AWS::Lambda::Permission, Properties: { Action: lambda:InvokeFunctionUrl, FunctionName: !Ref Fn, Principal: events.amazonaws.com } }', []],
  ['who knows whom when a permission is for a function that is not there', 'P: { Type: AWS::Lambda::Permission, Properties: { Action: lambda:InvokeFunction, FunctionName: !ImportValue Theirs, Principal: events.amazonaws.com } }', undefined],
])('lets %s call it', (_who, permission, invokers) => {
  const { lambdaFunctions: [fn] = [] } = readTemplate(apiTemplate(`${source}\nFn: { Type: AWS::Lambda::Function, Properties: { ${code} } }\n${permission}`));

  expect(fn?.invokers).toEqual(invokers);
});

/** A process that has called a function ends by itself: neither environments nor endpoints hold it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..', '..');

test('a program ends though it never closed its functions', async () => {
  const program = `
    require('tsx/cjs');
    const { LambdaFunctions, ServiceEndpoint } = require('./lib/local/lambda');
    const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:A';
    const functions = new LambdaFunctions({ endpoint: new ServiceEndpoint({ tables: {}, host: () => ({}), log: console.log }), credentialsOf: () => ({ accessKeyId: 'a', secretAccessKey: 'b' }), log: console.log });
    functions.use([{ functionArn, functionName: 'A', runtime: 'nodejs20.x', handler: 'index.handler', code: { kind: 'INLINE', source: { path: 'a', text: 'setInterval(() => {}, 1000); exports.handler = async () => "done"' } }, environment: {}, timeoutSeconds: 3, memoryMb: 128, resource: {} }]);
    functions.invoke(functionArn, {}).then((outcome) => console.log(JSON.stringify(outcome)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: root, timeout: 25_000 });

  expect(stdout).toBe('{"kind":"value","value":"done"}\n');
});

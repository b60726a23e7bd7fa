/** `dev --trace` tells what each request did. */
import { join } from 'node:path';
import { ask, cleanUp, fixtures, startDev, temporaryFolder } from './cli-process';

afterAll(cleanUp);

test('prints the trace of each request', async () => {
  const dev = await startDev(['--template', join(fixtures, 'notes.yaml'), '--state', temporaryFolder(), '--trace']);

  await ask(dev, 'query Hello { greet(name: "you") }');

  const output = await dev.printed(/Query\.greet → .*\n.*\n.*\n/);
  expect(output.slice(output.indexOf('query Hello')).replace(/ +\d+\.\d ms$/gm, '')).toMatch(/^query Hello {2}API key\n {2}Query\.greet → \w+\n {4}> .+\n {4}< .+\n/);
});

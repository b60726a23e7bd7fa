/** A function that no template holds, answered by a server of the test. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLocalApi, userPool } from '../../../lib/local';
import { writeNotesTemplate } from './notes-template';

const template = writeNotesTemplate();
const heard: unknown[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end('{"price":7}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/2015-03-31/functions/function/invocations`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  template.remove();
});

test.each(['Prices', 'prices', 'arn:aws:lambda:us-east-1:123456789012:function:prices'])('the function %s gets its events at its address, also after a reset', async (name) => {
  heard.length = 0;
  await using api = await startLocalApi(template.path, { functionUrls: { [name]: url } });
  const alice = api.as(userPool({ username: 'alice' }));

  expect(await alice.query('{ price(sku: "a") }')).toBe(7);
  await api.reset();
  expect(await alice.query('{ price(sku: "b") }')).toBe(7);
  expect(heard).toEqual([{ sku: 'a' }, { sku: 'b' }]);
});

test('a name that nobody has, and an address that is none, are told before anything runs', async () => {
  await expect(startLocalApi(template.path, { functionUrls: { Price: url } })).rejects.toThrow('error RUN_TEST_NAME: there is no function "Price" to run elsewhere\nfix: did you mean "Prices" or "prices"?');
  await expect(startLocalApi(template.path, { functionUrls: { Prices: 'localhost' } })).rejects.toThrow('error RUN_TEST_VALUE: the address of function "Prices" is "localhost"\nfix: give an address such as "http://localhost:9000/');
});

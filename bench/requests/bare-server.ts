/** The least an HTTP server of Node can do: a POST is read and parsed as JSON, and answered with a constant of the size AppSync's answer has. No GraphQL, no authorization. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstAnswer } from './api';

const headers = {
  'content-type': 'application/json;charset=UTF-8',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,x-amz-schema-version',
  'x-amzn-RequestId': '00000000-0000-4000-8000-000000000000',
  'x-amzn-appsync-TokensConsumed': '1',
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(String(Buffer.concat(chunks)));
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(firstAnswer) });
    response.end(firstAnswer);
  });
});
server.listen({ port: 0, host: '127.0.0.1' }, () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` })}\n`);
});
process.on('message', () => process.send?.(process.cpuUsage()));

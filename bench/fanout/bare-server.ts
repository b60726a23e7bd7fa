/** The least a WebSocket server can do: a POST is written, serialised once for each room and framed by `ws`, to the sockets that listen. No GraphQL, no authorization. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { messagePayload } from './api';
import { reportUsage } from './usage';

const listeners = new Map<string, Set<WebSocket>>();
let count = 0;

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    const { room } = (JSON.parse(text) as { variables: { room: string } }).variables;
    const frame = Buffer.from(`{"id":"00000000-0000-0000-0000-000000000000","type":"data","payload":${messagePayload(room)}}`);
    for (const key of ['', room]) for (const socket of listeners.get(key) ?? []) socket.send(frame, { binary: false });
    response.end(`{"data":{"send":{"room":${JSON.stringify(room)}}}}`);
  });
});
const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false, handleProtocols: () => 'graphql-ws' });
server.on('upgrade', (request, socket, head) =>
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { type: string; id: string; payload?: { data: string } };
      if (frame.type !== 'start') return webSocket.send('{"type":"connection_ack","payload":{"connectionTimeoutMs":300000}}');
      const room = (JSON.parse(frame.payload?.data ?? '{}') as { variables?: { room?: string } }).variables?.room ?? '';
      listeners.set(room, (listeners.get(room) ?? new Set()).add(webSocket));
      webSocket.once('close', () => {
        listeners.get(room)?.delete(webSocket);
        count--;
      });
      count++;
      webSocket.send(JSON.stringify({ id: frame.id, type: 'start_ack' }));
    });
  }),
);
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, apiKey: 'none' })}\n`);
});
reportUsage(() => count);
process.once('SIGTERM', () => process.exit());

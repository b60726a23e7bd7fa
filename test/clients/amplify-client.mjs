/**
 * Amplify JS in a process of its own, as its users have it: real modules, the certificate authority from `NODE_EXTRA_CA_CERTS`. Its parent
 * sends requests and gets answers and events. Two things differ from a browser: Node 20 lacks a WebSocket, which `ws` lends it, and the
 * five seconds that Amplify waits before it reconnects are shortened.
 */
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { WebSocket } from 'ws';

const { endpoint, apiKey, token, lambdaToken, credentials } = JSON.parse(process.argv[2]);
const reconnectDelayMs = 5_000;
const setTimer = globalThis.setTimeout;
Object.assign(globalThis, { WebSocket, setTimeout: (callback, ms, ...rest) => setTimer(callback, ms === reconnectDelayMs ? 20 : ms, ...rest) });

Amplify.configure(
  { API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } },
  {
    Auth: {
      tokenProvider: { getTokens: async () => ({ accessToken: decodeJWT(token) }) },
      credentialsProvider: { getCredentialsAndIdentityId: async () => ({ credentials, identityId: 'local' }), clearCredentialsAndIdentityId() {} },
    },
  },
);
const client = generateClient();
const authToken = (authMode) => (authMode === 'lambda' ? lambdaToken : undefined);
const subscriptions = new Map();
const tell = (message) => process.send(message);

process.on('message', async ({ id, call, authMode, query, variables, name }) => {
  switch (call) {
    case 'ask':
      try {
        tell({ id, answer: await client.graphql({ authMode, authToken: authToken(authMode), query, variables }) });
      } catch (error) {
        tell({ id, answer: { errors: error.errors ?? [{ message: String(error) }] } });
      }
      return;
    case 'subscribe':
      subscriptions.set(
        name,
        client.graphql({ authMode, authToken: authToken(authMode), query, variables }).subscribe({
          next: ({ data, errors }) => tell({ name, event: { data, errors } }),
          error: (error) => tell({ name, event: { errors: error.errors ?? error.error?.errors ?? [{ message: String(error) }] } }),
        }),
      );
      return;
    case 'unsubscribe':
      subscriptions.get(name).unsubscribe();
      return;
  }
});
tell({ ready: true });

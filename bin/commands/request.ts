import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { WebSocket } from 'ws';
import { type Command, textOption, UsageError } from './command';
import { type RunningApi, runningApis, tokenFor, unknown, userHelp, userOptions } from './running-apis';

export const requestCommand: Command = {
  usage: 'request [--user NAME [--groups a,b]] [--api NAME] [--variables JSON] [--state DIR] QUERY',
  summary: 'send one operation to the running local API and print the answer; a subscription prints its events until Ctrl-C',
  help: [
    ...userHelp,
    ['--api NAME', 'which API, if several run (default: the first)'],
    ['--variables JSON', 'variables of the operation'],
    ['QUERY', 'the operation; without --user it is sent with the API key'],
  ],
  options: { ...userOptions, api: { type: 'string' }, variables: { type: 'string' } },
  takesText: true,
  async run(values, [query, ...rest]) {
    if (rest.length > 0) throw new UsageError('one operation is sent at a time: put it in quotes');
    if (query === undefined) throw new UsageError(`an operation is needed; usage: appsync-local ${this.usage}`);
    const apis = await runningApis(values);
    const name = textOption(values, 'api');
    const api = name === undefined ? apis[0] : apis.find((other) => other.name === name);
    if (!api) throw new UsageError(unknown('API', name ?? '', apis.map((other) => other.name)));

    const headers = await credentials(values, api);
    const body = JSON.stringify({ query, variables: variables(textOption(values, 'variables')) });
    return isSubscription(query) ? subscribe(api, headers, body) : post(api, headers, body);
  },
};

async function credentials(values: Readonly<Record<string, unknown>>, api: RunningApi): Promise<Record<string, string>> {
  if (values.user !== undefined) return { Authorization: await tokenFor(values, [api]) };
  const [key] = api.apiKeys;
  if (key === undefined) throw new UsageError(`${api.name} has no API key: say who is calling with --user`);
  return { 'x-api-key': key };
}

async function post(api: RunningApi, headers: Record<string, string>, body: string): Promise<number> {
  const response = await fetch(api.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }).catch(() => {
    throw notRunning(api);
  });
  const text = await response.text();
  const answer = asObject(text);
  if (!answer) throw new UsageError(`what answers at ${api.url} is no GraphQL API (status ${response.status}): is "appsync-local dev" still running?`);
  console.log(JSON.stringify(answer, null, 2));
  return response.ok && answer.errors === undefined ? 0 : 1;
}

/** Speaks the real-time protocol just as far as one subscription needs; docs/realtime-protocol.md has the rest. */
function subscribe(api: RunningApi, headers: Record<string, string>, data: string): Promise<number> {
  const authorization = { ...headers, host: new URL(api.url).host };
  // Plain ws: the certificate of the https side would have to be trusted first.
  const url = `${api.url.replace(/^http/, 'ws')}/realtime`;
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  const socket = new WebSocket(url, ['graphql-ws', `header-${header}`]);
  return new Promise((settle, fail) => {
    let isWanted = true;
    const end = (code: number) => {
      isWanted = false;
      settle(code);
      socket.close();
    };
    const refuse = (payload: unknown) => {
      console.log(JSON.stringify(payload, null, 2));
      end(1);
    };
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (raw) => {
      const { type, payload } = (asObject(String(raw)) ?? {}) as { type?: string; payload?: unknown };
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization } } }));
      else if (type === 'start_ack') console.error('subscribed; Ctrl-C ends');
      else if (type === 'data') console.log(JSON.stringify(payload));
      else if (type === 'complete') end(0);
      else if (type === 'error' || type === 'connection_error') refuse(payload);
    });
    socket.on('error', () => fail(notRunning(api)));
    socket.on('close', () => {
      if (isWanted) fail(new UsageError(`${api.name} closed the connection: "appsync-local dev" has ended`));
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
  });
}

function notRunning(api: RunningApi): UsageError {
  return new UsageError(`nothing answers at ${api.url}: is "appsync-local dev" still running?`);
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isSubscription(query: string): boolean {
  try {
    return parse(query).definitions.some((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription');
  } catch {
    return false; // the API says what is wrong with it
  }
}

function variables(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const value = asObject(text);
  if (!value || Array.isArray(value)) throw new UsageError(`--variables is a JSON object such as '{"id": "1"}', not ${text}`);
  return value;
}

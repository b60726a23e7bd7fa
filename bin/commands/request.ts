import { createHash } from 'node:crypto';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { WebSocket } from 'ws';
import { signatureHeaders } from '../../lib/local';
import { type Command, textOption, UsageError } from './command';
import { accessKeyFor, type RunningApi, runningApis, tokenFor, unknown, userHelp, userOptions } from './running-apis';

export const requestCommand: Command = {
  usage: 'request [--user NAME [--groups a,b] | --iam | --role NAME] [--api NAME] [--variables JSON] [--state DIR] QUERY',
  summary: 'send one operation to the running local API and print the answer; a subscription prints its events until Ctrl-C',
  help: [
    ...userHelp,
    ['--iam', 'sign with the key pair that may do everything'],
    ['--role NAME', 'sign as a role of the templates, by logical id, name or ARN; its policies decide on every field'],
    ['--api NAME', 'which API, if several run (default: the first)'],
    ['--variables JSON', 'variables of the operation'],
    ['QUERY', 'the operation; it is sent with the API key, unless something above says who is calling'],
  ],
  options: { ...userOptions, iam: { type: 'boolean' }, role: { type: 'string' }, api: { type: 'string' }, variables: { type: 'string' } },
  takesText: true,
  async run(values, [query, ...rest]) {
    if (rest.length > 0) throw new UsageError('one operation is sent at a time: put it in quotes');
    if (query === undefined) throw new UsageError(`an operation is needed; usage: appsync-local ${this.usage}`);
    const apis = await runningApis(values);
    const name = textOption(values, 'api');
    const api = name === undefined ? apis[0] : apis.find((other) => other.name === name);
    if (!api) throw new UsageError(unknown('API', name ?? '', apis.map((other) => other.name)));

    const identify = await callerOf(values, api);
    const body = JSON.stringify({ query, variables: variables(textOption(values, 'variables')) });
    return isSubscription(query) ? subscribe(api, identify, body) : post(api, identify, body);
  },
};

/** Headers that tell an API who sends a body to one of its URLs. */
type Identify = (url: string, body: string) => Readonly<Record<string, string>>;

async function callerOf(values: Readonly<Record<string, unknown>>, api: RunningApi): Promise<Identify> {
  const given = (['user', 'iam', 'role'] as const).filter((name) => values[name] !== undefined);
  if (given.length > 1) throw new UsageError(`one caller sends a request: give one of ${given.map((name) => `--${name}`).join(' and ')}`);
  if (values.user !== undefined) {
    const token = await tokenFor(values, [api]);
    return () => ({ Authorization: token });
  }
  if (given.length > 0) return signer(values, api);
  const [key] = api.apiKeys;
  if (key === undefined) throw new UsageError(`${api.name} has no API key: say who is calling with ${api.iam ? '--user, --iam or --role' : '--user'}`);
  return () => ({ 'x-api-key': key });
}

async function signer(values: Readonly<Record<string, unknown>>, { name, iam }: RunningApi): Promise<Identify> {
  if (!iam) throw new UsageError(`${name} takes no IAM: call as a user with --user, or with the API key`);
  const key = await accessKeyFor(values);
  return (url, body) => {
    const { host, pathname } = new URL(url);
    const bodyHash = createHash('sha256').update(body).digest('hex');
    return signatureHeaders({ method: 'POST', path: pathname, headers: { host }, bodyHash }, key, { region: iam.region, service: 'appsync' }, Date.now());
  };
}

async function post(api: RunningApi, identify: Identify, body: string): Promise<number> {
  const response = await fetch(api.url, { method: 'POST', headers: { 'content-type': 'application/json', ...identify(api.url, body) }, body }).catch(() => {
    throw notRunning(api);
  });
  const text = await response.text();
  const answer = asObject(text);
  if (!answer) throw new UsageError(`what answers at ${api.url} is no GraphQL API (status ${response.status}): is "appsync-local dev" still running?`);
  console.log(JSON.stringify(answer, null, 2));
  return response.ok && answer.errors === undefined ? 0 : 1;
}

/** Speaks the real-time protocol just as far as one subscription needs; docs/realtime-protocol.md has the rest. */
function subscribe(api: RunningApi, identify: Identify, data: string): Promise<number> {
  const { host } = new URL(api.url);
  // Plain ws: the certificate of the https side would have to be trusted first.
  const url = `${api.url.replace(/^http/, 'ws')}/realtime`;
  const header = Buffer.from(JSON.stringify({ ...identify(`${api.url}/connect`, '{}'), host })).toString('base64url');
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
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization: { ...identify(api.url, data), host } } } }));
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

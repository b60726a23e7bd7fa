/** The commands one pastes first: chosen from the API's authorization modes and its schema, so that something answers before anybody has read either. */
import type { ApiModel, AuthorizationModeModel } from '../../lib/model';
import { exampleQuery, loadSchema } from '../../lib/sdl';
import type { ApiDescription, Files } from './greeting';
import { shellWord } from './shell-word';

/** @returns lines for people: a first query that answers when it is pasted, and a token where that query needs none */
export function firstCommands(model: ApiModel, api: ApiDescription, all: readonly ApiDescription[], files: Files): string[] {
  const ways = waysIn(model, api, all, files);
  const { value: schema } = loadSchema(model.schema);
  const examples = ways.map((way) => ({ ...way, query: schema && exampleQuery(schema, { directives: way.directives, isDefault: isDefault(model, way.mode) }) }));
  const best = examples.find(({ query }) => query !== undefined) ?? examples[0];
  const token = ways.find(({ mode }) => mode === 'AMAZON_COGNITO_USER_POOLS')?.token;
  return [
    ...(best ? ['', `    A first query${best.note ?? ''}:`, `      ${best.command(best.query ?? '{ __typename }')}`] : []),
    ...(token !== undefined && best?.token === undefined ? ['', '    A token for a user (send it as the Authorization header):', `      ${token}`] : []),
  ];
}

/** How a caller gets in: with which mode, and the command that sends a query so. */
interface WayIn {
  readonly mode: AuthorizationModeModel['type'];
  /** Which open fields to such callers. */
  readonly directives: readonly string[];
  /** The command that prints the token, where there is one. */
  readonly token?: string;
  readonly note?: string;
  command(query: string): string;
}

/** In the order of how little they need. */
function waysIn(model: ApiModel, api: ApiDescription, all: readonly ApiDescription[], files: Files): WayIn[] {
  const [apiKey] = api.apiKeys;
  const [pool] = api.userPools;
  const [issuer] = api.issuers ?? [];
  const [first] = all;
  const state = files.isDefault ? '' : ` --state ${shellWord(files.stateFolder)}`;
  const post = (header: string) => (query: string) => `curl -s ${api.url} -H ${header} -d ${shellWord(JSON.stringify({ query }))}`;
  const ways: WayIn[] = [];
  if (apiKey !== undefined) ways.push({ mode: 'API_KEY', directives: ['aws_api_key'], command: post(shellWord(`x-api-key: ${apiKey}`)) });
  if (pool) {
    const isFirstPool = all.find(({ userPools }) => userPools.length > 0)?.userPools[0]?.id === pool.id;
    const token = `npx appsync-local token --user alice${groups(model)}${claims(model)}${isFirstPool ? '' : ` --pool ${shellWord(pool.name ?? pool.id)}`}${state}`;
    ways.push({ mode: 'AMAZON_COGNITO_USER_POOLS', directives: ['aws_cognito_user_pools', 'aws_auth'], token, command: post(`"Authorization: $(${token})"`) });
  }
  if (api.iam) {
    const name = api === first ? '' : ` --api ${shellWord(api.name)}`;
    ways.push({ mode: 'AWS_IAM', directives: ['aws_iam'], command: (query) => `npx appsync-local request --iam${name}${state} ${shellWord(query)}` });
  }
  if (issuer) {
    const token = `npx appsync-local token --user alice --issuer ${shellWord(issuer.issuer)}${claims(model)}${state}`;
    ways.push({ mode: 'OPENID_CONNECT', directives: ['aws_oidc'], token, command: post(`"Authorization: $(${token})"`) });
  }
  if (model.authorization.some(({ type }) => type === 'AWS_LAMBDA')) ways.push({ mode: 'AWS_LAMBDA', directives: ['aws_lambda'], note: ', with a TOKEN that your authorizer takes', command: post("'Authorization: TOKEN'") });
  return ways;
}

/** Whether callers of a mode may read what carries no directive. */
function isDefault({ authorization: [mode] }: ApiModel, type: AuthorizationModeModel['type']): boolean {
  return mode?.type === type && !(mode.type === 'AMAZON_COGNITO_USER_POOLS' && mode.defaultAction === 'DENY');
}

/** The group that stands first in most lists of the schema: whom the API is made for, so that the pasted token opens something. */
function groups(model: ApiModel): string {
  const first = model.schema.flatMap(({ text }) => [...text.matchAll(/cognito_groups:\s*\[\s*"([^"]+)"/g)].map(([, group = '']) => group));
  const uses = (group: string) => first.filter((other) => other === group).length;
  const [most] = [...new Set(first)].sort((a, b) => uses(b) - uses(a));
  return most === undefined ? '' : ` --groups ${shellWord(most)}`;
}

/** Custom claims that resolvers read, with a value to try: without them the pasted token would open nothing. */
function claims(model: ApiModel): string {
  const code = model.resolvers.flatMap(({ handler }) => (handler.kind === 'APPSYNC_JS' ? [handler.code.text] : []));
  const names = new Set(code.flatMap((text) => [...text.matchAll(/claims\??\.?\[['"](custom:\w+)['"]\]/g)].map(([, name = '']) => name)));
  return [...names].map((name) => ` --claim ${shellWord(`${name}=acme`)}`).join('');
}

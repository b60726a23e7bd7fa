/** What a running `dev` has left in its state folder, for commands that talk to it. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { didYouMean } from '../../lib/diagnostics';
import { issueToken, openStateFolder, roleKey, userKey } from '../../lib/local';
import { type HelpRow, listOption, textOption, UsageError } from './command';
import type { ApiDescriptions, RoleDescription, UserDescription } from './greeting';

/** Where keys live when `--state` does not name a folder. Table data is in memory then. */
export const defaultStateFolder = '.appsync-local';
/** What is served, in the state folder. */
export const apisFile = 'apis.json';

export type RunningApi = ApiDescriptions['apis'][number];

/** What signs an IAM request. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role. */
  readonly sessionToken?: string;
}

/** Options that say who is calling. */
export const userOptions = {
  user: { type: 'string' },
  groups: { type: 'string', multiple: true },
  claim: { type: 'string', multiple: true },
  pool: { type: 'string' },
  issuer: { type: 'string' },
  state: { type: 'string' },
} as const;

export const userHelp: readonly HelpRow[] = [
  ['--user NAME', 'user name; the same name is always the same "sub"'],
  ['--groups a,b', 'groups of the user'],
  ['--claim k=v', 'a further claim; may be given several times'],
  ['--pool NAME', 'user pool, by name or id as dev prints them (default: the first one of the running APIs)'],
  ['--issuer URL', 'an OpenID Connect issuer of the running APIs, for whom the local key signs; NAME is the "sub" then'],
  ['--state DIR', `the folder given to dev as --state (default: ${defaultStateFolder})`],
];

/** @throws UsageError when no API has been started from this folder */
export async function runningApis(values: Readonly<Record<string, unknown>>): Promise<readonly RunningApi[]> {
  return (await descriptions(values)).apis;
}

/** The key of the role that `--role` names, or the pair that may do everything. @throws UsageError without such a role, or when no API has been started from this folder */
export async function accessKeyFor(values: Readonly<Record<string, unknown>>): Promise<AccessKey> {
  const { roles } = await runningPrincipals(values);
  const wanted = textOption(values, 'role');
  const role = roles.find(({ logicalId, name, arn }) => [logicalId, name, arn].includes(wanted ?? ''));
  if (wanted !== undefined && !role) throw new UsageError(roles.length === 0 ? 'the running APIs take no IAM, or their templates have no role' : unknown('role', wanted, roles.map(({ logicalId }) => logicalId)));
  const state = await openStateFolder(stateFolder(values), { keepData: false });
  return role ? roleKey(await state.signingKey(), role.arn) : state.credentials();
}

/** The key pair of an IAM user, by logical id, name or ARN. @throws UsageError without such a user or an active key of it, or when no API has been started from this folder */
export async function accessKeyOfUser(wanted: string, values: Readonly<Record<string, unknown>>): Promise<AccessKey> {
  const { users } = await runningPrincipals(values);
  const user = users.find(({ logicalId, name, arn }) => [logicalId, name, arn].includes(wanted));
  if (!user) throw new UsageError(users.length === 0 ? 'the running APIs take no IAM, or their templates have no user' : unknown('user', wanted, users.map(({ logicalId }) => logicalId)));
  const [accessKeyId] = user.accessKeyIds;
  if (accessKeyId === undefined) throw new UsageError(`no access key of the user "${user.logicalId}" is active`);
  const state = await openStateFolder(stateFolder(values), { keepData: false });
  return userKey(await state.signingKey(), accessKeyId);
}

/** Who of the templates may sign IAM requests. @throws UsageError when no API has been started from this folder */
export async function runningPrincipals(values: Readonly<Record<string, unknown>>): Promise<{ readonly roles: readonly RoleDescription[]; readonly users: readonly UserDescription[] }> {
  const { roles = [], users = [] } = await descriptions(values);
  return { roles, users };
}

async function descriptions(values: Readonly<Record<string, unknown>>): Promise<ApiDescriptions> {
  const file = join(stateFolder(values), apisFile);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ApiDescriptions;
  } catch {
    throw new UsageError(`no local API has been started from this folder (${file} is missing): run "appsync-local dev" first, or name its folder with --state`);
  }
}

/** A JWT for the user that the options name. @throws UsageError without a user pool to issue it */
export async function tokenFor(values: Readonly<Record<string, unknown>>, apis: readonly RunningApi[]): Promise<string> {
  const username = textOption(values, 'user') ?? '';
  if (values.issuer !== undefined) return oidcTokenFor(values, apis, username);
  const pools = apis.flatMap(({ userPools }) => userPools);
  const wanted = textOption(values, 'pool');
  const pool = wanted === undefined ? pools[0] : pools.find(({ id, name }) => id === wanted || name === wanted);
  if (!pool && (wanted === undefined || pools.length === 0)) throw new UsageError('the running APIs have no user pool');
  if (!pool) throw new UsageError(unknown('user pool', wanted ?? '', pools.map(({ id, name }) => name ?? id)));

  const state = await openStateFolder(stateFolder(values), { keepData: false });
  const groups = listOption(values, 'groups').flatMap((list) => list.split(',')).filter(Boolean);
  return issueToken(await state.signingKey(), pool, { username, groups, claims: claimsOf(values) });
}

async function oidcTokenFor(values: Readonly<Record<string, unknown>>, apis: readonly RunningApi[], username: string): Promise<string> {
  const wanted = textOption(values, 'issuer') ?? '';
  if (values.groups !== undefined) throw new UsageError('--groups are those of user pools; an issuer has its own claims: --claim k=v');
  const issuers = apis.flatMap((api) => api.issuers ?? []);
  const found = issuers.find(({ issuer }) => issuer === wanted);
  if (!found && issuers.length === 0) throw new UsageError('the running APIs have no OpenID Connect issuer');
  if (!found) throw new UsageError(unknown('issuer', wanted, issuers.map(({ issuer }) => issuer)));
  const state = await openStateFolder(stateFolder(values), { keepData: false });
  return issueToken(await state.signingKey(), { issuer: found.issuer, clientIds: found.clientId === undefined ? [] : [found.clientId], isOidc: true }, { username, claims: claimsOf(values) });
}

function claimsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(listOption(values, 'claim').map(claim));
}

/** One line about a name that is not among those that run. */
export function unknown(what: string, name: string, names: readonly string[]): string {
  const suggestion = didYouMean(name, names);
  return `no ${what} "${name}" is running${suggestion ? `, ${suggestion}` : ''}; there is ${names.map((other) => `"${other}"`).join(', ')}`;
}

export function stateFolder(values: Readonly<Record<string, unknown>>): string {
  return resolve(textOption(values, 'state') ?? defaultStateFolder);
}

function claim(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--claim is name=value, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

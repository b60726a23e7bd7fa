import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { issueToken, openStateFolder } from '../../lib/local';
import { type Command, listOption, textOption, UsageError } from './command';
import { apisFile, defaultStateFolder } from './dev';
import type { ApiDescriptions } from './greeting';

export const tokenCommand: Command = {
  usage: 'token --user NAME [--groups a,b] [--claim k=v]… [--pool ID] [--state DIR]',
  summary: 'print a JWT that the running local API accepts',
  help: `  --user NAME    user name; the same name is always the same "sub"
  --groups a,b   groups of the user
  --claim k=v    a further claim; may be given several times
  --pool ID      user pool (default: the first one of the running APIs)
  --state DIR    the folder given to dev as --state (default: ${defaultStateFolder})`,
  options: {
    user: { type: 'string' },
    groups: { type: 'string', multiple: true },
    claim: { type: 'string', multiple: true },
    pool: { type: 'string' },
    state: { type: 'string' },
  },
  async run(values) {
    const username = textOption(values, 'user');
    if (!username) throw new UsageError(`--user is needed; usage: appsync-local ${this.usage}`);
    const folder = resolve(textOption(values, 'state') ?? defaultStateFolder);
    const pools = await knownPools(folder);
    const wanted = textOption(values, 'pool');
    const pool = wanted === undefined ? pools[0] : pools.find(({ id }) => id === wanted);
    if (!pool) throw new UsageError(`the running APIs have no user pool${wanted === undefined ? '' : ` ${wanted}; they have ${pools.map(({ id }) => id).join(', ') || 'none'}`}`);

    const state = await openStateFolder(folder, { keepData: false });
    const groups = listOption(values, 'groups').flatMap((list) => list.split(',')).filter(Boolean);
    console.log(await issueToken(await state.signingKey(), pool, { username, groups, claims: Object.fromEntries(listOption(values, 'claim').map(claim)) }));
    return 0;
  },
};

async function knownPools(folder: string): Promise<ApiDescriptions['apis'][number]['userPools']> {
  try {
    const { apis } = JSON.parse(await readFile(join(folder, apisFile), 'utf8')) as ApiDescriptions;
    return apis.flatMap(({ userPools }) => userPools);
  } catch {
    throw new UsageError(`no local API has been started from this folder (${join(folder, apisFile)} is missing): run "appsync-local dev" first, here or with the same --state`);
  }
}

function claim(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--claim is name=value, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

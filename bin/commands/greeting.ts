/** What people see once everything listens: where each API is, what opens it, and a first query to paste. */
import type { LocalAssembly, LocalServer } from '../../lib/local';
import type { ApiModel } from '../../lib/model';
import { exampleQuery, loadSchema } from '../../lib/sdl';

/** The content of the ready file; a contract with scripts. */
export interface ApiDescriptions {
  readonly apis: readonly ApiDescription[];
  /** Roles of the templates; absent when no API takes IAM, or there is none. */
  readonly roles?: readonly RoleDescription[];
}

export interface RoleDescription {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

export interface ApiDescription {
  readonly name: string;
  readonly url: string;
  readonly realtimeUrl: string;
  readonly httpsUrl: string;
  readonly apiKeys: readonly string[];
  readonly userPools: readonly { readonly id: string; readonly issuer: string }[];
  /** OpenID Connect issuers, with a client id they issue tokens for; absent when the API has none. */
  readonly issuers?: readonly { readonly issuer: string; readonly clientId?: string }[];
}

/** Where the files are that clients need, and the pages that use the APIs. */
export interface Files {
  pageOf(api: ApiDescription): string | undefined;
  /** The certificate authority. */
  readonly caPath: string;
  readonly stateFolder: string;
  /** Whether that is the folder `token` and `request` look into unasked. */
  readonly isDefault: boolean;
}

export function describeApis(local: LocalAssembly, server: LocalServer): ApiDescriptions {
  const takesIam = local.apis.some(({ model }) => model.authorization.some(({ type }) => type === 'AWS_IAM'));
  const roles = takesIam ? local.roles.map(({ roleName, arn, resource }) => ({ logicalId: resource.logicalId, name: roleName, arn })) : [];
  return {
    ...(roles.length > 0 && { roles }),
    apis: local.apis.map(({ model }, i) => {
      const { name = model.name, url = '', realtimeUrl = '', httpsUrl = '' } = server.apis[i] ?? {};
      return { name, url, realtimeUrl, httpsUrl, apiKeys: model.apiKeys.map(({ key }) => key), userPools: userPools(model), ...issuersOf(model) };
    }),
  };
}

export function greeting(local: LocalAssembly, { apis }: ApiDescriptions, files: Files): string {
  const blocks = apis.map((api, i) => {
    const model = local.apis[i]?.model;
    const rows: [string, string][] = [
      ['GraphQL', api.url],
      ['', api.httpsUrl],
      ['real time', api.realtimeUrl],
      ['page', files.pageOf(api) ?? ''],
      ...api.apiKeys.map((key): [string, string] => ['API key', key]),
      ...api.userPools.map(({ id }): [string, string] => ['user pool', id]),
      ['IAM', model?.authorization.some(({ type }) => type === 'AWS_IAM') ? `export AWS_SHARED_CREDENTIALS_FILE=${shellWord(`${files.stateFolder}/aws-credentials`)}` : ''],
    ];
    const table = rows.filter(([, value]) => value !== '').map(([label, value]) => `    ${label.padEnd(10)} ${value}`);
    return [`  ${api.name}`, ...table, ...(model ? commandsFor(model, api, apis, files) : [])].join('\n');
  });
  return `
${blocks.join('\n\n')}

  Clients that need https or wss (Amplify): export NODE_EXTRA_CA_CERTS=${shellWord(files.caPath)}
  Edits are followed. Ctrl-C ends.
`;
}

function commandsFor(model: ApiModel, api: ApiDescription, all: readonly ApiDescription[], files: Files): string[] {
  const [apiKey] = api.apiKeys;
  const [pool] = api.userPools;
  const state = files.isDefault ? '' : ` --state ${shellWord(files.stateFolder)}`;
  const isFirstPool = all.find(({ userPools: [first] }) => first)?.userPools[0]?.id === pool?.id;
  const token = `npx appsync-local token --user alice${groups(model)}${claims(model)}${isFirstPool ? '' : ` --pool ${pool?.id}`}${state}`;
  const credential = apiKey !== undefined ? `-H ${shellWord(`x-api-key: ${apiKey}`)}` : pool ? `-H "Authorization: $(${token})"` : undefined;
  const schema = credential === undefined ? undefined : loadSchema(model.schema).value;
  const query = (schema && exampleQuery(schema, { apiKey: apiKey !== undefined })) ?? '{ __typename }';
  return [
    ...(credential === undefined ? [] : ['', '    A first query:', `      curl -s ${api.url} ${credential} -d ${shellWord(JSON.stringify({ query }))}`]),
    ...(pool ? ['', '    A token for a user (send it as the Authorization header):', `      ${token}`] : []),
  ];
}

/** As one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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

/** Of the client ids that an expression allows, the first. */
function issuersOf(model: ApiModel): Pick<ApiDescription, 'issuers'> {
  const issuers = model.authorization.flatMap((mode) => {
    if (mode.type !== 'OPENID_CONNECT') return [];
    const clientId = mode.clientId?.split('|')[0];
    return [{ issuer: mode.issuer, ...(clientId !== undefined && { clientId }) }];
  });
  return issuers.length > 0 ? { issuers } : {};
}

function userPools(model: ApiModel): { id: string; issuer: string }[] {
  return model.authorization.flatMap((mode) =>
    mode.type === 'AMAZON_COGNITO_USER_POOLS' ? [{ id: mode.userPoolId, issuer: `https://cognito-idp.${mode.region}.amazonaws.com/${mode.userPoolId}` }] : [],
  );
}

/** What people see once everything listens: where each API is, what opens it, and a first query to paste. */
import type { LocalAssembly, LocalServer } from '../../lib/local';
import type { ApiModel } from '../../lib/model';
import { exampleQuery, loadSchema } from '../../lib/sdl';

/** The content of the ready file; a contract with scripts. */
export interface ApiDescriptions {
  readonly apis: readonly {
    readonly name: string;
    readonly url: string;
    readonly realtimeUrl: string;
    readonly httpsUrl: string;
    readonly apiKeys: readonly string[];
    readonly userPools: readonly { readonly id: string; readonly issuer: string }[];
  }[];
}

export function describeApis(local: LocalAssembly, server: LocalServer): ApiDescriptions {
  return {
    apis: local.apis.map(({ model }, i) => {
      const { name = model.name, url = '', realtimeUrl = '', httpsUrl = '' } = server.apis[i] ?? {};
      return { name, url, realtimeUrl, httpsUrl, apiKeys: model.apiKeys.map(({ key }) => key), userPools: userPools(model) };
    }),
  };
}

export function greeting(local: LocalAssembly, { apis }: ApiDescriptions, tls: { readonly caPath: string }): string {
  const blocks = apis.map((api, i) => {
    const model = local.apis[i]?.model;
    const rows: [string, string][] = [
      ['GraphQL', api.url],
      ['', api.httpsUrl],
      ['real time', api.realtimeUrl],
      ...api.apiKeys.map((key): [string, string] => ['API key', key]),
      ...api.userPools.map(({ id }): [string, string] => ['user pool', id]),
    ];
    const table = rows.filter(([, value]) => value !== '').map(([label, value]) => `    ${label.padEnd(10)} ${value}`);
    return [`  ${api.name}`, ...table, ...(model ? ['', ...commandsFor(model, api)] : [])].join('\n');
  });
  return `
${blocks.join('\n\n')}

  Clients that need https or wss (Amplify): NODE_EXTRA_CA_CERTS=${tls.caPath}
  Edits are followed. Ctrl-C ends.`;
}

function commandsFor(model: ApiModel, api: ApiDescriptions['apis'][number]): string[] {
  const token = `npx appsync-local token --user alice${groups(model)}`;
  const schema = loadSchema(model.schema).value;
  const [apiKey] = api.apiKeys;
  const query = (schema && exampleQuery(schema, { apiKey: apiKey !== undefined })) ?? '{ __typename }';
  const credential = apiKey !== undefined ? `-H 'x-api-key: ${apiKey}'` : `-H "Authorization: $(${token})"`;
  return [
    '    A first query:',
    `      curl -s ${api.url} ${credential} -d '${JSON.stringify({ query })}'`,
    ...(api.userPools.length > 0 ? ['    A token for a user (send it as the Authorization header):', `      ${token}`] : []),
  ];
}

/** The first group that the schema names, so that the pasted token opens something. */
function groups(model: ApiModel): string {
  const named = /cognito_groups:\s*\[\s*"([^"]+)"/.exec(model.schema.map(({ text }) => text).join('\n'));
  return named ? ` --groups ${named[1]}` : '';
}

function userPools(model: ApiModel): { id: string; issuer: string }[] {
  return model.authorization.flatMap((mode) =>
    mode.type === 'AMAZON_COGNITO_USER_POOLS' ? [{ id: mode.userPoolId, issuer: `https://cognito-idp.${mode.region}.amazonaws.com/${mode.userPoolId}` }] : [],
  );
}

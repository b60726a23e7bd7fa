/** What people see once everything listens: where each API is, what opens it, and a first query to paste. */
import type { LocalAssembly, LocalServer } from '../../lib/local';
import type { ApiModel, UserPoolModel } from '../../lib/model';
import { firstCommands } from './first-query';
import { shellWord } from './shell-word';

/** The content of the ready file; a contract with scripts. */
export interface ApiDescriptions {
  readonly apis: readonly ApiDescription[];
  /** Roles of the templates; absent when no API takes IAM, or there is none. */
  readonly roles?: readonly RoleDescription[];
  /** IAM users of the templates; absent when no API takes IAM, or there is none. */
  readonly users?: readonly UserDescription[];
}

export interface RoleDescription {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
}

export interface UserDescription extends RoleDescription {
  /** Of active access keys. */
  readonly accessKeyIds: readonly string[];
}

export interface ApiDescription {
  readonly name: string;
  readonly url: string;
  readonly realtimeUrl: string;
  readonly httpsUrl: string;
  readonly apiKeys: readonly string[];
  /** The name is the pool's place in the CDK app, or its logical id; absent for a pool outside of the templates. */
  readonly userPools: readonly { readonly id: string; readonly issuer: string; readonly name?: string }[];
  /** OpenID Connect issuers, with a client id they issue tokens for; absent when the API has none. */
  readonly issuers?: readonly { readonly issuer: string; readonly clientId?: string }[];
  /** What signatures are made for; absent when the API takes no IAM. */
  readonly iam?: { readonly region: string };
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
  const isIamTaken = local.apis.some(({ model }) => takesIam(model));
  const roles = isIamTaken ? local.roles.map(({ roleName, arn, resource }) => ({ logicalId: resource.logicalId, name: roleName, arn })) : [];
  const users = isIamTaken ? local.users.map(({ userName, arn, resource, accessKeyIds }) => ({ logicalId: resource.logicalId, name: userName, arn, accessKeyIds })) : [];
  return {
    ...(roles.length > 0 && { roles }),
    ...(users.length > 0 && { users }),
    apis: local.apis.map(({ model }, i) => {
      const { name = model.name, url = '', realtimeUrl = '', httpsUrl = '' } = server.apis[i] ?? {};
      return { name, url, realtimeUrl, httpsUrl, apiKeys: model.apiKeys.map(({ key }) => key), userPools: userPools(model, local.userPools), ...issuersOf(model), ...(takesIam(model) && { iam: { region: model.region } }) };
    }),
  };
}

export function greeting(local: LocalAssembly, { apis }: ApiDescriptions, files: Files): string {
  const blocks = apis.map((api, i) => {
    const model = local.apis[i]?.model;
    const rows: [string, string][] = [
      ['page', files.pageOf(api) ?? ''],
      ['GraphQL', api.url],
      ['', api.httpsUrl],
      ['real time', api.realtimeUrl],
      ...api.apiKeys.map((key): [string, string] => ['API key', key]),
      ...api.userPools.map(({ id, name }): [string, string] => ['user pool', name === undefined ? id : `${id}  ${name}`]),
      ['IAM', api.iam ? `export AWS_SHARED_CREDENTIALS_FILE=${shellWord(`${files.stateFolder}/aws-credentials`)}` : ''],
    ];
    const table = rows.filter(([, value]) => value !== '').map(([label, value]) => `    ${label.padEnd(10)} ${value}`);
    return [`  ${api.name}`, ...table, ...(model ? firstCommands(model, api, apis, files) : [])].join('\n');
  });
  return `
${blocks.join('\n\n')}

  Clients that need https or wss (Amplify): export NODE_EXTRA_CA_CERTS=${shellWord(files.caPath)}
  Edits are followed. Ctrl-C ends.
`;
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

function userPools({ authorization }: ApiModel, pools: readonly UserPoolModel[]): ApiDescription['userPools'] {
  return authorization.flatMap((mode) => {
    if (mode.type !== 'AMAZON_COGNITO_USER_POOLS') return [];
    const name = pools.find(({ userPoolId }) => userPoolId === mode.userPoolId)?.name;
    return [{ id: mode.userPoolId, issuer: `https://cognito-idp.${mode.region}.amazonaws.com/${mode.userPoolId}`, ...(name !== undefined && { name }) }];
  });
}

function takesIam({ authorization }: ApiModel): boolean {
  return authorization.some(({ type }) => type === 'AWS_IAM');
}

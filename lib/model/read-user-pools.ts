/** User pools of the templates, and those outside that an API trusts by their id. */
import type { ApiModel, UserPoolModel } from './api-model';
import { userPoolIssuer } from './resource-identity';
import type { Resource } from './stack';

export function readUserPools(resources: readonly Resource[], apis: readonly ApiModel[]): UserPoolModel[] {
  const clients = resources
    .filter(({ type }) => type === 'AWS::Cognito::UserPoolClient')
    .map((client) => ({ clientId: idOf(client), userPoolId: client.properties.required('UserPoolId') }));
  const clientIdsOf = (userPoolId: string) => clients.filter((client) => client.userPoolId === userPoolId).map(({ clientId }) => clientId);

  const pools = new Map<string, UserPoolModel>();
  const add = (userPoolId: string, region: string, resource?: Resource) => {
    if (pools.has(userPoolId)) return;
    const issuer = userPoolIssuer(userPoolId, region);
    pools.set(userPoolId, { userPoolId, issuer, clientIds: clientIdsOf(userPoolId), ...(resource && { name: nameOf(resource), resource: resource.ref }) });
  };
  for (const resource of resources) if (resource.type === 'AWS::Cognito::UserPool') add(idOf(resource), resource.stack.region, resource);
  for (const { authorization } of apis) for (const mode of authorization) if (mode.type === 'AMAZON_COGNITO_USER_POOLS') add(mode.userPoolId, mode.region);
  return [...pools.values()];
}

/** The construct of the CDK library has its resource one level below. */
function nameOf({ metadata, logicalId }: Resource): string {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : logicalId;
}

function idOf({ stack, logicalId }: Resource): string {
  return String(stack.ref(logicalId, { logicalId, property: 'Ref' }));
}

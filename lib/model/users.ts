/** IAM users of the templates: their policies, those of their groups, and the access keys they sign with. */
import type { UserModel } from './api-model';
import { attributeText, type HeldPolicies, type IdentityPolicies, refText, tagsOf, texts } from './identity-policies';
import { accessKeyIdOf } from './resource-identity';
import type { Resource } from './stack';

export function readUsers(resources: readonly Resource[], policies: IdentityPolicies): UserModel[] {
  const ofType = (type: string) => resources.filter((resource) => resource.type === `AWS::IAM::${type}`);
  const groups = ofType('Group');
  const additions = ofType('UserToGroupAddition').map(({ properties }) => ({ group: properties.value('GroupName'), users: texts(properties.value('Users')) }));
  const keys = ofType('AccessKey');

  return ofType('User').map((user) => {
    const userName = refText(user);
    const arn = attributeText(user, 'Arn');
    const groupNames = [...texts(user.properties.value('Groups')), ...additions.filter(({ users }) => users.includes(userName)).map(({ group }) => String(group))];
    const heldByGroups = [...new Set(groupNames)].map((name): HeldPolicies => {
      const group = groups.find((each) => refText(each) === name);
      return group ? policies.of('Group', group, name) : { statements: [], foreign: [`the group ${name}`], mayHaveMore: false };
    });
    const ownKeys = keys.filter(({ properties }) => properties.value('UserName') === userName);
    const boundary = policies.boundaryOf(user);
    return {
      userName,
      arn,
      resource: user.ref,
      ...policies.readable(policies.of('User', user, userName), ...heldByGroups),
      ...(boundary && { boundary }),
      tags: tagsOf(user),
      // Keys are made by hand as often as in a template.
      accessKeyIds: ownKeys.length === 0 ? [accessKeyIdOf(arn)] : ownKeys.filter(({ properties }) => properties.value('Status') !== 'Inactive').map(refText),
    };
  });
}

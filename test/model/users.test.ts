import type { UserModel } from '../../lib/model';
import { apiTemplate, messages, readTemplate } from './harness';

const document = (resource: string, rest = '') => `{ Statement: [{ Effect: Allow, Action: 'appsync:GraphQL', Resource: ${resource}${rest} }] }`;
const inline = (resource: string) => `Policies: [{ PolicyName: a, PolicyDocument: ${document(resource)} }]`;

function usersOf(...resources: string[]): readonly UserModel[] {
  const assembly = readTemplate(apiTemplate(resources.join('\n'), 'Parameters: { Open: { Type: String } }'));
  expect(messages(assembly)).toEqual([]);
  return assembly.users ?? [];
}

const allowedTo = ({ statements }: Pick<UserModel, 'statements'>) => statements.flatMap(({ resources }) => resources ?? []);

test('gathers the policies of a user and of its groups, however they are attached', () => {
  const [user] = usersOf(
    `User: { Type: AWS::IAM::User, Properties: { UserName: ann, Path: /team/, ${inline('inline')}, ManagedPolicyArns: [!Ref Managed, 'arn:aws:iam::aws:policy/AWSAppSyncInvokeFullAccess'], Groups: [!Ref One] } }`,
    `Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${document('managed')} } }`,
    `Attached: { Type: AWS::IAM::Policy, Properties: { PolicyName: b, Users: [!Ref User], PolicyDocument: ${document('attached')} } }`,
    `Own: { Type: AWS::IAM::UserPolicy, Properties: { PolicyName: c, UserName: ann, PolicyDocument: ${document('own')} } }`,
    `One: { Type: AWS::IAM::Group, Properties: { ${inline('group')} } }`,
    'Two: { Type: AWS::IAM::Group, Properties: { GroupName: two } }',
    `OfTwo: { Type: AWS::IAM::GroupPolicy, Properties: { PolicyName: d, GroupName: two, PolicyDocument: ${document('groupPolicy')} } }`,
    'Addition: { Type: AWS::IAM::UserToGroupAddition, Properties: { GroupName: !Ref Two, Users: [ann] } }',
    `Stranger: { Type: AWS::IAM::Group, Properties: { ${inline('stranger')} } }`,
    `OfRole: { Type: AWS::IAM::Policy, Properties: { PolicyName: e, Roles: [ann], PolicyDocument: ${document('role')} } }`,
  );

  expect(user).toMatchObject({ userName: 'ann', arn: 'arn:aws:iam::123456789012:user/team/ann', unread: [] });
  expect(user && allowedTo(user).sort()).toEqual(['*', 'attached', 'group', 'groupPolicy', 'inline', 'managed', 'own']);
});

test('knows what it does not know', () => {
  const [user] = usersOf(
    `User: { Type: AWS::IAM::User, Properties: { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/elsewhere'], Groups: [admins], PermissionsBoundary: 'arn:aws:iam::123456789012:policy/limit' } }`,
    `Attached: { Type: AWS::IAM::Policy, Properties: { PolicyName: b, Users: [!Ref User], PolicyDocument: ${document('!Ref Open')} } }`,
  );

  expect(user).toMatchObject({
    statements: [],
    unread: ['arn:aws:iam::123456789012:policy/elsewhere', 'the group admins', 'statements with values that are not known here'],
    boundary: { statements: [], unread: ['arn:aws:iam::123456789012:policy/limit'] },
  });
});

test('reads conditions, tags and a boundary of the templates', () => {
  const [user] = usersOf(
    `User: { Type: AWS::IAM::User, Properties: { Tags: [{ Key: team, Value: red }], PermissionsBoundary: !Ref Limit } }`,
    `Limit: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${document('limit', ', Condition: { StringEquals: { "aws:PrincipalTag/team": [red, blue] }, Bool: { "aws:SecureTransport": true }, "ForAnyValue:StringLike": { "aws:userid": !Ref Open } }')} } }`,
  );

  expect(user?.tags).toEqual({ team: 'red' });
  expect(user?.boundary).toEqual({
    unread: [],
    statements: [
      {
        effect: 'Allow',
        actions: ['appsync:GraphQL'],
        resources: ['limit'],
        isConditional: true,
        conditions: [
          { operator: 'StringEquals', key: 'aws:PrincipalTag/team', values: ['red', 'blue'] },
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
          { operator: 'ForAnyValue:StringLike', key: 'aws:userid' },
        ],
      },
    ],
  });
});

test('gives active access keys, and a made-up one to a user that has none', () => {
  const [user, other, locked] = usersOf(
    'User: { Type: AWS::IAM::User }',
    'Key: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref User } }',
    'Old: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref User, Status: Inactive } }',
    'Other: { Type: AWS::IAM::User }',
    'Locked: { Type: AWS::IAM::User }',
    'LockedKey: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref Locked, Status: Inactive } }',
  );
  const key = expect.stringMatching(/^AKIA[0-9A-Z]{16}$/);

  expect([user?.accessKeyIds, other?.accessKeyIds, locked?.accessKeyIds]).toEqual([[key], [key], []]);
  expect(user?.accessKeyIds).not.toEqual(other?.accessKeyIds);
});

import { type Command, textOption, UsageError } from './command';
import { accessKeyFor, accessKeyOfUser, defaultStateFolder, runningPrincipals } from './running-apis';

const formats = ['env', 'json'];

export const credentialsCommand: Command = {
  usage: 'credentials [--role NAME | --user NAME | --list] [--format env|json] [--state DIR]',
  summary: 'print AWS credentials that the running local APIs take: those of a role or user of the templates, or the key pair that may do everything',
  help: [
    ['--role NAME', 'logical id, name or ARN of a role; its policies decide on every field (default: no role, everything is allowed)'],
    ['--user NAME', 'logical id, name or ARN of an IAM user; a key pair without session token, with the policies of the user and its groups'],
    ['--list', 'print whom of the templates one can sign as, one a line: role or user, logical id, ARN'],
    ['--format env|json', 'lines for a shell, or what "credential_process" of an AWS profile reads (default: env)'],
    ['--state DIR', `the folder given to dev as --state (default: ${defaultStateFolder})`],
  ],
  options: { role: { type: 'string' }, user: { type: 'string' }, list: { type: 'boolean' }, format: { type: 'string' }, state: { type: 'string' } },
  async run(values) {
    const format = textOption(values, 'format') ?? 'env';
    if (!formats.includes(format)) throw new UsageError(`--format is env or json, not "${format}"`);
    const given = (['role', 'user', 'list'] as const).filter((name) => values[name] !== undefined);
    if (given.length > 1) throw new UsageError(`one of ${given.map((name) => `--${name}`).join(' and ')} is taken at a time`);
    if (values.list === true) {
      const { roles, users } = await runningPrincipals(values);
      for (const [kind, all] of [['role', roles], ['user', users]] as const) for (const { logicalId, arn } of all) console.log(`${kind} ${logicalId} ${arn}`);
      return 0;
    }
    const user = textOption(values, 'user');
    const { accessKeyId, secretAccessKey, sessionToken } = user === undefined ? await accessKeyFor(values) : await accessKeyOfUser(user, values);
    if (format === 'json') {
      console.log(JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...(sessionToken !== undefined && { SessionToken: sessionToken }) }, null, 2));
    } else {
      console.log(`export AWS_ACCESS_KEY_ID=${accessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\n${sessionToken === undefined ? 'unset AWS_SESSION_TOKEN' : `export AWS_SESSION_TOKEN=${sessionToken}`}`);
    }
    return 0;
  },
};

import { type Command, textOption, UsageError } from './command';
import { accessKeyFor, defaultStateFolder } from './running-apis';

const formats = ['env', 'json'];

export const credentialsCommand: Command = {
  usage: 'credentials [--role NAME] [--format env|json] [--state DIR]',
  summary: 'print AWS credentials that the running local APIs take: those of a role of the templates, or the key pair that may do everything',
  help: [
    ['--role NAME', 'logical id, name or ARN of a role; its policies decide on every field (default: no role, everything is allowed)'],
    ['--format env|json', 'lines for a shell, or what "credential_process" of an AWS profile reads (default: env)'],
    ['--state DIR', `the folder given to dev as --state (default: ${defaultStateFolder})`],
  ],
  options: { role: { type: 'string' }, format: { type: 'string' }, state: { type: 'string' } },
  async run(values) {
    const format = textOption(values, 'format') ?? 'env';
    if (!formats.includes(format)) throw new UsageError(`--format is env or json, not "${format}"`);
    const { accessKeyId, secretAccessKey, sessionToken } = await accessKeyFor(values);
    if (format === 'json') {
      console.log(JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...(sessionToken !== undefined && { SessionToken: sessionToken }) }, null, 2));
    } else {
      console.log(`export AWS_ACCESS_KEY_ID=${accessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\n${sessionToken === undefined ? 'unset AWS_SESSION_TOKEN' : `export AWS_SESSION_TOKEN=${sessionToken}`}`);
    }
    return 0;
  },
};

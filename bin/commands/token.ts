import { type Command, textOption, UsageError } from './command';
import { runningApis, tokenFor, userHelp, userOptions } from './running-apis';

export const tokenCommand: Command = {
  usage: 'token --user NAME [--groups a,b] [--claim k=v]… [--pool NAME | --issuer URL] [--state DIR]',
  summary: 'print a JWT that the running local API accepts',
  help: userHelp,
  options: userOptions,
  async run(values) {
    if (!textOption(values, 'user')) throw new UsageError(`--user is needed; usage: appsync-local ${this.usage}`);
    console.log(await tokenFor(values, await runningApis(values)));
    return 0;
  },
};

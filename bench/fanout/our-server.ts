/** Our local AppSync serving a template on a free port. Prints its URL and API key as JSON when ready; answers its parent with what it spends. */
import { serve, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { reportUsage } from './usage';

async function main([template = '']: readonly string[]): Promise<void> {
  const log = (line: string) => console.error(line);
  const local = await startLocal(readApis(template), { log });
  const server = await serve(local.apis, { port: 0, log });
  const apiKey = local.apis[0]?.model.apiKeys[0]?.key;
  process.stdout.write(`${JSON.stringify({ url: server.apis[0]?.url.replace('localhost', '127.0.0.1'), apiKey })}\n`);
  reportUsage(() => local.apis[0]?.subscriptionCount ?? 0);
  process.once('SIGTERM', () => {
    void server.close().then(() => local[Symbol.asyncDispose]());
  });
}

void main(process.argv.slice(2));

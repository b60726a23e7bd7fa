/** Our local AppSync serving a template on a free port, with one item seeded. Prints its URL and API key as JSON when ready. */
import { serve, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { apiName, storedPost, tableName } from './api';

async function main([template = '']: readonly string[]): Promise<void> {
  const local = await startLocal(readApis(template), { log: (line) => console.error(line) });
  await local.seed(apiName, tableName, [storedPost]);
  const server = await serve(local.apis, { port: 0, log: (line) => console.error(line) });
  const apiKey = local.apis[0]?.model.apiKeys[0]?.key;
  process.stdout.write(`${JSON.stringify({ url: server.apis[0]?.url.replace('localhost', '127.0.0.1'), apiKey })}\n`);
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.once('SIGTERM', () => {
    void server.close().then(() => local[Symbol.asyncDispose]());
  });
}

void main(process.argv.slice(2));

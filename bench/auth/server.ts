/** A local API that takes keys, user pool tokens, OpenID Connect tokens and signatures, on a free port. Prints its URL and a credential of each as JSON when ready. */
import { issueToken, openStateFolder, serve, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';

async function main([template = '', stateFolder = '', issuer = '']: readonly string[]): Promise<void> {
  const log = (line: string) => console.error(line);
  const state = await openStateFolder(stateFolder, { keepData: false });
  const local = await startLocal(readApis(template), { state, log });
  const server = await serve(local.apis, { port: 0, log });
  const [api] = local.apis;
  const user = { username: 'alice', groups: ['customers'], claims: { email: 'alice@example.com' } };
  process.stdout.write(
    `${JSON.stringify({
      url: server.apis[0]?.url.replace('localhost', '127.0.0.1'),
      apiKey: api?.model.apiKeys[0]?.key,
      userPool: await api?.token(user),
      oidc: await issueToken(await state.signingKey(), { issuer, isOidc: true }, user),
      credentials: local.credentials,
    })}\n`,
  );
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.once('SIGTERM', () => {
    void server.close().then(() => local[Symbol.asyncDispose]());
  });
}

void main(process.argv.slice(2));

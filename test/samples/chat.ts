/** The sample chat running in process, and its users. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChatStack } from '../../bin/samples/chat';
import { type LocalAssembly, startLocal } from '../../lib/local';
import { readApis } from '../../lib/model';
import { Client } from './shop';

export interface Chat {
  readonly local: LocalAssembly;
  /** @param tenantId undefined: a user without a tenant */
  user(username: string, tenantId?: string): Promise<Client>;
  /** Moves the API's clock on. */
  later(milliseconds: number): void;
  dispose(): Promise<void>;
}

export async function openChat(): Promise<Chat> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-'));
  const app = new App({ outdir: folder });
  new ChatStack(app, 'Chat');
  let ahead = 0;
  const local = await startLocal(readApis(app.synth().directory), { now: () => Date.now() + ahead });
  const seeds = JSON.parse(readFileSync('schema/seeds.json', 'utf8')) as Record<string, Record<string, Record<string, unknown>[]>>;
  for (const [dataSource, items] of Object.entries(seeds.Chat ?? {})) await local.seed('Chat', dataSource, items);
  const api = local.apis.find(({ model }) => model.name === 'Chat');
  if (!api) throw new Error('the sample has no API named Chat');
  return {
    local,
    async user(username, tenantId) {
      const token = await api.token({ username, ...(tenantId === undefined ? {} : { claims: { 'custom:tenantId': tenantId } }) });
      const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
      return new Client(api, () => ({ authorization: token }), sub);
    },
    later: (milliseconds) => void (ahead += milliseconds),
    async dispose() {
      await local[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

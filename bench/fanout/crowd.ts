/** A process of subscribers, as its parent commands it; and the mutations that make it busy. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Target } from './subscriber';
import type { Command } from './subscribers';

/** How long to wait for events that should have come. */
const patienceMs = 120_000;

export class Crowd implements AsyncDisposable {
  private readonly child: ChildProcess;

  /** @param program the compiled `subscribers.ts` */
  constructor(program: string) {
    this.child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  /** @param rooms how many rooms they spread over; 0 lets each of them hear everything */
  async open(target: Target, query: string, count: number, rooms: number): Promise<void> {
    await this.command({ type: 'open', target, query, count, rooms });
  }

  /** @returns a promise of the moment the last of that many frames has come, from now on */
  async expect(frames: number): Promise<{ readonly done: Promise<unknown> }> {
    await this.command({ type: 'expect', frames });
    return { done: this.answer() };
  }

  async close(): Promise<void> {
    await this.command({ type: 'close' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }

  private async command(command: Command): Promise<void> {
    this.child.send(command);
    await this.answer();
  }

  private async answer(): Promise<unknown> {
    const ended = new AbortController();
    try {
      const died = once(this.child, 'exit', { signal: ended.signal }).then(() => Promise.reject(new Error('the subscribers ended')));
      died.catch(() => undefined);
      return await Promise.race([once(this.child, 'message', { signal: AbortSignal.any([ended.signal, AbortSignal.timeout(patienceMs)]) }), died]);
    } finally {
      ended.abort();
    }
  }
}

/** Sends the same kind of mutation over and over on some kept-alive connections. */
export class Mutator {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly target: Target,
    private readonly query: string,
  ) {}

  /** @param variables of the mutation with that number */
  async run(count: number, connections: number, variables: (number: number) => object): Promise<void> {
    let next = 0;
    const work = async () => {
      while (next < count) await this.send(variables(next++));
    };
    await Promise.all(Array.from({ length: connections }, work));
  }

  close(): void {
    this.agent.destroy();
  }

  private async send(variables: object): Promise<void> {
    const body = JSON.stringify({ query: this.query, variables });
    const headers = { 'content-type': 'application/json', 'x-api-key': this.target.apiKey, 'content-length': Buffer.byteLength(body) };
    const answer = await new Promise<string>((resolve, reject) => {
      const sent = request(this.target.url, { method: 'POST', agent: this.agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(text));
      });
      sent.on('error', reject);
      sent.end(body);
    });
    if (!answer.startsWith('{"data"') || answer.includes('"errors"')) throw new Error(`${this.target.url} answers ${answer}`);
  }
}

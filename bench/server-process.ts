/**
 * A server under measurement: a process of its own that prints one line of JSON when it is ready, and answers any message of its
 * parent with its `process.cpuUsage()`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const startLimitMs = 60_000;

export class ServerProcess<Ready> implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly ready: Ready,
  ) {}

  /** @throws Error with what it wrote to stderr when it ends, or says nothing, instead */
  static async start<Ready>(program: string, args: readonly string[], nodeOptions: readonly string[] = []): Promise<ServerProcess<Ready>> {
    const child = spawn(process.execPath, [...nodeOptions, '--no-warnings', program, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let errors = '';
    child.stderr?.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-10_000)));
    const ready = await new Promise<Ready>((resolve, reject) => {
      const fail = (reason: string) => {
        child.kill();
        reject(new Error(`${program} ${reason}\n${errors}`));
      };
      const timer = setTimeout(() => fail('was not ready in time'), startLimitMs);
      child.once('exit', (code) => fail(`ended with ${code}`));
      createInterface(child.stdout!).on('line', (line) => {
        // Peers greet on stdout too.
        if (!line.startsWith('{')) return;
        clearTimeout(timer);
        resolve(JSON.parse(line) as Ready);
      });
    });
    return new ServerProcess(child, ready);
  }

  /** Milliseconds of processor time since its start, in user and system mode. */
  async cpuMs(): Promise<number> {
    const { user, system } = await this.usage();
    return (user + system) / 1_000;
  }

  /** What the program answers its parent; programs that tell more than their processor time say so by the type. */
  async usage<Usage extends NodeJS.CpuUsage>(): Promise<Usage> {
    const answer = once(this.child, 'message');
    this.child.send('usage');
    const [usage] = (await answer) as [Usage];
    return usage;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return;
    await new Promise((resolve) => {
      const deadline = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      this.child.once('exit', (code) => {
        clearTimeout(deadline);
        resolve(code);
      });
      this.child.kill();
    });
  }
}

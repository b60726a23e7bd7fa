/** What a measured process spends, told to its parent on request: processor time, and memory after a collection of garbage. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Usage {
  /** Microseconds since the start of the process. */
  readonly user: number;
  readonly system: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Live subscriptions. */
  readonly subscriptions: number;
}

export function reportUsage(subscriptions: () => number): void {
  const collect = garbageCollector();
  process.on('message', () => {
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    const usage: Usage = { ...process.cpuUsage(), rssBytes: rss, heapBytes: heapUsed + external, subscriptions: subscriptions() };
    process.send?.(usage);
  });
}

/** Without `--expose-gc`, which would put a global into every realm, the resolvers' included. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}

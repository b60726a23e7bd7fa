/** What a synth program tells its parent about itself, as one line of JSON. */

export interface Phases {
  /** Milliseconds from the start of the process until every module is loaded. */
  readonly loaded: number;
  /** … until the constructs stand, resolver code bundled. */
  readonly constructed: number;
  /** … until the assembly is written. */
  readonly synthesized: number;
  /** Processor milliseconds of the process until then. */
  readonly processor: number;
}

/** Ends the program's measured part. @param loaded @param constructed `performance.now()` at those points */
export function printPhases(loaded: number, constructed: number): void {
  const { user, system } = process.cpuUsage();
  const phases: Phases = { loaded, constructed, synthesized: performance.now(), processor: (user + system) / 1_000 };
  process.stdout.write(`${JSON.stringify(phases)}\n`);
}

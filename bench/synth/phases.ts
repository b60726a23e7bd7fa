/** What a synth program tells its parent about itself, as one line of JSON. */

export interface Phases {
  /** Milliseconds from the start of the process until every module is loaded. */
  readonly loaded: number;
  /** … until the constructs stand, resolver code bundled. */
  readonly constructed: number;
  /** … until the assembly is written. */
  readonly synthesized: number;
}

/** Ends the program's measured part. @param loaded @param constructed `performance.now()` at those points */
export function printPhases(loaded: number, constructed: number): void {
  const phases: Phases = { loaded, constructed, synthesized: performance.now() };
  process.stdout.write(`${JSON.stringify(phases)}\n`);
}

/** What every command of `appsync-local` has. */
import type { ParseArgsConfig } from 'node:util';

export interface Command {
  /** `check [--app CMD | …]`, on one line. */
  readonly usage: string;
  readonly summary: string;
  /** Each option with its placeholder (`--port N`), and what it does. */
  readonly help: readonly HelpRow[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Whether arguments beside the options are allowed. @default false */
  readonly takesText?: boolean;
  /** @returns the exit code */
  run(values: Readonly<Record<string, unknown>>, texts: readonly string[]): Promise<number>;
}

export type HelpRow = readonly [option: string, text: string];

/** The command line, or something it names, cannot be used: printed as one line, exit code 2. */
export class UsageError extends Error {}

export function textOption(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(values: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/**
 * Problems that only the constructs can see (a resolver file attached to nothing, code that does not compile). They travel in the
 * template as metadata of the API resource, present only when there are any, so that the synth-time plugin and
 * `appsync-local check` report them by the same code path as everything else.
 */
import { relative } from 'node:path';
import { type CfnResource, Lazy } from 'aws-cdk-lib';
import type { Diagnostic, SourceLocation } from '../diagnostics';

export class Findings {
  private readonly known: Diagnostic[] = [];
  private readonly late: (() => readonly Diagnostic[])[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    this.known.push(...diagnostics);
  }

  /** Findings that depend on what is called after the constructor: asked for once the app is synthesized. */
  addLate(produce: () => readonly Diagnostic[]): void {
    this.late.push(produce);
  }

  /** Puts the findings into the template, on a resource. */
  writeTo(resource: CfnResource): void {
    resource.addMetadata(
      'cdk-enterprise-appsync',
      Lazy.any({
        produce: () => {
          const findings = [...this.known, ...this.late.flatMap((produce) => produce())].map(withRelativePaths);
          return findings.length > 0 ? { findings } : undefined;
        },
      }),
    );
  }
}

/** A template must not depend on where the project lies on the author's disk. */
function withRelativePaths(diagnostic: Diagnostic): Diagnostic {
  const shorten = (location: SourceLocation): SourceLocation => ({ ...location, file: relative(process.cwd(), location.file) });
  return {
    ...diagnostic,
    ...(diagnostic.location ? { location: shorten(diagnostic.location) } : {}),
    notes: diagnostic.notes.map((note) => (note.location ? { ...note, location: shorten(note.location) } : note)),
  };
}

/** Reads a cloud assembly folder, or one CloudFormation or SAM template (JSON or YAML), into an `Assembly`. */
import type { Assembly } from './api-model';

export interface ReadApisOptions {
  /** Values for template parameters without a default. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `AWS::Region` gives in an environment-agnostic stack. @default 'us-east-1' */
  readonly region?: string;
  /** What `AWS::AccountId` gives in an environment-agnostic stack. @default '123456789012' */
  readonly accountId?: string;
}

/**
 * Every AppSync GraphQL API below a path.
 * @param path a cloud assembly folder (with `manifest.json`), or a template file
 * @throws DiagnosticError `MAN_UNREADABLE` when the path is missing, not a template, or not parseable; smaller problems are in `diagnostics`
 */
export function readApis(_path: string, _options: ReadApisOptions = {}): Assembly {
  throw new Error('pending');
}

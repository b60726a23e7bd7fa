/** The checks of this library as a policy validation plugin of the CDK: they read the synthesized templates of any app. */
import { dirname } from 'node:path';
import { Stage, Validations } from 'aws-cdk-lib';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkAssembly, checkRules, comparisonCodes } from '../checks';
import { type CodeSummary, type Diagnostic, DiagnosticError, formatDiagnostic } from '../diagnostics';
import { modelCodes, readApis } from '../model';
import { schemaChangeCodes } from '../sdl';
import { constructCodes } from './construct-codes';

const registered = Symbol.for('cdk-enterprise-appsync.checks');

/**
 * Reports what AppSync would refuse at deploy, and what it accepts and then surprises with. `EnterpriseGraphqlApi` registers it by itself;
 * any other app adds it with `Validations.of(app).addPlugins(new AppSyncChecks())`. Errors fail the synth, warnings print.
 * A finding is acknowledged with `Validations.of(scope).acknowledge({ id: 'AppSync::<CODE>', reason })`.
 */
export class AppSyncChecks implements IPolicyValidationPlugin {
  /** Every code these checks, and the comparison with a baseline, can report. */
  static readonly codes: readonly CodeSummary[] = [...checkRules, ...comparisonCodes, ...schemaChangeCodes, ...constructCodes, ...modelCodes];

  /** Adds the checks to the stage of a construct, once. */
  static registerOn(scope: IConstruct): void {
    const stage = Stage.of(scope);
    if (!stage || registered in stage) return;
    Object.defineProperty(stage, registered, { value: true });
    Validations.of(stage).addPlugins(new AppSyncChecks());
  }

  readonly name = 'AppSync';

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    // `appsync-local` runs the same checks on the assembly and prints them itself.
    if (process.env.CDK_ENTERPRISE_APPSYNC_CHECKS === 'off') return { success: true, violations: [] };
    const folders = new Set(context.templatePaths.map((path) => dirname(path)));
    const diagnostics = [...folders].flatMap((folder) => checkFolder(folder));
    return { success: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'), violations: diagnostics.map(violation) };
  }
}

function checkFolder(folder: string): Diagnostic[] {
  try {
    return checkAssembly(readApis(folder));
  } catch (error) {
    if (error instanceof DiagnosticError) return [...error.diagnostics];
    throw error;
  }
}

function violation(diagnostic: Diagnostic): PolicyViolation {
  const { code, severity, fix, resource } = diagnostic;
  return {
    ruleName: code,
    severity,
    // The report prints the fix in a place of its own.
    description: formatDiagnostic({ ...diagnostic, fix: undefined }, process.cwd()),
    ...(fix ? { fix } : {}),
    violatingResources: resource ? [{ resourceLogicalId: resource.logicalId, templatePath: resource.templatePath, locations: [] }] : [],
  };
}

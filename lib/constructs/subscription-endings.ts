/**
 * Mutations of one API that end subscriptions. Where a pipeline has no `index.ts`, what stands around its steps is generated anyway, and is
 * generated so that it ends them; code that people have written has to do it itself, and a finding says so until it does.
 */
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { type Diagnostic, invariant, type SourceLocation } from '../diagnostics';
import type { Handler } from './handler-library';
import { endingMutationCode } from './subscription-code';
import { TextAsset } from './text-asset';

/** Source: AppSync quotas, "invalidateSubscriptions calls per request", unique ones. */
const mostEndings = 5;

interface Attached {
  readonly resolver: appsync.Resolver;
  /** The resolver's own handler, then the steps. */
  readonly handlers: readonly Handler[];
}

export interface DeclaredEnding {
  readonly subscriptionField: string;
  /** Where the stack says so. */
  readonly location: SourceLocation | undefined;
}

export class SubscriptionEndings {
  private readonly mutations = new Map<string, Attached>();
  private readonly declarations = new Map<string, DeclaredEnding[]>();

  /** A resolver was made. */
  attached(field: string, resolver: appsync.Resolver, handlers: readonly Handler[]): void {
    this.mutations.set(field, { resolver, handlers });
    this.generate(field);
  }

  declare(mutation: string, endings: readonly DeclaredEnding[]): void {
    const bySubscription = new Map([...(this.declarations.get(mutation) ?? []), ...endings].map((ending) => [ending.subscriptionField, ending]));
    this.declarations.set(mutation, [...bySubscription.values()]);
    this.generate(mutation);
  }

  findings(): Diagnostic[] {
    return [...this.declarations].flatMap(([mutation, declared]) => {
      const tooMany = declared.length > mostEndings ? [tooManyEndings(mutation, declared)] : [];
      const attached = this.mutations.get(mutation);
      // A mutation without a resolver, or without code, is a finding of its own.
      if (!attached || isGenerated(attached) || attached.handlers.some((handler) => 'missing' in handler)) return tooMany;
      const text = attached.handlers.map((handler) => ('code' in handler ? handler.code : '')).join('\n');
      return [...tooMany, ...declared.filter(({ subscriptionField }) => !text.includes('invalidateSubscriptions') || !text.includes(subscriptionField)).map((one) => notEnded(mutation, one))];
    });
  }

  private generate(mutation: string): void {
    const attached = this.mutations.get(mutation);
    const declared = this.declarations.get(mutation);
    if (!attached || !declared || !isGenerated(attached)) return;
    const { resolver } = attached;
    const cfnResolver = resolver.node.defaultChild ?? resolver.node.tryFindChild('Resource');
    invariant(cfnResolver instanceof appsync.CfnResolver, `${resolver.node.path} has no resource`);
    resolver.node.tryRemoveChild('EndingCode');
    const text = endingMutationCode(mutation, declared.map(({ subscriptionField }) => subscriptionField));
    cfnResolver.codeS3Location = new TextAsset(resolver, 'EndingCode', { text, extension: '.js' }).s3ObjectUrl;
  }
}

/** Of a pipeline, the handlers around the steps. */
function isGenerated({ handlers: [own, ...steps] }: Attached): boolean {
  return steps.length > 0 && own !== undefined && 'code' in own && own.origin === undefined;
}

function notEnded(mutation: string, { subscriptionField, location }: DeclaredEnding): Diagnostic {
  return {
    code: 'RES_ENDING',
    severity: 'error',
    message: `${mutation} is to end subscriptions to "${subscriptionField}", but its code does not`,
    ...(location ? { location } : {}),
    notes: [],
    fix: `call extensions.invalidateSubscriptions({ subscriptionField: '${subscriptionField}', payload: ctx.result }) in its response handler, or make it a pipeline folder without index.ts`,
  };
}

function tooManyEndings(mutation: string, declared: readonly DeclaredEnding[]): Diagnostic {
  const last = declared.at(-1);
  return {
    code: 'RES_ENDING',
    severity: 'error',
    message: `${mutation} is to end subscriptions to ${declared.length} fields, AppSync takes ${mostEndings} invalidations in a request`,
    ...(last?.location ? { location: last.location } : {}),
    notes: [],
    fix: 'let fewer subscription fields carry the events',
  };
}

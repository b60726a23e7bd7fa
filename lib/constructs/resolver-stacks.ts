/**
 * Where the resolvers and functions of an API stand: in the API's own stack, or spread over nested stacks, as CloudFormation takes 500 resources
 * in one. A field's stack follows from its name alone, because a resolver that changes its stack cannot be deployed: the new one is made before
 * the old one goes, and AppSync takes one resolver per field. So nothing moves when fields come, go or change their order or data source.
 */
import { createHash } from 'node:crypto';
import { NestedStack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface ResolverStacks {
  /**
   * How many nested stacks, 1 to 50. Eight hold all that CloudFormation deploys in one operation, 2,500 resources.
   * Another number is another place for some of the fields: change it only together with `placed`.
   */
  readonly count: number;
  /**
   * Stacks of fields that are deployed already, by `Type.field`: 0 for the API's own stack, or the number of a nested one. `resolverPlacement`
   * of the API gives the present ones, to be kept in a file.
   * @default - the names of the fields decide
   */
  readonly placed?: { readonly [field: string]: number };
}

/** Parents of what answers one field. */
export interface ResolverScopes {
  /** 0 for the API's own stack. */
  readonly stack: number;
  readonly resolvers: Construct;
  readonly functions: Construct;
}

const maxStacks = 50;

export class ResolverScopeFinder {
  /** Those with resolvers, by number: a nested stack without resources cannot be deployed. */
  readonly stacks = new Map<number, NestedStack>();
  private readonly scopes = new Map<number, ResolverScopes>();

  constructor(
    private readonly api: Construct,
    private readonly options: ResolverStacks | undefined,
  ) {
    if (!options) return;
    const { count, placed = {} } = options;
    if (!Number.isInteger(count) || count < 1 || count > maxStacks) throw new Error(`${api.node.path}: "resolverStacks.count" must be a whole number from 1 to ${maxStacks}, got ${count}`);
    for (const [field, stack] of Object.entries(placed)) {
      if (!Number.isInteger(stack) || stack < 0 || stack > count) throw new Error(`${api.node.path}: "resolverStacks.placed" must give a stack from 0 to ${count} for ${field}, got ${String(stack)}`);
    }
  }

  of(field: string): ResolverScopes {
    const stack = this.options ? (this.options.placed?.[field] ?? stackOf(field, this.options.count)) : 0;
    let scopes = this.scopes.get(stack);
    if (!scopes) this.scopes.set(stack, (scopes = this.scopesIn(stack)));
    return scopes;
  }

  private scopesIn(stack: number): ResolverScopes {
    const parent = stack === 0 ? this.api : this.nestedStack(stack);
    return { stack, resolvers: new Construct(parent, 'Resolvers'), functions: new Construct(parent, 'Functions') };
  }

  private nestedStack(stack: number): NestedStack {
    const nested = new NestedStack(this.api, `ResolverStack${stack}`, { description: `Resolvers of the API ${this.api.node.id}, part ${stack}` });
    this.stacks.set(stack, nested);
    return nested;
  }
}

/** The stack that wins the draw of the field: with one stack more, only what that one wins is elsewhere. Deployed APIs rely on the very draw. */
function stackOf(field: string, count: number): number {
  let winner = 1;
  let best = '';
  for (let stack = 1; stack <= count; stack++) {
    const draw = createHash('sha256').update(`${stack} ${field}`).digest('hex');
    if (draw > best) [winner, best] = [stack, draw];
  }
  return winner;
}

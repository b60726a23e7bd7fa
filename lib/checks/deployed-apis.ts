/**
 * The APIs of an assembly as a deployment sees them: which stack each of their resources is in. Hides how the API of one assembly is found
 * again in a later one, whose files lie elsewhere and whose stacks may have another account, or no name at all.
 */
import type { ResourceRef } from '../diagnostics';
import type { ApiModel, Assembly } from '../model';

/** A resource and its stack. */
export interface Place {
  /** `Shop`, or `Shop/Nested`; begins with nothing where the name of the stack is not known. */
  readonly stack: string;
  readonly resource: ResourceRef;
}

export class DeployedApi {
  readonly stack: string;

  constructor(
    readonly model: ApiModel,
    private readonly assembly: Assembly,
  ) {
    this.stack = this.stackOf(model.resource);
  }

  /** Of every field with a resolver, also of those that could not be read. */
  resolvers(): ReadonlyMap<string, Place> {
    const { resolvers, unread = [] } = this.model;
    const fields = resolvers.map(({ typeName, fieldName, resource }) => ({ identity: `${typeName}.${fieldName}`, resource }));
    return this.places([...fields, ...unread.filter(({ kind }) => kind === 'RESOLVER')]);
  }

  /** By name. */
  dataSources(): ReadonlyMap<string, Place> {
    const { dataSources, unread = [] } = this.model;
    return this.places([...dataSources.map(({ name, resource }) => ({ identity: name, resource })), ...unread.filter(({ kind }) => kind === 'DATA_SOURCE')]);
  }

  private places(resources: readonly { readonly identity?: string; readonly resource?: ResourceRef }[]): ReadonlyMap<string, Place> {
    const { standIns = [] } = this.assembly;
    return new Map(
      resources.flatMap(({ identity, resource }): [string, Place][] => {
        const isKnown = identity !== undefined && resource !== undefined && !standIns.some((standIn) => identity.includes(standIn));
        return isKnown ? [[identity, { stack: this.stackOf(resource), resource }]] : [];
      }),
    );
  }

  /** A template that several nested stacks are made of gives the first of them, in every assembly. */
  private stackOf({ templatePath }: ResourceRef): string {
    return this.assembly.stacks?.find((stack) => stack.templatePath === templatePath)?.path ?? '';
  }
}

export interface PairedApis {
  readonly pairs: readonly { readonly before: DeployedApi; readonly after: DeployedApi }[];
  /** Those that are no longer there. */
  readonly removed: readonly DeployedApi[];
  readonly added: readonly DeployedApi[];
}

/**
 * The same API is what has the same logical id in the same stack. An assembly that names no account, and a template file, which does not name its stack, leave
 * that much open, as long as there is only one API that it can be.
 */
export function pairApis(before: Assembly, after: Assembly): PairedApis {
  const namesStacks = ({ stacks = [] }: Assembly) => !stacks.some(({ path }) => path === '');
  const keys: ((api: DeployedApi) => readonly string[])[] = [
    ({ model, stack }) => [model.accountId, model.region, stack, model.resource.logicalId],
    ({ model, stack }) => [stack, model.resource.logicalId],
    ...(namesStacks(before) && namesStacks(after) ? [] : [({ model, stack }: DeployedApi) => [withoutRoot(stack), model.resource.logicalId]]),
  ];
  const pairs: { before: DeployedApi; after: DeployedApi }[] = [];
  let removed = before.apis.map((api) => new DeployedApi(api, before));
  let added = after.apis.map((api) => new DeployedApi(api, after));
  for (const key of keys) {
    const found = removed.flatMap((old) => {
      const same = (api: DeployedApi) => key(api).join('\n') === key(old).join('\n');
      const [only, ...others] = added.filter(same);
      return only && others.length === 0 && removed.filter(same).length === 1 ? [{ before: old, after: only }] : [];
    });
    pairs.push(...found);
    removed = removed.filter((api) => !found.some((pair) => pair.before === api));
    added = added.filter((api) => !found.some((pair) => pair.after === api));
  }
  return { pairs, removed, added };
}

export function rootOf(stack: string): string {
  return stack.split('/')[0] ?? '';
}

/** `/Nested` of `Shop/Nested`. */
export function withoutRoot(stack: string): string {
  return stack.slice(rootOf(stack).length);
}

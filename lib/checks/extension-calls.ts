/** Calls of AppSync's `extensions` in the code and the templates of an API, with the fields that they are made for. Hides the language. */
import type { ExtensionCall } from '../compiler';
import type { ResourceRef, SourceLocation } from '../diagnostics';
import type { HandlerModel, ResolverModel } from '../model';
import { type Block, type Expression, type Reference, referencesIn } from '../velocity';
import { placeIn, readTemplate } from './mapping-templates';
import type { ApiRuleInput } from './rules/api-rule';

export interface PlacedCall {
  readonly call: ExtensionCall;
  readonly location: SourceLocation;
  /** Of the resolver or function with the code. */
  readonly resource: ResourceRef;
  /** Types of the fields that run the code; never empty. */
  readonly typeNames: readonly string[];
}

/** In the order of resolvers and functions. Code that no resolver runs is left out. */
export function* extensionCalls(input: ApiRuleInput): Generator<PlacedCall> {
  for (const user of [...input.api.resolvers, ...input.api.functions]) {
    const calls = callsIn(user.handler, input);
    if (calls.length === 0) continue;
    const users = 'functionId' in user ? input.api.resolvers.filter(({ functionIds }) => functionIds.includes(user.functionId)) : resolversWith(user.handler, input);
    if (users.length === 0) continue;
    const typeNames = users.map(({ typeName }) => typeName);
    for (const placed of calls) yield { ...placed, resource: user.resource, typeNames };
  }
}

/** One file of code often serves many fields. */
function resolversWith(handler: HandlerModel, { api }: ApiRuleInput): readonly ResolverModel[] {
  return api.resolvers.filter(({ handler: other }) => {
    if (handler.kind === 'APPSYNC_JS') return other.kind === 'APPSYNC_JS' && other.code.text === handler.code.text;
    return handler.kind === 'VTL' && other.kind === 'VTL' && other.request?.text === handler.request?.text && other.response?.text === handler.response?.text;
  });
}

function callsIn(handler: HandlerModel, { requestsOf }: ApiRuleInput): Pick<PlacedCall, 'call' | 'location'>[] {
  if (handler.kind !== 'VTL') {
    const requests = requestsOf(handler);
    return requests ? requests.extensionCalls.map((call) => ({ call, location: requests.locate(call.at) })) : [];
  }
  return (['request', 'response'] as const).flatMap((part) => {
    const source = handler[part];
    const read = source?.text.includes('extensions') ? readTemplate(source).read : undefined;
    if (!source || !read) return [];
    return read.references.flatMap((reference) => {
      const call = callOf(reference, part, read.template.block);
      return call ? [{ call, location: placeIn({ source }, call.at).location }] : [];
    });
  });
}

/** `$extensions.evictFromApiCache("Query", "note", {…})` */
function callOf({ root, path: [call], span }: Reference, handler: 'request' | 'response', block: Block): ExtensionCall | undefined {
  if (root !== 'extensions' || call?.kind !== 'call') return undefined;
  const [first, , third] = call.args;
  const subscriptionField = first?.kind === 'map' ? first.entries.flatMap(({ key, value }) => (textOf(key) === 'subscriptionField' ? (textOf(value) ?? []) : []))[0] : undefined;
  const names = third && memberNames(third, block);
  return {
    name: call.name,
    at: span,
    handler,
    texts: { arguments: call.args.map((argument) => textOf(argument)), ...(subscriptionField === undefined ? {} : { subscriptionField }) },
    ...(names ? { keys: { names, at: span } } : {}),
  };
}

function textOf(value: Expression): string | undefined {
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** Names of a map that is written out, or of one in a variable that is set once and only given members under names that are written out. */
function memberNames(value: Expression, block: Block): readonly string[] | undefined {
  if (value.kind === 'map') return allOrNone(value.entries.map(({ key }) => textOf(key)));
  if (value.kind !== 'reference' || value.reference.path.length > 0) return undefined;
  const { root } = value.reference;
  const uses = referencesIn(block).filter((reference) => reference.root === root);
  const [set, ...others] = block.flatMap((segment) => (segment.kind === 'set' && segment.target.root === root && segment.target.path.length === 0 ? [segment] : []));
  if (set?.value.kind !== 'map' || others.length > 0) return undefined;
  const puts = putsAtTop(root, block);
  // The variable itself, its members put at the top of the template, and its use in the call are all there is to it.
  if (uses.length !== puts.length + 2) return undefined;
  return allOrNone([...set.value.entries.map(({ key }) => textOf(key)), ...puts]);
}

/** Names in `$util.qr($root.put("name", …))`, `$util.quiet(…)`, `$!root.put(…)` that stand in no condition and no loop. */
function putsAtTop(root: string, block: Block): (string | undefined)[] {
  return block.flatMap((segment) => {
    if (segment.kind !== 'output') return [];
    const [first] = segment.reference.path;
    const inner = /^utils?$/.test(segment.reference.root) && first?.kind === 'call' ? first.args : [];
    const references = [segment.reference, ...inner.flatMap((argument) => (argument.kind === 'reference' ? [argument.reference] : []))];
    return references.flatMap((reference) => {
      const [access] = reference.path;
      const [key] = access?.kind === 'call' ? access.args : [];
      return reference.root === root && reference.path.length === 1 && access?.kind === 'call' && access.name === 'put' && key ? [textOf(key)] : [];
    });
  });
}

function allOrNone(texts: readonly (string | undefined)[]): readonly string[] | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}

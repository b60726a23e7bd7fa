/** What the code behind a resolver reads of the context: in its own handlers and those of its functions, be they code or templates. */
import type { ContextPart } from '../compiler';
import type { Note, SourceFile, SourceLocation } from '../diagnostics';
import type { HandlerModel, ResolverModel } from '../model';
import type { Reference } from '../velocity';
import { placeIn, readTemplate } from './mapping-templates';
import type { ApiRuleInput } from './rules/api-rule';

/** A note with the first place; undefined when no code reads that part. A Lambda function gets all of it, and nobody sees what it reads. */
export function contextRead(part: ContextPart, resolver: ResolverModel, input: ApiRuleInput): readonly Note[] | undefined {
  const location = handlersOf(resolver, input)
    .map((handler) => readIn(handler, part, input))
    .find((place) => place !== undefined);
  return location && [{ message: `the ${words[part]} ${part === 'source' || part === 'identity' ? 'is' : 'are'} read here`, location }];
}

/** Every argument that is read by name, with the place. */
export function argumentReads(resolver: ResolverModel, input: ApiRuleInput): { readonly name: string; readonly location: SourceLocation }[] {
  return handlersOf(resolver, input).flatMap((handler) => {
    if (handler.kind === 'VTL')
      return contextReferences(handler).flatMap(({ template, path: [part, member], span }) =>
        (part === 'args' || part === 'arguments') && member !== undefined ? [{ name: member, location: placeIn({ source: template }, span).location }] : [],
      );
    const requests = input.requestsOf(handler);
    return requests ? requests.argumentReads.map(({ name, at }) => ({ name, location: requests.locate(at) })) : [];
  });
}

const words: Readonly<Record<ContextPart, string>> = { arguments: 'arguments', source: 'source', identity: 'identity', request: 'headers' };

function handlersOf({ handler, functionIds }: ResolverModel, { api }: ApiRuleInput): readonly HandlerModel[] {
  return [handler, ...api.functions.filter(({ functionId }) => functionIds.includes(functionId)).map((fn) => fn.handler)];
}

function readIn(handler: HandlerModel, part: ContextPart, { requestsOf }: ApiRuleInput): SourceLocation | undefined {
  if (handler.kind === 'VTL') {
    const read = contextReferences(handler).find(({ path: [name] }) => name === part || (part === 'arguments' && name === 'args'));
    return read && placeIn({ source: read.template }, read.span).location;
  }
  const requests = requestsOf(handler);
  const at = requests?.contextReads[part];
  return requests && at && requests.locate(at);
}

interface ContextReference {
  readonly template: SourceFile;
  /** Names that are written out: `['args', 'id']` of `$ctx.args.id` and of `$context.get("args").id`. */
  readonly path: readonly string[];
  readonly span: Reference['span'];
}

/** Every `$ctx.…` of a resolver's templates, but for what is only printed to the log. */
function contextReferences(handler: Extract<HandlerModel, { kind: 'VTL' }>): ContextReference[] {
  return [handler.request, handler.response].flatMap((template) => {
    const read = template && readTemplate(template).read;
    if (!template || !read) return [];
    const printed = read.references.filter(({ root, path: [first] }) => /^utils?$/.test(root) && first?.kind === 'property' && first.name === 'log');
    const isPrinted = ({ start, end }: Reference['span']) => printed.some(({ span }) => span.start <= start && end <= span.end);
    return read.references.flatMap(({ root, path, span }) => ((root === 'ctx' || root === 'context') && !isPrinted(span) ? [{ template, path: writtenPath(path), span }] : []));
  });
}

function writtenPath(path: Reference['path']): string[] {
  const names: string[] = [];
  for (const access of path) {
    const index = access.kind === 'index' ? access.index : access.kind === 'call' && access.name === 'get' ? access.args[0] : undefined;
    const name = access.kind === 'property' ? access.name : index?.kind === 'literal' && typeof index.value === 'string' ? index.value : undefined;
    if (name === undefined) break;
    names.push(name);
  }
  return names;
}

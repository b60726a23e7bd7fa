/** Which parts of the context the code behind a resolver reads: its own handlers and those of its functions. */
import type { ContextPart } from '../compiler';
import type { Note } from '../diagnostics';
import type { HandlerModel, ResolverModel } from '../model';
import type { ApiRuleInput } from './rules/api-rule';

/** Notes with the place, if it is known; undefined when no code reads that part. A Lambda function gets all of it, and nobody sees what it reads. */
export function contextRead(part: ContextPart, resolver: ResolverModel, input: ApiRuleInput): readonly Note[] | undefined {
  const handlers = [resolver, ...input.api.functions.filter(({ functionId }) => resolver.functionIds.includes(functionId))];
  return handlers.map(({ handler }) => readIn(handler, part, input)).find((place) => place !== undefined);
}

const words: Readonly<Record<ContextPart, string>> = { arguments: 'arguments', source: 'source', identity: 'identity', request: 'headers' };

function readIn(handler: HandlerModel, part: ContextPart, { requestsOf }: ApiRuleInput): readonly Note[] | undefined {
  if (handler.kind === 'VTL') {
    const use = new RegExp(`\\$!?\\{?(context|ctx)\\.${part === 'arguments' ? '(args|arguments)' : part}\\b`);
    return [handler.request, handler.response].some((template) => template && use.test(template.text)) ? [] : undefined;
  }
  const requests = requestsOf(handler);
  const at = requests?.contextReads[part];
  return requests && at ? [{ message: `the ${words[part]} ${part === 'source' || part === 'identity' ? 'is' : 'are'} read here`, location: requests.locate(at) }] : undefined;
}

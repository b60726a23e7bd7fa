import { parsedTemplates, placeIn } from '../mapping-templates';
import type { RequestDocument } from '../request-document';
import { mappingTemplateRule } from './mapping-template-rule';

/** Only of documents whose shape no condition, loop or unknown text can change. What a template before a pipeline prints is not read. */
export const mappingTemplateMakesJson = mappingTemplateRule(
  {
    code: 'RES_VTL_JSON',
    severity: 'error',
    summary: 'a request template makes one JSON object, with each key once',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-overview.html',
  },
  function* (templates) {
    for (const { mapping, read } of parsedTemplates(templates)) {
      const isSent = mapping.part === 'request' && (mapping.owner === 'UNIT' || mapping.owner === 'FUNCTION');
      const document = isSent ? read.document : undefined;
      if (document?.unclosed) {
        const { opened, span, closedBy } = document.unclosed;
        const close = opened === '{' ? '}' : ']';
        if (closedBy) yield { ...placeIn(mapping, closedBy), message: `the "${opened}" in line ${placeIn(mapping, span).location.line} is closed by "${opened === '{' ? ']' : '}'}", which AppSync refuses`, fix: `close it with "${close}"` };
        else yield { ...placeIn(mapping, span), message: `the "${opened}" is never closed, which AppSync refuses`, fix: `close it with "${close}"` };
        continue;
      }
      if (!document?.isComplete) continue;
      for (const { name, span } of repeatedIn(document)) yield { ...placeIn(mapping, span), message: `the key "${name}" is in this object twice, which AppSync refuses`, fix: 'remove one of the two' };
      if (document.trailing) yield { ...placeIn(mapping, document.trailing), message: 'there is text behind the end of the request, which AppSync refuses', fix: 'remove it, or a brace before it' };
    }
  },
);

function repeatedIn({ repeated, members }: RequestDocument): RequestDocument['repeated'] {
  const below = [...members.values()].flatMap(({ object, objects = [] }) => (object ? [object, ...objects] : objects));
  return [...repeated, ...below.flatMap(repeatedIn)];
}

import { didYouMean } from '../../diagnostics';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { anyOperation, askedOfNone, operationLaw } from '../request-operations';
import { mappingTemplateRule } from './mapping-template-rule';

export const mappingTemplateAsksForKnownOperation = mappingTemplateRule(
  {
    code: 'RES_VTL_OPERATION',
    severity: 'error or warning',
    summary: 'a request template asks for an operation that its data source has',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference.html',
  },
  function* (templates) {
    for (const { mapping, read } of parsedTemplates(templates)) {
      const { part, owner, dataSource } = mapping;
      const law = part !== 'request' ? undefined : dataSource ? operationLaw(dataSource) : owner === undefined ? anyOperation : undefined;
      const document = part === 'request' ? read.document : undefined;
      if (document?.isComplete && dataSource?.type === 'NONE') {
        const asked = askedOfNone(new Map([...document.members].map(([name, { value }]) => [name, value === undefined ? {} : { text: value }])));
        if (asked !== undefined)
          yield { ...placeIn(mapping, (document.members.get('operation') ?? { span: document.brace }).span), severity: 'warning', message: `${asked} is asked of a data source of type NONE, which does nothing but pass "payload" on`, fix: 'name the data source that is meant, or give a "payload"' };
      }
      if (!law || !document) continue;
      const { member, known, kind } = law;
      const given = document.members.get(member);
      if (!given) {
        if (document.isComplete && !law.isOptional) yield { ...placeIn(mapping, document.brace), message: `the request template has no "${member}"`, fix: `add "${member}" with one of ${known.join(', ')}` };
      } else if (given.value !== undefined && !known.includes(given.value)) {
        const message = `${kind} has no ${member} "${given.value}"`;
        yield { ...placeIn(mapping, given.span), message, fix: didYouMean(given.value, known) ?? `use one of ${known.join(', ')}` };
      }
    }
  },
);

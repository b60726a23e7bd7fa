import { didYouMean } from '../../diagnostics';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { mappingTemplateRule } from './mapping-template-rule';

/** A template that puts a member there itself is believed; so is every method of the map that `$ctx` is. */
export const mappingTemplateReadsExistingContext = mappingTemplateRule(
  {
    code: 'RES_VTL_CONTEXT',
    severity: 'warning',
    summary: 'every member of "$ctx" that a mapping template reads exists',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference.html',
  },
  function* (templates) {
    for (const { mapping, read } of parsedTemplates(templates)) {
      for (const { root, path } of read.references) {
        const [first, second] = path;
        if ((root !== 'ctx' && root !== 'context') || read.variables.has(root) || first?.kind !== 'property') continue;
        const inner = Object.hasOwn(members, first.name) ? members[first.name] : undefined;
        const finding = inner === undefined ? unknownMember(`$${root}`, first, Object.keys(members)) : second?.kind === 'property' && inner.length > 0 && !inner.includes(second.name) ? unknownMember(`$${root}.${first.name}`, second, inner) : undefined;
        if (finding) yield { ...placeIn(mapping, finding.span), message: finding.message, fix: finding.fix };
      }
    }
  },
);

/** The members of the context, each with its own ones where they are always the same. Source: the page above. */
const members: Readonly<Record<string, readonly string[]>> = {
  arguments: [],
  args: [],
  source: [],
  result: [],
  identity: [],
  request: ['headers', 'domainName'],
  info: ['fieldName', 'parentTypeName', 'variables', 'selectionSetList', 'selectionSetGraphQL'],
  prev: [],
  stash: [],
  error: [],
  outErrors: [],
  env: [],
};

function unknownMember<T extends { readonly name: string }>(owner: string, access: T, names: readonly string[]): T & { readonly message: string; readonly fix: string } {
  return { ...access, message: `"${owner}" has no member "${access.name}", so it is never set`, fix: didYouMean(access.name, names) ?? `use one of ${names.join(', ')}` };
}

import type { DataSourceModel } from '../../model';
import { parsedTemplates, placeIn } from '../mapping-templates';
import { mappingTemplateRule } from './mapping-template-rule';

const versions = ['2017-02-28', '2018-05-29'];
const newest = '2018-05-29';

/** Unit resolvers only: a function has its version in "FunctionVersion", and what a pipeline's own template says is free. A file that no API holds may be any of them. */
export const mappingTemplateHasAVersion = mappingTemplateRule(
  {
    code: 'RES_VTL_VERSION',
    severity: 'error',
    summary: 'a request template gives a version that knows its data source and operation',
    url: 'https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-changelog.html',
  },
  function* (templates) {
    for (const { mapping, read } of parsedTemplates(templates)) {
      const { part, owner, dataSource } = mapping;
      const document = part === 'request' && (owner === 'UNIT' || owner === undefined) ? read.document : undefined;
      if (!document) continue;
      const version = document.members.get('version');
      if (!version) {
        if (document.isComplete && owner === 'UNIT') yield { ...placeIn(mapping, document.brace), message: 'the request template has no "version"', fix: `add "version": "${newest}"` };
        continue;
      }
      if (version.value === undefined) continue;
      const place = placeIn(mapping, version.span);
      if (!versions.includes(version.value)) {
        yield { ...place, message: `AppSync has no template version "${version.value}"`, fix: `use "${newest}"` };
        continue;
      }
      const needy = version.value === newest ? undefined : needsNewest(dataSource, document.members.get('operation')?.value);
      if (needy !== undefined) yield { ...place, message: `${needy} needs template version "${newest}", got "${version.value}"`, fix: `use "${newest}"` };
    }
  },
);

const newSources: Readonly<Record<string, string>> = { RELATIONAL_DATABASE: 'an RDS data source', AMAZON_EVENTBRIDGE: 'an EventBridge data source', AMAZON_BEDROCK_RUNTIME: 'a Bedrock data source' };

/** What the first version does not know, as the subject of a sentence. */
function needsNewest(dataSource: DataSourceModel | undefined, operation: string | undefined): string | undefined {
  if (dataSource?.type === 'HTTP') return 'an HTTP data source';
  if (dataSource?.type === 'OTHER') return newSources[dataSource.awsType];
  if (dataSource?.type === 'AMAZON_DYNAMODB' && operation !== undefined && /^(?:Batch|Transact|Sync)/.test(operation)) return `operation "${operation}"`;
  return undefined;
}

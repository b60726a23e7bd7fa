import type { SchemaModel } from '../../sdl';
import type { ApiFinding, ApiRule } from './api-rule';

/** Assumed: a megabyte is 2^20 bytes, the larger reading. */
const limitBytes = 1024 * 1024;

export const schemaFitsOneMegabyte: ApiRule = {
  code: 'API_SCHEMA_SIZE',
  severity: 'error',
  summary: 'the schema that is uploaded has at most 1 MB',
  url: 'https://docs.aws.amazon.com/general/latest/gr/appsync.html',
  *check({ api, draft }) {
    if (!draft) return;
    const about = api.schemaResource ? { resource: api.schemaResource } : {};
    for (const finding of tooLarge(draft, api.schemaIsMerged === true)) yield { ...about, ...finding };
  },
  *checkSources({ draft }) {
    yield* tooLarge(draft, true);
  },
};

/** Merging drops comments, so only files beyond the limit are worth printing. */
function* tooLarge(draft: SchemaModel, isMerged: boolean): Iterable<ApiFinding> {
  const written = draft.sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (written <= limitBytes) return;
  const bytes = isMerged ? Buffer.byteLength(draft.sdl) : written;
  const [first] = draft.sources;
  if (bytes > limitBytes)
    yield {
      ...(first ? { location: { file: first.path, line: 1, column: 1 } } : {}),
      message: `the schema has ${bytes} bytes, ${bytes - limitBytes} more than AppSync takes`,
      fix: 'split the API and join the parts in a merged API',
    };
}

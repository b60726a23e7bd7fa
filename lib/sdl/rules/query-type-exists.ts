import type { SdlRule } from './sdl-rule';

export const queryTypeExists: SdlRule = {
  code: 'SDL_NO_QUERY',
  severity: 'error',
  summary: 'the schema has a root query type',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/designing-your-schema.html',
  *check({ schema, document, locate }) {
    if (schema.getQueryType()) return;
    const root = document.definitions.find((node) => node.kind === 'SchemaDefinition');
    yield {
      ...(root ? { at: locate(root) } : {}),
      message: root ? 'the "schema" block names no query type' : 'the schema has no "Query" type',
      fix: root ? 'add `query: Query` to the "schema" block' : 'add `type Query` with at least one field',
    };
  },
};

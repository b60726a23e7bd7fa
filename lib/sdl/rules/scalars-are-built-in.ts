import { Kind } from 'graphql';
import { appSyncScalarFor } from '../dialect';
import type { SdlRule } from './sdl-rule';

export const scalarsAreBuiltIn: SdlRule = {
  code: 'SDL_CUSTOM_SCALAR',
  severity: 'error',
  summary: 'the schema defines no scalar of its own',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
  *check({ document, locate }) {
    for (const node of document.definitions) {
      if (node.kind !== Kind.SCALAR_TYPE_DEFINITION) continue;
      const name = node.name.value;
      const replacement = appSyncScalarFor(name);
      yield {
        at: locate(node),
        message: `AppSync has no custom scalars, so "${name}" cannot be defined`,
        fix: `delete the definition and use ${replacement ? `"${replacement}"` : 'a scalar of AppSync, such as "String" or "AWSJSON",'} in place of "${name}"`,
      };
    }
  },
};

import { isTypeDefinitionNode, Kind } from 'graphql';
import type { SdlRule } from './sdl-rule';

export const typeNameLeavesAwsPrefix: SdlRule = {
  code: 'SDL_RESERVED_NAME',
  severity: 'error',
  summary: 'no type name begins with "AWS", which is AppSync\'s own prefix',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
  *check({ document, locate }) {
    for (const node of document.definitions) {
      if (!isTypeDefinitionNode(node) || node.kind === Kind.SCALAR_TYPE_DEFINITION || !node.name.value.startsWith('AWS')) continue;
      yield { at: locate(node), message: `type name "${node.name.value}" begins with "AWS", which AppSync keeps for its own types`, fix: 'give the type another name' };
    }
  },
};

import { Kind } from 'graphql';
import type { SdlRule } from './sdl-rule';

export const interfaceImplementsNothing: SdlRule = {
  code: 'SDL_INTERFACE_IMPLEMENTS',
  severity: 'error',
  summary: 'no interface implements another interface',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/interfaces-and-unions.html',
  *check({ document, locate }) {
    for (const node of document.definitions) {
      if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const implemented of node.interfaces ?? [])
        yield {
          at: locate(implemented),
          message: `interface "${node.name.value}" implements "${implemented.name.value}", but AppSync's interfaces implement nothing`,
          fix: `remove "implements" from "${node.name.value}", and let the object types implement both`,
        };
    }
  },
};

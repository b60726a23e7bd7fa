import { Kind } from 'graphql';
import type { SdlRule } from './sdl-rule';

/** Empty braces never get this far: the parser stops at them, and reports them under this code. */
export const typeHasFields: SdlRule = {
  code: 'SDL_EMPTY_TYPE',
  severity: 'error',
  summary: 'every type has a field, every enum a value, every union a member',
  url: 'https://docs.aws.amazon.com/appsync/latest/devguide/designing-your-schema.html',
  *check({ document, locate }) {
    for (const node of document.definitions) {
      switch (node.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
        case Kind.INPUT_OBJECT_TYPE_DEFINITION:
          if (!node.fields?.length) yield { at: locate(node), message: `"${node.name.value}" has no fields`, fix: `add a field to "${node.name.value}", or delete it` };
          break;
        case Kind.ENUM_TYPE_DEFINITION:
          if (!node.values?.length) yield { at: locate(node), message: `enum "${node.name.value}" has no values`, fix: `add a value to "${node.name.value}", or delete it` };
          break;
        case Kind.UNION_TYPE_DEFINITION:
          if (!node.types?.length) yield { at: locate(node), message: `union "${node.name.value}" has no members`, fix: `add a type to "${node.name.value}", or delete it` };
          break;
      }
    }
  },
};

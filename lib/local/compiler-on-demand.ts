/** The door to `lib/compiler` for the few who need it: it brings esbuild, which serving an API has no use for. */
import { createRequire } from 'node:module';
import type * as Compiler from '../compiler';

export function compiler(): typeof Compiler {
  return createRequire(__filename)('../compiler') as typeof Compiler;
}

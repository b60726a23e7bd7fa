import type { NodeOf } from '../syntax-tree';
import { type HandlerRule, keyword, supportedFeatures } from './handler-rule';

/** The loops AppSync refuses. */
export type RefusedLoop = NodeOf<'ForStatement' | 'WhileStatement' | 'DoWhileStatement'>;

const keywords = {
  ForStatement: { word: 'for', name: 'for (;;)' },
  WhileStatement: { word: 'while', name: 'while' },
  DoWhileStatement: { word: 'do', name: 'do…while' },
} as const;

export const hasNoLoopButForOf: HandlerRule = {
  code: 'RES_LOOP',
  severity: 'error',
  summary: 'loops are for…of and for…in',
  url: supportedFeatures,
  *check(handler) {
    for (const loop of handler.nodes('ForStatement', 'WhileStatement', 'DoWhileStatement')) {
      const { word, name } = keywords[loop.type];
      yield { at: keyword(loop, word), message: `"${name}" loops are not available`, fix: 'use for…of over an array, or an array method such as map' };
    }
  },
};

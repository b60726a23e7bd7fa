import { writtenName } from '../syntax-tree';
import { type HandlerRule, supportedFeatures } from './handler-rule';

export const sortsWithoutComparator: HandlerRule = {
  code: 'RES_SORT',
  severity: 'error',
  summary: 'sort() is called without a comparator',
  url: supportedFeatures,
  *check(handler) {
    for (const { callee, arguments: given } of handler.nodes('CallExpression')) {
      const [comparator] = given;
      if (callee.type !== 'MemberExpression' || writtenName(callee) !== 'sort' || !comparator || !handler.names.functionBehind(comparator)) continue;
      yield { at: callee.property, message: '"sort" takes no comparator', fix: 'let the data source sort, or sort() an array of key strings and look the items up' };
    }
  },
};

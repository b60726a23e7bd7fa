/** When two items are equal: a canonical text for typed values. */
import type { AttributeValue, Item } from './table-error';

/** Text that is equal for two items exactly when DynamoDB would call them equal: order in maps and sets, and the spelling of numbers, do not count. */
export function canonicalItem(item: Item, isIgnored: (attribute: string) => boolean = () => false): string {
  const names = Object.keys(item).filter((name) => !isIgnored(name));
  return `{${names.sort().map((name) => `${JSON.stringify(name)}:${canonicalValue(item[name]!)}`).join()}}`;
}

/** The same for one typed value. */
export function canonicalValue(value: AttributeValue): string {
  const [type, content] = Object.entries(value)[0] ?? ['', null];
  switch (type) {
    case 'N':
      return `N${canonicalNumber(content as string)}`;
    case 'NS':
      return `NS${JSON.stringify((content as string[]).map(canonicalNumber).sort())}`;
    case 'SS':
    case 'BS':
      return `${type}${JSON.stringify([...(content as string[])].sort())}`;
    case 'L':
      return `[${(content as AttributeValue[]).map(canonicalValue).join()}]`;
    case 'M':
      return canonicalItem(content as Item);
    default:
      return type + JSON.stringify(content);
  }
}

/** `-12.50e1` and `-125` both give `-125e0`: digits without zeros at either end, and the power of ten they are multiplied by. */
function canonicalNumber(text: string): string {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign === '-' ? '-' : ''}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

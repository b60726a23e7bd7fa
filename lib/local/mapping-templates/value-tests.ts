/** Members of `$util` that look at a value: `isNull`, `defaultIfNull`, `isString`, `typeOf` and their like. */
import { isNumber, type JavaValue, type TemplateFunction } from '../../velocity';
import { takes } from './template-functions';

const isNull = (value: JavaValue): boolean => value === null;
/** Lists and maps count as empty by their size: Amplify's templates ask so. */
const isNullOrEmpty = (value: JavaValue): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
const isNullOrBlank = (value: JavaValue): boolean => isNullOrEmpty(value) || (typeof value === 'string' && value.trim() === '');

const test = (holds: (value: JavaValue) => boolean): TemplateFunction => takes(1, (value = null) => holds(value));
const defaultIf = (holds: (value: JavaValue) => boolean): TemplateFunction => takes(2, (value = null, fallback = null) => (holds(value) ? fallback : value));

/** Source: https://docs.aws.amazon.com/appsync/latest/devguide/utility-helpers-in-util.html */
export const valueTests = {
  isNull: test(isNull),
  isNullOrEmpty: test(isNullOrEmpty),
  isNullOrBlank: test(isNullOrBlank),
  defaultIfNull: defaultIf(isNull),
  defaultIfNullOrEmpty: defaultIf(isNullOrEmpty),
  defaultIfNullOrBlank: defaultIf(isNullOrBlank),
  isString: test((value) => typeof value === 'string'),
  isNumber: test(isNumber),
  isBoolean: test((value) => typeof value === 'boolean'),
  isList: test(Array.isArray),
  isMap: test((value) => value instanceof Map),
  typeOf: takes(1, (value = null) => typeOf(value)),
};

function typeOf(value: JavaValue): string {
  if (value === null) return 'Null';
  if (isNumber(value)) return 'Number';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (Array.isArray(value)) return 'List';
  return value instanceof Map ? 'Map' : 'Object';
}

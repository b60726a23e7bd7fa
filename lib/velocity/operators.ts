/** `+ - * / %` and comparisons, as Apache Velocity 1.7 computes them: whole numbers stay whole, and what cannot be computed is null. */
import { integer, isNumber, isSame, JavaDouble, type JavaValue, numberOf, textOf } from './java-values';
import type { BinaryOperator } from './syntax-tree';

type Arithmetic = Extract<BinaryOperator, '+' | '-' | '*' | '/' | '%'>;
type Comparison = Extract<BinaryOperator, '<' | '>' | '<=' | '>='>;

export function compute(operator: Arithmetic, left: JavaValue, right: JavaValue): JavaValue {
  if (!isNumber(left) || !isNumber(right)) return null;
  if (left instanceof JavaDouble || right instanceof JavaDouble) return double(operator, numberOf(left), numberOf(right));
  const exact = typeof left === 'number' && typeof right === 'number' ? whole(operator, left, right) : undefined;
  return exact === undefined || (exact !== null && !Number.isSafeInteger(exact)) ? large(operator, BigInt(left), BigInt(right)) : exact;
}

function double(operator: Arithmetic, left: number, right: number): JavaValue {
  if ((operator === '/' || operator === '%') && right === 0) return null;
  switch (operator) {
    case '+':
      return new JavaDouble(left + right);
    case '-':
      return new JavaDouble(left - right);
    case '*':
      return new JavaDouble(left * right);
    case '/':
      return new JavaDouble(left / right);
    case '%':
      return new JavaDouble(left % right);
  }
}

/** `+ 0` turns JavaScript's negative zero into the only zero that Java's integers have. */
function whole(operator: Arithmetic, left: number, right: number): number | null {
  if ((operator === '/' || operator === '%') && right === 0) return null;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right + 0;
    case '/':
      return Math.trunc(left / right) + 0;
    case '%':
      return (left % right) + 0;
  }
}

function large(operator: Arithmetic, left: bigint, right: bigint): JavaValue {
  if ((operator === '/' || operator === '%') && right === 0n) return null;
  switch (operator) {
    case '+':
      return integer(left + right);
    case '-':
      return integer(left - right);
    case '*':
      return integer(left * right);
    case '/':
      return integer(left / right);
    case '%':
      return integer(left % right);
  }
}

/** Only numbers are in an order; everything else compares false. */
export function compare(operator: Comparison, left: JavaValue, right: JavaValue): boolean {
  if (!isNumber(left) || !isNumber(right)) return false;
  const [a, b] = [numberOf(left), numberOf(right)];
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
  }
}

/** `==` of Velocity: numbers by value, null to null, and values of different classes by what they print. */
export function isEqual(left: JavaValue, right: JavaValue): boolean {
  if (left === null || right === null) return left === right;
  if (isNumber(left) && isNumber(right)) return numberOf(left) === numberOf(right);
  return classOf(left) === classOf(right) ? isSame(left, right) : textOf(left) === textOf(right);
}

function classOf(value: JavaValue): string {
  if (isNumber(value)) return 'number';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'map' : typeof value;
}

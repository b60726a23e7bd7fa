/** `$util.toJson`: Java values to JSON text, as Jackson writes them (a Double keeps its decimal, a large integer its digits). */
import { JavaDouble, JavaEntry, type JavaValue, TemplateFailure, TemplateObject, textOf } from '../../velocity';

/** In characters. Source: quota of 5 MB for an evaluated request or response. */
const maxLength = 5_000_000;

/** Deeper values are taken for cycles. */
const maxDepth = 200;

/** @throws TemplateFailure for a value that holds itself or makes more than 5 MB of text */
export function toJson(value: JavaValue, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : limited(composite(value, depth));
  }
}

function composite(value: Exclude<JavaValue, null | string | number | bigint | boolean>, depth: number): string {
  if (depth > maxDepth) throw new TemplateFailure('A value is nested too deeply.');
  if (value instanceof JavaDouble) return Number.isFinite(value.value) ? textOf(value) : JSON.stringify(textOf(value));
  if (value instanceof TemplateObject) return '{}';
  if (value instanceof JavaEntry) return `{${member(value.key, value.value, depth)}}`;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text = limited(text + (text === '' ? '' : ',') + toJson(item, depth + 1));
    return `[${text}]`;
  }
  for (const [key, item] of value) text = limited(text + (text === '' ? '' : ',') + member(key, item, depth));
  return `{${text}}`;
}

function member(key: JavaValue, value: JavaValue, depth: number): string {
  return `${JSON.stringify(textOf(key))}:${toJson(value, depth + 1)}`;
}

function limited(text: string): string {
  if (text.length > maxLength) throw new TemplateFailure('The template makes more than 5 MB of text.');
  return text;
}

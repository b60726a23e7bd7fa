/** Built-ins of APPSYNC_JS as functions that templates call: Java values in, Java values out, and only with as many arguments as the Java method takes. */
import { type JavaValue, type TemplateFunction, toJava, toPlain } from '../../velocity';
import type { Builtin } from '../builtins';

/** How many arguments a method takes: exactly, or from and to. */
export type Arity = number | readonly [number, number];

/** A function with a number of arguments; called with another number, Velocity finds no such method. */
export function takes(arity: Arity, run: TemplateFunction): TemplateFunction {
  const [least, most] = typeof arity === 'number' ? [arity, arity] : arity;
  return (...args) => (args.length < least || args.length > most ? undefined : run(...args));
}

/** What a method without a result leaves in the text. */
export const nothing = '';

/** A built-in that returns nothing prints nothing. */
export function wrapped(arity: Arity, builtin: Builtin): TemplateFunction {
  return takes(arity, (...args) => {
    const result = builtin(...args.map((arg) => toPlain(arg)));
    return result === undefined ? nothing : toJava(result);
  });
}

/** The built-in's result as JSON text. */
export function asJson(arity: Arity, builtin: Builtin): TemplateFunction {
  return takes(arity, (...args) => JSON.stringify(builtin(...args.map((arg) => toPlain(arg))) ?? null));
}

/** A built-in that wants a string: null has no text to work on and stays null. */
export function ofText(arity: Arity, builtin: Builtin): TemplateFunction {
  const run = wrapped(arity, builtin);
  return (...args) => (args[0] === null ? (null satisfies JavaValue) : run(...args));
}

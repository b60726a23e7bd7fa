/**
 * The JavaScript that turns a bare `vm` context into the APPSYNC_JS world: trims the built-ins to those AppSync has, counts the work of
 * the rest, and makes `util` and its like out of host functions without ever handing a host object to the handler.
 * It is text because it has to run inside the context; everything that can live on the host does (`builtins/`).
 *
 * Source of the method lists: https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html; methods it lists and those it neither
 * lists nor denies are kept (Assumed), those its linter denies are removed.
 */
import { maxLoopIterations, maxWork } from './transform';

/** Globals of the realm that handlers may name besides those the library defines. Assumed: the conversion functions, which AppSync neither lists nor denies. */
export const languageGlobals = ['Object', 'String', 'Number', 'Boolean', 'Array', 'Math', 'JSON', 'parseInt', 'parseFloat', 'isNaN', 'isFinite'] as const;

/** Members that would undo the sandbox, or that AppSync denies. */
const removed = {
  'Object': 'create defineProperty defineProperties freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf is isExtensible isFrozen isSealed preventExtensions seal setPrototypeOf',
  'Object.prototype': 'hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__',
  'Function.prototype': 'apply bind call',
  'Array': 'from fromAsync of',
  'Array.prototype': 'copyWithin entries keys values toLocaleString',
  'String': 'fromCharCode fromCodePoint',
  'String.prototype': 'charCodeAt localeCompare match matchAll padEnd padStart repeat search toLocaleLowerCase toLocaleUpperCase',
};

/** Array methods whose cost the length of the array bounds. */
const countedArrayMethods =
  'at every fill filter find findIndex findLast findLastIndex forEach includes indexOf join lastIndexOf map push reduce reduceRight reverse shift slice some splice unshift toReversed toSpliced with';

/** String methods that read the whole text. */
const countedStringMethods = 'concat includes indexOf isWellFormed lastIndexOf normalize split toLowerCase toUpperCase toWellFormed trim trimEnd trimStart';

/**
 * An expression `(host) => realm`; see `RealmSide` in `realm.ts`.
 * `host.call` and `host.replace` are host functions: they stay in this closure, take values of the realm and return plain host data, which `adopt` copies.
 */
export const realmScript = `(host) => {
'use strict';
const { apply } = Reflect;
const { keys, assign, entries, values, freeze, defineProperty, getOwnPropertyNames, getPrototypeOf } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const { iterator } = Symbol;
const world = globalThis;
const RealmError = Error;

// Shared with the host, which resets it, and with the scripts, whose counters it holds; no name of a handler leads to it.
const state = { __proto__: null, work: 0, signal: 0, text: '', line: 1, column: 1 };
const halt = freeze({ __proto__: null });
class LibraryError extends RealmError {}

const define = (target, name, value) => defineProperty(target, name, { __proto__: null, value, writable: true, configurable: true });
const charge = (amount) => { if ((state.work += amount) > ${maxWork}) spent(); };
const spent = () => { throw new LibraryError('Code execution exceeded the limit of ${maxWork} steps.'); };
const looped = () => { throw new LibraryError('Loop exceeded the limit of ${maxLoopIterations} iterations.'); };
const spread = (value) => {
  if (isArray(value) || typeof value === 'string') charge(value.length);
  return value;
};

const adopt = (value) => {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (isArray(value)) {
    const list = [];
    for (let i = 0; i < value.length; i++) list[i] = adopt(value[i]);
    return list;
  }
  const record = {};
  const names = keys(value);
  for (let i = 0; i < names.length; i++) {
    const member = value[names[i]];
    if (member !== undefined) record[names[i]] = adopt(member);
  }
  return record;
};

const stop = () => {
  const { signal, text } = state;
  state.signal = 0;
  if (signal === 1) throw halt;
  throw new LibraryError(text);
};
const shim = (index) => (...args) => {
  const value = host.call(index, args);
  if (state.signal !== 0) stop();
  return typeof value === 'object' && value !== null ? adopt(value) : value;
};
const build = (shape) => {
  if (typeof shape === 'number') return freeze(shim(shape));
  const group = {};
  const names = keys(shape);
  for (let i = 0; i < names.length; i++) group[names[i]] = build(shape[names[i]]);
  return freeze(group);
};

// A handler sees only what the wrapper of its script binds; what is left on the global object would be reachable by name.
const removedMembers = parse(host.removedMembers);
const kept = parse(host.keptGlobals);
const array = Array.prototype;
const string = String.prototype;
const native = { __proto__: null };
for (const name of getOwnPropertyNames(array)) native[name] = array[name];
const method = (target, name, make) => define(target, name, ({ [name](...args) { return make(this, args); } })[name]);

for (const name of '${countedArrayMethods}'.split(' ')) {
  const run = native[name];
  if (run) method(array, name, (self, args) => { charge(self.length); return apply(run, self, args); });
}
method(array, 'concat', (self, args) => {
  charge(self.length);
  for (let i = 0; i < args.length; i++) spread(args[i]);
  return apply(native.concat, self, args);
});
const flat = (list, depth) => {
  const out = [];
  charge(list.length);
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (isArray(item) && depth > 0) {
      const inner = flat(item, depth - 1);
      charge(inner.length);
      for (let j = 0; j < inner.length; j++) out[out.length] = inner[j];
    } else out[out.length] = item;
  }
  return out;
};
method(array, 'flat', (self, [depth]) => flat(self, depth === undefined ? 1 : depth));
method(array, 'flatMap', (self, args) => { charge(self.length); return flat(apply(native.map, self, args), 1); });
const sorting = (run) => (self, args) => {
  if (args[0] !== undefined) throw new LibraryError('Array.prototype.sort does not support a comparator.');
  charge(self.length);
  return apply(run, self, []);
};
method(array, 'sort', sorting(native.sort));
if (native.toSorted) method(array, 'toSorted', sorting(native.toSorted));

for (const name of '${countedStringMethods}'.split(' ')) {
  const run = string[name];
  if (run) method(string, name, (self, args) => { charge(self.length); return apply(run, self, args); });
}
const replaceShim = (isGlobal) => (self, [pattern, replacement]) => {
  const text = '' + self;
  charge(text.length);
  const value = host.replace(text, '' + pattern, '' + replacement, isGlobal);
  if (state.signal !== 0) stop();
  return value;
};
method(string, 'replace', replaceShim(false));
method(string, 'replaceAll', replaceShim(true));
define(Object, 'keys', (value) => keys(spread(value)));
define(Object, 'entries', (value) => entries(spread(value)));
define(Object, 'values', (value) => values(spread(value)));
define(Object, 'assign', (target, ...sources) => { for (let i = 0; i < sources.length; i++) spread(sources[i]); return assign(target, ...sources); });

const chargeTree = (value, depth) => {
  charge(typeof value === 'string' ? value.length + 1 : 1);
  if (typeof value !== 'object' || value === null || depth > 600) return;
  if (isArray(value)) {
    charge(value.length);
    for (let i = 0; i < value.length; i++) chargeTree(value[i], depth + 1);
  } else {
    const names = keys(value);
    for (let i = 0; i < names.length; i++) chargeTree(value[names[i]], depth + 1);
  }
};
define(JSON, 'parse', (text) => {
  try {
    return parse(text);
  } catch {
    return '';
  }
});
define(JSON, 'stringify', (value, _replacer, space) => { chargeTree(value, 0); return stringify(value, null, space); });

// Its text would show what the sandbox is made of.
define(Function.prototype, 'toString', () => 'function');

const generator = getPrototypeOf(function* () {});
const lists = {
  __proto__: null, Object, Array, String,
  'Object.prototype': Object.prototype, 'Function.prototype': Function.prototype, 'Array.prototype': array, 'String.prototype': string,
};
for (const name of keys(removedMembers)) for (const member of removedMembers[name].split(' ')) delete lists[name][member];
// Without "constructor" no value leads to Function, which would compile text.
for (const prototype of [Object.prototype, Function.prototype, array, string, Number.prototype, Boolean.prototype, RealmError.prototype, Symbol.prototype,
  BigInt.prototype, RegExp.prototype, Promise.prototype, generator, generator.prototype, getPrototypeOf(generator),
  getPrototypeOf(async function () {}), getPrototypeOf(async function* () {}), getPrototypeOf(getPrototypeOf([][iterator]()))]) {
  delete prototype.constructor;
}
for (const name of ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError']) delete world[name].prototype.constructor;
RealmError.stackTraceLimit = 50;
RealmError.prepareStackTrace = (error, sites) => {
  for (let i = 0; i < sites.length; i++) if (sites[i].getFileName() === 'code.js') return sites[i].getLineNumber() + ':' + sites[i].getColumnNumber();
  return '';
};

// A frozen prototype forbids assigning a member of the same name to any object; data may well have a member called "toString".
for (const name of ['toString', 'valueOf']) {
  const original = Object.prototype[name];
  defineProperty(Object.prototype, name, {
    get() { return original; },
    set(value) { defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true }); },
  });
}
for (const target of [Object, Array, String, Number, Boolean, Math, JSON, Object.prototype, Function.prototype, array, string, Number.prototype, Boolean.prototype, RealmError,
  RealmError.prototype, getPrototypeOf([][iterator]()), getPrototypeOf(''[iterator]())]) {
  freeze(target);
}

const bound = { __proto__: null };
for (const name of kept) bound[name] = world[name];
for (const name of getOwnPropertyNames(world)) {
  // V8 reads Error here to format stacks; handlers cannot, their wrapper hides it.
  if (!['Error', 'NaN', 'Infinity', 'undefined'].includes(name) && !kept.includes(name)) delete world[name];
}
bound.Error = undefined;
bound.globalThis = undefined;

const shape = parse(host.shape);
const library = build(shape.globals);
const modules = build(shape.modules);
assign(bound, library);
const console = bound.console;

const begin = (context) => ({
  args: adopt(context.args), identity: adopt(context.identity), source: adopt(context.source), stash: adopt(context.stash ?? {}),
  request: adopt(context.request), env: freeze(adopt(context.env)), outErrors: adopt(context.outErrors ?? []), info: new Info(context.info),
});
// JSON.stringify(ctx.info) leaves the selection set out, and most requests never build it. Accessors stand on the prototype, because an
// object literal with an accessor is a hidden class of its own, which keeps a whole request in memory until the next full collection.
class Info {
  #host;
  #selectionSetList;
  constructor(host) {
    this.fieldName = host.fieldName;
    this.parentTypeName = host.parentTypeName;
    this.variables = adopt(host.variables);
    this.#host = host;
  }
  get selectionSetList() { return (this.#selectionSetList ??= adopt(this.#host.selectionSetList)); }
  get selectionSetGraphQL() { return this.#host.selectionSetGraphQL; }
}
delete Info.prototype.constructor;
freeze(Info.prototype);
const run = (handler, invocation, step) => {
  const { args, identity, source, stash, request, info, env, outErrors } = invocation;
  const ctx = { arguments: args, args, identity, source, stash, request, info, env, outErrors };
  if (step.prev !== undefined) ctx.prev = adopt(step.prev);
  if (step.result !== undefined) ctx.result = adopt(step.result);
  if (step.error !== undefined) ctx.error = adopt(step.error);
  return handler(ctx);
};
const append = (invocation, error) => { invocation.outErrors[invocation.outErrors.length] = adopt(error); };
assign(state, {
  globals: freeze(bound), spent, looped, spread,
  console: (line, column) => { state.line = line; state.column = column; return console; },
});

return { __proto__: null, state, halt, modules, begin, run, append, isLibraryError: (error) => error instanceof LibraryError };
}`;

/** The member lists `realmScript` reads, as JSON text. */
export const removedMembers = JSON.stringify(removed);

/**
 * The properties of one resource, read by name and type. Only what is asked for is evaluated, so an expression without a local
 * value is reported when the model needs it and not before. A value of the wrong type is a `MAN_PROPERTY` error.
 */
import type { ResourceRef } from '../diagnostics';
import { evaluate, intrinsicOf, type Scope } from './intrinsics';
import type { Problems } from './problems';
import { asPlain, type Plain } from './template-file';

export class Properties {
  constructor(
    private readonly raw: Plain,
    private readonly scope: Scope,
    private readonly problems: Problems,
    private readonly resource: ResourceRef,
    /** Path of `raw` inside the resource's properties, for messages: empty, or ending with a dot. */
    private readonly prefix = '',
  ) {}

  /** The evaluated value at a dotted path; undefined when any part of it is missing. */
  value(path: string): unknown {
    const place = { logicalId: this.resource.logicalId, property: this.prefix + path };
    let current: unknown = this.raw;
    for (const key of path.split('.')) {
      const object = asPlain(current);
      current = asPlain(intrinsicOf(object) ? evaluate(object, this.scope, place) : object)[key];
    }
    return evaluate(current, this.scope, place) ?? undefined;
  }

  has(path: string): boolean {
    return this.value(path) !== undefined;
  }

  /** A text that the template writes out; undefined for one that depends on where it is deployed. */
  literal(path: string): string | undefined {
    const value = path.split('.').reduce<unknown>((object, key) => asPlain(object)[key], this.raw);
    return typeof value === 'string' ? value : undefined;
  }

  /** A text that AWS requires; when it is missing that is reported, and undefined returned. */
  required(path: string): string | undefined {
    this.reportMissing(path);
    return this.text(path);
  }

  requiredNumber(path: string): number | undefined {
    this.reportMissing(path);
    return this.number(path);
  }

  text(path: string): string | undefined {
    const value = this.value(path);
    switch (typeof value) {
      case 'undefined':
      case 'string':
        return value;
      case 'number':
      case 'boolean':
        return String(value);
      default:
        return this.wrongType(path, 'a text', value);
    }
  }

  /** CloudFormation takes numbers as texts too. */
  number(path: string): number | undefined {
    const value = this.value(path);
    if (value === undefined) return undefined;
    const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
    return Number.isFinite(number) ? number : this.wrongType(path, 'a number', value);
  }

  flag(path: string): boolean | undefined {
    const value = this.value(path);
    if (value === undefined || typeof value === 'boolean') return value;
    return value === 'true' || value === 'false' ? value === 'true' : this.wrongType(path, 'true or false', value);
  }

  texts(path: string): string[] {
    return this.list(path).map(String);
  }

  /** The elements of a list of objects. */
  objects(path: string): Properties[] {
    return this.list(path).map((item, index) => new Properties(asPlain(item), this.scope, this.problems, this.resource, `${this.prefix}${path}[${index}].`));
  }

  /** Every property, evaluated, but for some. */
  all(except: readonly string[] = []): Plain {
    const keys = Object.keys(this.raw).filter((key) => !except.includes(key));
    return Object.fromEntries(keys.map((key) => [key, this.value(key)] as const).filter(([, value]) => value !== undefined));
  }

  /**
   * Reports a `MAN_PROPERTY` error about a property of this resource: `"<path>" of "<logical id>" <problem>`.
   * Says nothing of a stand-in for a value without a local one: that was reported already.
   */
  report(path: string, problem: string, fix: string): void {
    const value = this.value(path);
    if (typeof value === 'string' && this.problems.placeholders.has(value)) return;
    this.problems.add({ code: 'MAN_PROPERTY', message: `"${this.prefix}${path}" of "${this.resource.logicalId}" ${problem}`, fix, resource: this.resource });
  }

  private reportMissing(path: string): void {
    if (!this.has(path)) this.report(path, 'is missing', `add "${this.prefix}${path}" to "${this.resource.logicalId}"`);
  }

  private list(path: string): readonly unknown[] {
    const value = this.value(path);
    if (value === undefined) return [];
    return Array.isArray(value) ? value : (this.wrongType(path, 'a list', value) ?? []);
  }

  private wrongType(path: string, expected: string, value: unknown): undefined {
    const got = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value);
    this.report(path, `must be ${expected}, got ${got}`, `make "${this.prefix}${path}" ${expected}`);
    return undefined;
  }
}

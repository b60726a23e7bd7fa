/** The maps behind `$ctx`: plain data that becomes Java values when a template first reads it, since most templates read little of their context. */
import { type JavaValue, toJava } from '../../velocity';

export class ContextMap extends Map<JavaValue, JavaValue> {
  private readonly pending = new Map<JavaValue, unknown>();

  /**
   * @param members plain data by name, listed in this order
   * @param unlisted members that are found by name only: neither `keySet()` nor `$util.toJson` shows them
   */
  constructor(
    members: Readonly<Record<string, unknown>>,
    private readonly unlisted: Readonly<Record<string, () => JavaValue>> = {},
  ) {
    super();
    for (const name in members) this.supply(name, members[name]);
  }

  /** Gives a member plain data. */
  supply(name: string, data: unknown): void {
    super.set(name, null);
    this.pending.set(name, data);
  }

  override get(key: JavaValue): JavaValue | undefined {
    if (this.pending.has(key)) this.convert(key);
    const value = super.get(key);
    return value === undefined ? this.named(key)?.() : value;
  }

  override has(key: JavaValue): boolean {
    return super.has(key) || this.named(key) !== undefined;
  }

  override set(key: JavaValue, value: JavaValue): this {
    this.pending.delete(key);
    return super.set(key, value);
  }

  override delete(key: JavaValue): boolean {
    this.pending.delete(key);
    return super.delete(key);
  }

  override clear(): void {
    this.pending.clear();
    super.clear();
  }

  override values(): MapIterator<JavaValue> {
    this.convertAll();
    return super.values();
  }

  override entries(): MapIterator<[JavaValue, JavaValue]> {
    this.convertAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[JavaValue, JavaValue]> {
    return this.entries();
  }

  private named(key: JavaValue): (() => JavaValue) | undefined {
    return typeof key === 'string' && Object.hasOwn(this.unlisted, key) ? this.unlisted[key] : undefined;
  }

  private convert(key: JavaValue): void {
    super.set(key, toJava(this.pending.get(key)));
    this.pending.delete(key);
  }

  private convertAll(): void {
    for (const key of this.pending.keys()) this.convert(key);
  }
}

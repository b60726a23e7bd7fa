/** Values that are known when somebody subscribes: what filters compare with and look-ups are keyed by. */

/** @internal */
export type ValueForm =
  | { readonly kind: 'argument'; readonly name: string }
  | { readonly kind: 'identity'; readonly member: string }
  | { readonly kind: 'fixed'; readonly value: FixedValue }
  | { readonly kind: 'joined'; readonly separator: string; readonly parts: readonly Value[] };

export type FixedValue = string | number | boolean | readonly string[] | readonly number[];

/** A value of the subscription's arguments, of the caller's identity, or of the stack. */
export class Value {
  /** An argument of the subscription. */
  static argument(name: string): Value {
    return new Value({ kind: 'argument', name });
  }

  /**
   * A member of the caller's identity: `sub`, `username`, `groups`, or a claim such as `claims.custom:tenantId`.
   * A caller without it is refused.
   */
  static identity(member: string): Value {
    return new Value({ kind: 'identity', member });
  }

  /** A text, number, boolean, or list of texts or numbers. */
  static fixed(value: FixedValue): Value {
    return new Value({ kind: 'fixed', value });
  }

  /**
   * Several values as one text, for composed keys. A caller whose value has the separator in it is refused: `a#b` and `c` would make the
   * key of `a` and `b#c`.
   */
  static join(separator: string, ...parts: Value[]): Value {
    if (separator === '') throw new Error('"separator" of joined values must not be empty');
    return new Value({ kind: 'joined', separator, parts });
  }

  private constructor(
    /** @internal */
    readonly form: ValueForm,
  ) {}
}

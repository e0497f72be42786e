/** An expected outcome as a value: what was asked for, or why not. Faults (a table that throttles) are exceptions. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** @example ok(3) // { ok: true, value: 3 } */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** @example fail({ code: 'AddressEmpty' }) // { ok: false, error: { code: 'AddressEmpty' } } */
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** What went wrong with outside input: a stable code to switch on and a sentence to read. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  /** The offending value, what was expected, the remedy. */
  readonly message: string;
}

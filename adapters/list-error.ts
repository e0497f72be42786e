import type { AddressCode } from '../core/address/address.ts';
import type { Problem } from '../core/result.ts';

/** Why an address has no key, `ScopeInvalid` (no stream), or `TimeInvalid` (no time). */
export type ListInputCode = AddressCode | 'ScopeInvalid' | 'TimeInvalid';

/** The list was asked or told something that it cannot take: a malformed address, stream or time. */
export class ListInputInvalid extends Error {
  override readonly name = 'ListInputInvalid';
  readonly code: ListInputCode;

  constructor({ code, message }: Problem<ListInputCode>) {
    super(message);
    this.code = code;
  }
}

/**
 * The list could not be read or written. After a read: nobody knows who may be mailed, so mail nobody. After a write: it
 * may have happened; doing it again is harmless.
 */
export class ListUnavailable extends Error {
  override readonly name = 'ListUnavailable';
  readonly code = 'ListUnavailable';
  readonly retryable = true;
}

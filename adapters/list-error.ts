import type { AddressCode } from '../core/address/address.ts';
import type { Problem } from '../core/result.ts';

/** Why an address has no key, or what is wrong with another input. */
export type ListInputCode =
  | AddressCode
  | 'AddressesNotAList'
  | 'ScopeInvalid'
  | 'TimeInvalid'
  | 'TextInvalid'
  | 'TableInvalid'
  | 'PolicyInvalid'
  | 'OptionsInvalid';

/** The input that is at fault, as the methods call it. */
export type ListInputField =
  | 'address'
  | 'addresses'
  | 'stream'
  | 'scope'
  | 'at'
  | 'by'
  | 'note'
  | 'table'
  | 'policy'
  | 'options';

/** The list was asked or told something that it cannot take: a malformed address, stream, time or text. */
export class ListInputInvalid extends Error {
  override readonly name = 'ListInputInvalid';
  readonly code: ListInputCode;
  readonly field: ListInputField;

  constructor(field: ListInputField, { code, message }: Problem<ListInputCode>) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/**
 * The list could not be read or written. After a read: nobody knows who may be mailed, so mail nobody. After a write: it
 * may have happened; doing it again is harmless. Where that alone cannot help the message has the remedy.
 */
export class ListUnavailable extends Error {
  override readonly name = 'ListUnavailable';
  readonly code = 'ListUnavailable';
  readonly retryable = true;
}

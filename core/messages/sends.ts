import type { KeyHash } from './key-hash.ts';
import type { SendRecord } from './send-record.ts';

/** Whether a write happened; `lost`: the record was no longer the one it was meant for, and nothing was written. */
export type Written = 'written' | 'lost';

/**
 * The records of sends as core sees them. Implementations pass one contract suite. Every operation may be repeated by a
 * client that lost its answer: a repeated {@link begin} is `lost` to the record it wrote itself, the rest come to the same.
 */
export interface Sends {
  /** A token that no other record has. */
  token(): string;
  /**
   * The record of a key, read consistently; it may be one that has expired.
   *
   * @throws RecordUnreadable if it is none that this version can read; otherwise when the table cannot say
   */
  read(key: KeyHash): Promise<SendRecord | undefined>;
  /**
   * Writes a new record.
   *
   * @param over - the token of the record it takes the place of; undefined: only if there is none
   * @throws RecordTooLarge if the table takes no record of this size; otherwise when the table cannot say, and then the
   *   write may have happened
   */
  begin(record: SendRecord, over: string | undefined): Promise<Written>;
  /**
   * Writes how far the record with this token has come. What was answered stays: `lost` unless the answer is the same.
   *
   * @throws when the table cannot say; the write may have happened
   */
  advance(record: SendRecord): Promise<Written>;
  /**
   * Deletes the record with this token, if it is still running: its key may be used again.
   *
   * @throws when the table cannot say; it may have happened
   */
  release(record: SendRecord): Promise<void>;
}

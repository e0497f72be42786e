import type { EntryKey } from '../entry/entry.ts';
import type { KeyedMail } from '../feedback/keyed-mail.ts';
import { inParallel } from '../in-parallel.ts';
import { parseInstant, SECOND } from '../instant.ts';
import type { Read, Stored } from '../ledger/ledger.ts';
import type { KeyHash } from './key-hash.ts';
import { messageIdHeader } from './message-id-header.ts';
import { RecordTooLarge } from './record-too-large.ts';
import { RecordUnreadable } from './record-unreadable.ts';
import type { SendRecord } from './send-record.ts';
import type { Sends } from './sends.ts';

/** The records of sends as feedback needs them. */
export interface Settling extends Pick<Sends, 'advance'> {
  /**
   * Entries of the list and records of sends, read consistently in the same requests, 100 keys each; keys may repeat.
   * Never throws.
   */
  readWith(
    entries: readonly EntryKey[],
    keys: readonly KeyHash[],
  ): Promise<{ readonly entries: Read<Stored>; readonly records: Read<SendRecord> }>;
  /** The Region that the mail was sent in. */
  readonly region: string;
}

/** What became of the records that some feedback is about. */
export interface Settled {
  /** Records that were written. */
  readonly settled: number;
  /** Keys whose record could not be read or written, with the fault: their feedback is to be delivered again. */
  readonly failed: ReadonlyMap<KeyHash, Error>;
  /** Keys whose record nobody can read, or the table takes no more of, with the fault: no retry would help. */
  readonly stuck: ReadonlyMap<KeyHash, Error>;
}

/** Writes under way at once. */
const PARALLEL = 16;
/** SES's clock may be this far behind ours. */
const CLOCKS_MS = 300 * SECOND;

const isStuck = (fault: Error): boolean => fault instanceof RecordUnreadable || fault instanceof RecordTooLarge;

/** A key may be used again after 30 days, and a complaint about its first mail may come as late. */
const isOlder = ({ timestamp }: KeyedMail, { begunAt }: SendRecord): boolean =>
  (parseInstant(timestamp) ?? begunAt) < begunAt - CLOCKS_MS;

/** Each Region remembers its own sends, and the same key may have been used in two. */
const isOfAnother = (mail: KeyedMail, region: string): boolean => mail.region !== undefined && mail.region !== region;

/**
 * Answers what was sent and never heard of: whatever SES reports on a mail, it has accepted that mail. One write for each
 * record that is still open; none for others, and none is made. Mail of another Region settles nothing.
 *
 * @param records - what was read of the keys of these mails
 * @returns a fault of one key fails that key alone
 * @throws never
 */
export const settle = async (
  mails: readonly KeyedMail[],
  records: Read<SendRecord>,
  { advance, region }: Pick<Settling, 'advance' | 'region'>,
): Promise<Settled> => {
  const failed = new Map<KeyHash, Error>();
  const stuck = new Map<KeyHash, Error>();
  const open = new Map<KeyHash, SendRecord>();
  for (const mail of mails) {
    const { key, messageId } = mail;
    const fault = records.failed.get(key);
    if (fault !== undefined) (isStuck(fault) ? stuck : failed).set(key, fault);
    const record = records.found.get(key);
    if (record === undefined || open.has(key) || isOlder(mail, record) || isOfAnother(mail, region)) continue;
    const { state } = record.progress;
    if (state !== 'running' && state !== 'unknown') continue;
    const header = messageIdHeader(messageId, region);
    open.set(key, { ...record, progress: { state: 'answered', messageId, messageIdHeader: header } });
  }
  let settled = 0;
  await inParallel(PARALLEL, open, async ([key, record]) => {
    try {
      if ((await advance(record)) === 'written') settled += 1;
    } catch (fault) {
      const error = fault instanceof Error ? fault : new Error(String(fault));
      (isStuck(error) ? stuck : failed).set(key, error);
    }
  });
  return { settled, failed, stuck };
};

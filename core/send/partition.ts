import type { Address } from '../address/address.ts';
import { blocks, type Standing } from '../entry/derive.ts';
import { keysToCheck, keyText } from '../entry/entry.ts';
import { type Instant, toIso } from '../instant.ts';
import type { Recipient } from './recipients.ts';

/** Why one address may not be mailed now. */
export interface Block {
  readonly reason: string;
  readonly scope: string;
  /** ISO 8601. */
  readonly since: string | null;
  /** ISO 8601; null is no end. */
  readonly until: string | null;
}

/** A recipient that was left out, as the answer tells it. */
export interface Withheld extends Block {
  /** The address key. */
  readonly address: Address;
  readonly given: string;
}

export interface Partition {
  readonly mailable: readonly Recipient[];
  readonly withheld: readonly Withheld[];
}

const NO_END = Number.POSITIVE_INFINITY;

/**
 * The read rule: whether an address may be mailed in a stream, by what the table says of (address, `*`) and (address,
 * stream). Of two blocks the one with the later end is told.
 *
 * @param standings - what was found, by `keyText`; a key that is missing has no entry
 * @param now - milliseconds since the epoch, UTC; an end that has passed no longer blocks
 * @returns undefined if it may be mailed
 */
export const blockOf = (
  address: Address,
  stream: string | undefined,
  standings: ReadonlyMap<string, Standing>,
  now: Instant,
): Block | undefined => {
  let found: { readonly block: Block; readonly end: number } | undefined;
  for (const key of keysToCheck(address, stream)) {
    const standing = standings.get(keyText(key));
    if (standing === undefined || !blocks(standing, now)) continue;
    const end = standing.until ?? NO_END;
    if (found !== undefined && found.end >= end) continue;
    const { reason = 'manual', since, until } = standing;
    const block = {
      reason,
      scope: key.scope,
      since: since === undefined ? null : toIso(since),
      until: until === undefined ? null : toIso(until),
    };
    found = { block, end };
  }
  return found?.block;
};

/**
 * Splits recipients into those that may be mailed and those that may not; order kept, nobody lost.
 *
 * @example partition(recipients, 'receipts', standings, now).withheld[0]?.reason // 'hard-bounce'
 */
export const partition = (
  recipients: readonly Recipient[],
  stream: string | undefined,
  standings: ReadonlyMap<string, Standing>,
  now: Instant,
): Partition => {
  const mailable: Recipient[] = [];
  const withheld: Withheld[] = [];
  for (const recipient of recipients) {
    const { given, mailbox } = recipient;
    const block = blockOf(mailbox.key, stream, standings, now);
    if (block === undefined) mailable.push(recipient);
    else withheld.push({ address: mailbox.key, given, ...block });
  }
  return { mailable, withheld };
};

import type { Address } from '../core/address/address.ts';
import { Attribute } from '../core/contract/index.ts';
import type { Derived, Standing, Status } from '../core/entry/derive.ts';
import type { BlockingReason, Entry, EntryKey } from '../core/entry/entry.ts';
import { type Instant, toEpochSeconds, toIso } from '../core/instant.ts';
import type { Listed, Stored } from '../core/ledger/ledger.ts';
import { quote } from '../core/text.ts';
import { type Attributes, readEpochSeconds, readInstant, readText, texts } from './attributes.ts';
import { bucketOf, monthOf, shardOf } from './bucket.ts';
import { EntryUnreadable } from './entry-unreadable.ts';
import {
  decodeDeliveries,
  decodeEvidenceList,
  decodeOperator,
  encodeDeliveries,
  encodeEvidenceList,
  encodeOperator,
} from './facts-codec.ts';

const STATUSES: ReadonlySet<string> = new Set<Status>(['suppressed', 'watched', 'allowed']);

const isStatus = (value: string | undefined): value is Status => value !== undefined && STATUSES.has(value);

const iso = (instant: Instant | undefined): string | undefined => (instant === undefined ? undefined : toIso(instant));

/** The primary key as an item. */
export const encodeKey = ({ address, scope }: EntryKey): Attributes => ({
  [Attribute.ADDRESS]: { S: address },
  [Attribute.SCOPE]: { S: scope },
});

/**
 * The primary key of an item: the one place where a string becomes an address key without being parsed, because only
 * parsed ones were ever written.
 *
 * @throws EntryUnreadable if a part of it is missing
 */
export const decodeKey = (item: Attributes): EntryKey => {
  const address = readText(item, Attribute.ADDRESS);
  const scope = readText(item, Attribute.SCOPE);
  if (address === undefined || scope === undefined)
    throw new EntryUnreadable('the item has no address and scope; it is no entry of the suppression table');
  return { address: address as Address, scope };
};

/**
 * The item that holds an entry: the table's public attributes, the facts and the lock.
 *
 * @param derived - the standing to publish; `until` and `expiresAt` become epoch seconds, rounded up
 * @param written - the new lock, and the time of the write, which places the entry in the index `recent`
 * @returns an item without `bucket` for a `watched` entry: the index lists only those that mean something
 * @example encodeEntry(entry, derive(entry, policy), { version: 'b7…', updatedAt: Date.now() })
 */
export const encodeEntry = (
  entry: Entry,
  derived: Derived,
  written: { readonly version: string; readonly updatedAt: Instant },
): Attributes => {
  const { status, reason, since, until, expiresAt } = derived;
  const { deliveries, operator } = entry;
  return {
    ...encodeKey(entry),
    ...texts({
      [Attribute.STATUS]: status,
      [Attribute.REASON]: reason,
      [Attribute.SINCE]: iso(since),
      [Attribute.CLEARED_AT]: iso(entry.clearedAt),
      [Attribute.FORGOTTEN_AT]: iso(entry.forgottenAt),
      [Attribute.VERSION]: written.version,
      [Attribute.UPDATED_AT]: toIso(written.updatedAt),
      [Attribute.BUCKET]:
        status === 'watched' ? undefined : bucketOf(monthOf(written.updatedAt), shardOf(entry.address)),
    }),
    ...(until === undefined ? {} : { [Attribute.UNTIL]: { N: String(toEpochSeconds(until)) } }),
    ...(expiresAt === undefined ? {} : { [Attribute.EXPIRES_AT]: { N: String(toEpochSeconds(expiresAt)) } }),
    [Attribute.EVIDENCE]: encodeEvidenceList(entry.evidence),
    ...(deliveries.length === 0 ? {} : { [Attribute.DELIVERIES]: encodeDeliveries(deliveries) }),
    ...(operator === undefined ? {} : { [Attribute.OPERATOR]: encodeOperator(operator) }),
  };
};

const optionalInstant = (item: Attributes, name: string): Instant | undefined => {
  const instant = readInstant(item, name);
  if (instant === undefined && item[name] !== undefined)
    throw new EntryUnreadable(`${name} is no ISO 8601 time; the entry is left as it is until it can be read`);
  return instant;
};

/**
 * The facts and the lock of an item; reading what {@link encodeEntry} wrote gives back an equal entry. Attributes that
 * nobody knows are ignored; the derived ones are not read, because the facts decide.
 *
 * @throws EntryUnreadable if a fact cannot be read whole, or the item has no lock and no evidence and so is not ours:
 *   writing the rest back would lose it
 */
export const decodeEntry = (item: Attributes): Stored => {
  const version = readText(item, Attribute.VERSION);
  if (version === undefined || item[Attribute.EVIDENCE] === undefined)
    throw new EntryUnreadable(
      'the item has no version or no evidence, so another program wrote it; delete it and add the address by command',
    );
  const clearedAt = optionalInstant(item, Attribute.CLEARED_AT);
  const forgottenAt = optionalInstant(item, Attribute.FORGOTTEN_AT);
  const operator = decodeOperator(item[Attribute.OPERATOR]);
  const entry: Entry = {
    ...decodeKey(item),
    evidence: decodeEvidenceList(item[Attribute.EVIDENCE]),
    deliveries: decodeDeliveries(item[Attribute.DELIVERIES]),
    ...(clearedAt === undefined ? {} : { clearedAt }),
    ...(forgottenAt === undefined ? {} : { forgottenAt }),
    ...(operator === undefined ? {} : { operator }),
  };
  const updatedAt = readText(item, Attribute.UPDATED_AT);
  const expiresAt = readEpochSeconds(item, Attribute.EXPIRES_AT);
  return {
    entry,
    version,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
};

/** Attributes that {@link decodeStanding} reads, for a projection. */
export const STANDING_ATTRIBUTES = [Attribute.STATUS, Attribute.REASON, Attribute.SINCE, Attribute.UNTIL] as const;

/**
 * What a send needs to know of an item: its standing, without the evidence. A reason of a newer version is passed on as
 * it is written, since only `status` and `until` decide.
 *
 * @throws EntryUnreadable if `status` or `until` cannot be understood: not knowing is not "free to mail"
 */
export const decodeStanding = (item: Attributes): Standing => {
  const status = readText(item, Attribute.STATUS);
  if (!isStatus(status)) {
    const what = status === undefined ? 'there is no status' : `status ${quote(status)} is none`;
    throw new EntryUnreadable(`${what}: it is suppressed, watched or allowed; mend or delete the item`);
  }
  const until = readEpochSeconds(item, Attribute.UNTIL);
  if (until === undefined && item[Attribute.UNTIL] !== undefined)
    throw new EntryUnreadable('until is no number of epoch seconds; mend or delete the item');
  const reason = readText(item, Attribute.REASON) as BlockingReason | undefined;
  const since = readInstant(item, Attribute.SINCE);
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
};

/**
 * One line of the list, from an item of the index `recent`.
 *
 * @throws EntryUnreadable as {@link decodeStanding} and {@link decodeKey} do
 */
export const decodeListed = (item: Attributes): Listed => ({
  ...decodeKey(item),
  ...decodeStanding(item),
  updatedAt: readText(item, Attribute.UPDATED_AT) ?? '',
});

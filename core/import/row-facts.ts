import { parseAddress } from '../address/address.ts';
import { EVERYWHERE } from '../contract/index.ts';
import { type Entry, type Evidence, emptyEntry } from '../entry/entry.ts';
import { scopeName } from '../feedback/mail.ts';
import type { Instant } from '../instant.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { cleanText, quote } from '../text.ts';
import type { Row } from './columns.ts';
import type { Reading } from './detect.ts';
import type { ImportReason, Meaning } from './reason-words.ts';
import { rowTime } from './row-time.ts';

/** Why a row was not taken. */
export type RejectCode =
  | 'AddressUnusable'
  | 'NoSuppression'
  | 'ReasonUnknown'
  | 'ReasonNotImportable'
  | 'ScopeNeeded'
  | 'ScopeUnusable'
  | 'TimeUnreadable'
  | 'TimeInFuture'
  | 'RaggedRow'
  | 'RowsInQuotes'
  | 'NotJson'
  | 'NotAnObject'
  | 'EntryUnreadable'
  | 'TooLong';

/** What holds for every row of a file. */
export interface Settings {
  /** Where unsubscribes and manual entries hold. @default - manual ones everywhere; unsubscribes are rejected */
  readonly scope?: string;
  /** The time of a row that has none; the same each time a file is imported. */
  readonly undatedAt: Instant;
  /** Nothing later is believed. */
  readonly now: Instant;
}

/** The rule that imported evidence names. */
export const IMPORTED = 'imported';

const NOTE_CHARS = 200;
const STATUS = /^\d\.\d{1,3}\.\d{1,3}$/;
/** What a server says that may take the mail another time. */
const PASSING = /^4\.\d/;
const TENANT = 'tenant:';
/** Reasons that rest on events which an export does not have. */
const HELD = new Set(['tenantlist', 'globallist', 'validation', 'deaddomain', 'softbounce']);

const reject = (code: RejectCode, message: string): Result<never, Problem<RejectCode>> => fail({ code, message });

const isScope = (scope: string): boolean =>
  scope === EVERYWHERE || scopeName(scope.startsWith(TENANT) ? scope.slice(TENANT.length) : scope) !== undefined;

/**
 * Where a row holds. A bounce says that the address is dead and a complaint that its owner is angry, so both hold
 * everywhere unless the row itself says otherwise; an unsubscribe never does.
 */
const scopeOf = (
  reason: ImportReason,
  given: string | undefined,
  { scope }: Settings,
): Result<string, Problem<RejectCode>> => {
  const wide = reason === 'unsubscribe' || reason === 'manual';
  const chosen = given || (wide ? scope : undefined) || (reason === 'unsubscribe' ? '' : EVERYWHERE);
  if (reason === 'unsubscribe' && (chosen === '' || chosen === EVERYWHERE))
    return reject('ScopeNeeded', 'an unsubscribe is from a kind of mail: give --scope, such as --scope newsletter');
  return isScope(chosen)
    ? ok(chosen)
    : reject('ScopeUnusable', `${quote(chosen)} is no scope: *, a stream or tenant:NAME`);
};

const timeOf = (raw: string | undefined, { undatedAt, now }: Settings): Result<Instant, Problem<RejectCode>> => {
  const at = rowTime(raw);
  if (at === null)
    return reject(
      'TimeUnreadable',
      `${quote(raw)} is no time that can be read; ISO 8601, RFC 2822 and epoch seconds can`,
    );
  if (at !== undefined && at > now) return reject('TimeInFuture', `${quote(raw)} has not come yet`);
  return ok(at ?? undatedAt);
};

const meaningIn = (row: Row, { meaning }: Reading): Meaning | undefined =>
  typeof meaning === 'string' ? meaning : meaning(row);

const cell = (row: Row, column: string | undefined): string | undefined =>
  column === undefined ? undefined : row[column];

const evidenceOf = (
  row: Row,
  { provider, columns, name }: Reading,
  fact: { readonly address: string; readonly reason: ImportReason; readonly at: Instant },
): Evidence => {
  const { address, reason, at } = fact;
  const note = cell(row, columns.note);
  const status = cell(row, columns.status)?.trim();
  return {
    id: `import:${provider}:${reason}:${at}#${address}`,
    at,
    rule: IMPORTED,
    reason,
    type: 'Import',
    subtype: name,
    ...(status !== undefined && STATUS.test(status) ? { status } : {}),
    ...(note === undefined || note === '' ? {} : { diagnostic: cleanText(note, NOTE_CHARS) }),
  };
};

/** A row of our own export that pins an address. */
const pinned = (row: Row, reading: Reading): boolean =>
  reading.provider === 'ses-suppressor' && row.status === 'allowed';

/**
 * What a row teaches, as an entry to merge. The same row always teaches the same, so importing twice changes nothing; its
 * time is that of the row, so whatever a person decided later has the last word.
 *
 * @example factsOfRow({ email: 'pat@target.example', created: '1443651154', … }, reading, settings)
 */
export const factsOfRow = (row: Row, reading: Reading, settings: Settings): Result<Entry, Problem<RejectCode>> => {
  const { columns } = reading;
  const address = parseAddress(cell(row, columns.address)?.trim());
  if (!address.ok) return reject('AddressUnusable', address.error.message);
  const at = timeOf(cell(row, columns.at), settings);
  if (!at.ok) return at;
  const given = cell(row, columns.scope)?.trim();
  if (pinned(row, reading)) {
    if (!isScope(given ?? ''))
      return reject('ScopeUnusable', `${quote(given)} is no scope: *, a stream or tenant:NAME`);
    const operator = { action: 'allow', at: at.value, by: 'import', note: reading.name } as const;
    return ok({ ...emptyEntry({ address: address.value, scope: given ?? EVERYWHERE }), operator });
  }
  const reason = reasonOf(row, reading);
  if (!reason.ok) return reason;
  const scope = scopeOf(reason.value, given, settings);
  if (!scope.ok) return scope;
  const evidence = evidenceOf(row, reading, { address: address.value, reason: reason.value, at: at.value });
  return ok({ ...emptyEntry({ address: address.value, scope: scope.value }), evidence: [evidence] });
};

const reasonOf = (row: Row, reading: Reading): Result<ImportReason, Problem<RejectCode>> => {
  const own = reading.provider === 'ses-suppressor';
  const word = cell(row, reading.columns.reason) ?? '';
  if (own && row.status === 'watched') return reject('NoSuppression', 'watched only: it blocks nothing');
  if (own && HELD.has(word.toLowerCase().replaceAll('-', '')))
    return reject('ReasonNotImportable', `a block for ${quote(word)} rests on facts that only an NDJSON export has`);
  const meaning = meaningIn(row, reading);
  if (meaning === undefined)
    return reject('ReasonUnknown', `${quote(word)} is no reason that is known; --reason says one for all rows`);
  if (meaning === 'no-suppression')
    return reject('NoSuppression', 'a soft bounce, block or deferral: the address may be good');
  const status = cell(row, reading.columns.status)?.trim() ?? '';
  return meaning === 'hard-bounce' && PASSING.test(status)
    ? reject('NoSuppression', `status ${quote(status)} is a fault that passes: the address may be good`)
    : ok(meaning);
};

import * as v from 'valibot';
import { parseAddress } from '../address/address.ts';
import { EVERYWHERE } from '../contract/index.ts';
import { BLOCKING_REASONS, type Entry, emptyEntry } from '../entry/entry.ts';
import { merge } from '../entry/merge.ts';
import { scopeName } from '../feedback/mail.ts';
import { type Instant, parseInstant, toIso } from '../instant.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { cleanText, quote } from '../text.ts';
import type { RejectCode } from './row-facts.ts';

const TENANT = 'tenant:';

const time = v.pipe(
  v.string(),
  v.transform((text) => parseInstant(text)),
  v.number('expected an ISO 8601 time'),
);
const short = (limit: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => cleanText(text, limit)),
  );

const EvidenceRow = v.object({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)),
  at: time,
  rule: short(64),
  reason: v.picklist([...BLOCKING_REASONS, 'not-spam', 'opted-in']),
  type: short(64),
  subtype: v.exactOptional(short(64)),
  status: v.exactOptional(short(16)),
  messageId: v.exactOptional(short(200)),
  diagnostic: v.exactOptional(short(200)),
  reported: v.exactOptional(short(320)),
});

const EntryRow = v.object({
  address: v.string(),
  scope: v.pipe(
    v.string(),
    v.check(
      (scope) =>
        scope === EVERYWHERE || scopeName(scope.startsWith(TENANT) ? scope.slice(TENANT.length) : scope) !== undefined,
      'expected *, a stream or tenant:NAME',
    ),
  ),
  evidence: v.pipe(v.array(EvidenceRow), v.maxLength(100)),
  deliveries: v.optional(v.pipe(v.array(v.object({ at: time, messageId: short(200) })), v.maxLength(100)), []),
  clearedAt: v.nullish(time),
  forgottenAt: v.nullish(time),
  operator: v.nullish(
    v.object({ action: v.picklist(['remove', 'allow', 'add']), at: time, by: short(64), note: short(200) }),
  ),
});

/** Whether a JSON object is an entry as `export --format ndjson` writes it. */
export const isEntryRow = (value: object): boolean =>
  'address' in value && 'scope' in value && 'evidence' in value && Array.isArray(value.evidence);

/**
 * An entry from a line of an NDJSON export, with all it knows: merging it into an empty table gives the same standing.
 *
 * @param now - a fact from after it would outrank whatever comes until then, and is not believed
 * @example entryOfRow(JSON.parse(line), Date.now()) // { ok: true, value: { address, scope, evidence, … } }
 */
export const entryOfRow = (value: object, now: Instant): Result<Entry, Problem<RejectCode>> => {
  const read = v.safeParse(EntryRow, value);
  if (!read.success) {
    const [issue] = read.issues;
    return fail({ code: 'EntryUnreadable', message: `${v.getDotPath(issue) ?? 'the entry'}: ${issue.message}` });
  }
  const { address: given, scope, evidence, deliveries, clearedAt, forgottenAt, operator } = read.output;
  const times = [...evidence, ...deliveries, ...(operator == null ? [] : [operator])].map(({ at }) => at);
  const latest = Math.max(...times, clearedAt ?? 0, forgottenAt ?? 0);
  if (latest > now) return fail({ code: 'TimeInFuture', message: `${quote(toIso(latest))} has not come yet` });
  if (scope === EVERYWHERE && evidence.some(({ reason }) => reason === 'unsubscribe'))
    return fail({ code: 'ScopeNeeded', message: 'an unsubscribe is from a kind of mail, never from all' });
  const address = parseAddress(given);
  if (!address.ok) return fail({ code: 'AddressUnusable', message: address.error.message });
  const key = { address: address.value, scope };
  const entry: Entry = {
    ...key,
    evidence,
    deliveries,
    ...(clearedAt == null ? {} : { clearedAt }),
    ...(forgottenAt == null ? {} : { forgottenAt }),
    ...(operator == null ? {} : { operator }),
  };
  return ok(merge(emptyEntry(key), entry));
};
